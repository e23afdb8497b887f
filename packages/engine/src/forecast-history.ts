import type { LedgerEvent } from './events.ts';
import { foldEvent } from './fold.ts';
import type { SkillGraph } from './graph.ts';
import { planTrack, type TrackPlan } from './plan.ts';
import { emptyState, type LearnerState } from './state.ts';
import { restEnds } from './track/rest.ts';

const WEEK = 7 * 86_400_000;

/** Forecasts in a history, at most: after twelve weeks they lie two weeks apart, and so on. */
const MOST = 13;

/** What the plan said at some moment since the goal was stated. Times in epoch ms. */
export interface PastForecast extends Pick<TrackPlan, 'p50' | 'p90' | 'basis' | 'observations'> {
  at: number;
  /** Weeks since the goal was stated, with a fraction. */
  week: number;
  hoursPerWeek: number;
  /** The plan was edited since the forecast before. */
  edited: boolean;
}

/**
 * How the forecast of the present goal moved: what the plan said when it was stated, at the end of every week since, and says now.
 * Computed again from the ledger, with the content's minutes of today, so that the last one is the plan that is shown. Empty without
 * a goal or hours.
 * @param state as it is now: the fold of all events
 */
export function forecastHistory({
  graph,
  state: last,
  events,
  now,
}: {
  graph: SkillGraph;
  state: LearnerState;
  events: readonly LedgerEvent[];
  now: number;
}): PastForecast[] {
  if (last.goal === null) return [];
  const { goalId, setAt } = last.goal;
  const history: PastForecast[] = [];
  let state = emptyState();
  let next = 0;
  let editedAt = setAt;
  for (const at of momentsOf(setAt, now)) {
    for (let event = events[next]; event !== undefined && event.at <= at; event = events[++next])
      state = foldEvent(state, event);
    if (at === now) state = last;
    const forecast = state.goal?.goalId === goalId ? forecastAt(graph, state, at) : null;
    if (forecast === null || state.goal === null) continue;
    history.push({
      ...forecast,
      at,
      week: (at - setAt) / WEEK,
      hoursPerWeek: state.goal.hoursPerWeek,
      edited: state.goal.editedAt > editedAt,
    });
    editedAt = state.goal.editedAt;
  }
  return history;
}

/** The start, every week or every few, and now. */
function momentsOf(start: number, now: number): number[] {
  const weeks = Math.floor((now - start) / WEEK);
  const every = Math.max(1, Math.ceil(weeks / (MOST - 1))) * WEEK;
  const moments: number[] = [];
  for (let at = start; at < now; at += every) moments.push(at);
  return [...moments, now];
}

function forecastAt(
  graph: SkillGraph,
  state: LearnerState,
  now: number,
): Pick<TrackPlan, 'p50' | 'p90' | 'basis' | 'observations'> | null {
  const { goal } = state;
  if (goal === null) return null;
  const skills = goal.skills.filter((id) => graph.skills.has(id));
  const plan = planTrack({
    graph,
    state,
    skills,
    hoursPerWeek: goal.hoursPerWeek,
    now,
    deadline: null,
    pausedUntil: restEnds(goal),
  });
  if (plan === null || skills.length === 0) return null;
  const { p50, p90, basis, observations } = plan;
  return { p50, p90, basis, observations };
}
