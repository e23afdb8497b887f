import type { TrackView } from '@edirae/school';
import type { DrawnPlan, DrawnTrack } from '#lib/marks/drawn.ts';
import { drawForecast } from '#lib/marks/forecast.ts';
import { layOutGrid, layOutLanes } from '#lib/marks/map-layout.ts';

/** Past this many rows in a lane the eye loses the lines; a row for each module keeps the whole in sight. */
const mostInLanes = 60;

export function drawTrack({ skills }: TrackView): DrawnTrack {
  return skills.length > mostInLanes
    ? { lanes: null, grid: layOutGrid(skills) }
    : { lanes: layOutLanes(skills), grid: null };
}

export function drawPlan({ plan, goal }: TrackView, now: number): DrawnPlan | null {
  return plan && { plan, curve: drawForecast(now, plan.p50, plan.p90), hoursPerWeek: goal.hoursPerWeek };
}
