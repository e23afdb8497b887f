import { foldNew } from './fold.ts';
import type { EventBodies, NewEvent } from './events.ts';
import { getSkill, type SkillGraph } from './graph.ts';
import { missingRequirements } from './standing.ts';
import type { LearnerState } from './state.ts';

/** What a decision is made in: the graph, the time in epoch ms, and the hash of the curriculum to pin. */
export interface Ctx {
  graph: SkillGraph;
  now: number;
  curriculum: string;
}

/** The time of a decision: the server's clock, or the last event's time where that is later. */
export function timeOf(state: LearnerState, ctx: Ctx): number {
  return Math.max(ctx.now, state.lastAt);
}

/** Skills that are open by now and were never recorded as opened; no event where there are none. Also to be asked after a goal or a waiver. */
export function openingsAfter(state: LearnerState, ctx: Ctx): NewEvent[] {
  return opening(state, ctx.graph, ctx.graph.order);
}

/** The openings that a decision brought: skills that require, directly, one that is satisfied now and was not before. */
function openingsBetween(before: LearnerState, after: LearnerState, ctx: Ctx): NewEvent[] {
  const closedBefore = ctx.graph.order.filter((id) => missingRequirements(before, ctx.graph, id).length > 0);
  return opening(after, ctx.graph, closedBefore);
}

function opening(state: LearnerState, graph: SkillGraph, candidates: readonly string[]): NewEvent[] {
  const opened = new Set(state.opened);
  const skills = candidates.filter(
    (id) => !opened.has(id) && missingRequirements(state, graph, id).length === 0,
  );
  if (skills.length === 0) return [];
  const requires = Object.fromEntries(skills.map((id) => [id, getSkill(graph, id).requires]));
  const body: EventBodies['skills-opened'] = { skills, requires };
  return [{ type: 'skills-opened', body }];
}

/** The events, and the openings that they bring, in order. */
export function withOpenings(state: LearnerState, ctx: Ctx, events: NewEvent[]): NewEvent[] {
  return [...events, ...openingsBetween(state, foldNew(state, events, timeOf(state, ctx)), ctx)];
}
