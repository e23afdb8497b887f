import type { PlanView, SkillRowView } from '@edirae/school';
import type { Forecast } from './forecast.ts';
import type { layOutGrid, layOutLanes, MapSkill } from './map-layout.ts';

/** Drawings that the server lays out, so that no browser has to. */
export type Grid<T extends MapSkill = MapSkill> = ReturnType<typeof layOutGrid<T>>;
export type Lanes = ReturnType<typeof layOutLanes<SkillRowView>>;

/** A track is drawn in lanes, or whole where the lanes would be too long to follow. */
export interface DrawnTrack {
  lanes: Lanes | null;
  grid: Grid<SkillRowView> | null;
}

export interface DrawnPlan {
  plan: PlanView;
  curve: Forecast | null;
  hoursPerWeek: number;
}

/** Many curves as one path: the page holds two lines' worth of elements instead of hundreds. */
export function joined(edges: { d: string; soft: boolean }[], soft: boolean): string {
  return edges.reduce((path, edge) => (edge.soft === soft ? path + edge.d : path), '');
}
