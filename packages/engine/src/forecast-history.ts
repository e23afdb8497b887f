import type { LedgerEvent } from './events.ts';
import { foldEvents } from './fold.ts';
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
  state,
  events,
  now,
}: {
  graph: SkillGraph;
  state: LearnerState;
  events: readonly LedgerEvent[];
  now: number;
}): PastForecast[] {
  const past = createPastForecasts(graph, state, now);
  past.fold(events);
  return withForecastNow(graph, past.list(), state, now);
}

/** The part of a history that stays as it is until the next of its moments has come. */
export interface PastForecasts {
  /** Takes the next events of the ledger, from the first on, any number at a time. */
  fold(events: readonly LedgerEvent[]): void;
  /** The forecasts of the moments before now. */
  list(): PastForecast[];
}

/** The moments before now for which a history asks, as a text: while it is the same, so are the forecasts there. */
export function pastMoments(state: LearnerState, now: number): string {
  return state.goal === null ? '' : [state.goal.goalId, ...momentsOf(state.goal.setAt, now)].join(' ');
}

/** Computes past forecasts from a ledger that is handed over in pieces. @param last the state as it is now */
export function createPastForecasts(graph: SkillGraph, last: LearnerState, now: number): PastForecasts {
  const history: PastForecast[] = [];
  const moments = last.goal === null ? [] : momentsOf(last.goal.setAt, now);
  let state = emptyState();
  let passed = 0;
  const passMoment = (at: number): void => {
    passed += 1;
    const forecast = pastForecast(graph, history.at(-1), state, last, at);
    if (forecast !== null) history.push(forecast);
  };
  return {
    fold(events) {
      let from = 0;
      for (const [i, event] of events.entries()) {
        for (let at = moments[passed]; at !== undefined && event.at > at; at = moments[passed]) {
          state = foldEvents(state, events.slice(from, i));
          from = i;
          passMoment(at);
        }
      }
      state = foldEvents(state, events.slice(from));
    },
    list() {
      while (passed < moments.length) passMoment(moments[passed] as number);
      return history;
    },
  };
}

/** The history with what the plan says now at its end. */
export function withForecastNow(
  graph: SkillGraph,
  past: readonly PastForecast[],
  state: LearnerState,
  now: number,
): PastForecast[] {
  const forecast = pastForecast(graph, past.at(-1), state, state, now);
  return forecast === null ? [...past] : [...past, forecast];
}

/** What the plan for the goal of `last` said in a state; null where there was none. */
function pastForecast(
  graph: SkillGraph,
  before: PastForecast | undefined,
  state: LearnerState,
  last: LearnerState,
  at: number,
): PastForecast | null {
  if (last.goal === null || state.goal?.goalId !== last.goal.goalId) return null;
  const forecast = forecastAt(graph, state, at);
  if (forecast === null) return null;
  return {
    ...forecast,
    at,
    week: (at - last.goal.setAt) / WEEK,
    hoursPerWeek: state.goal.hoursPerWeek,
    edited: state.goal.editedAt > (before?.at ?? last.goal.setAt),
  };
}

/** The start, then every week or every few, before now. */
function momentsOf(start: number, now: number): number[] {
  const weeks = Math.floor((now - start) / WEEK);
  const every = Math.max(1, Math.ceil(weeks / (MOST - 1))) * WEEK;
  const moments: number[] = [];
  for (let at = start; at < now; at += every) moments.push(at);
  return moments;
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
