import { endCheck, pinsOf, voidIssues } from './decide-check.ts';
import { dueExplainEnd } from './decide-lab.ts';
import { beliefOf } from './estimator.ts';
import type { EventBodies, NewEvent } from './events.ts';
import { foldNew } from './fold.ts';
import { skillDifficulty, type SkillGraph } from './graph.ts';
import { timeOf, withOpenings, type Ctx } from './openings.ts';
import { PLACE_P, SESSION_CLOSES_AFTER } from './rule-numbers.ts';
import { hasEvidence } from './standing.ts';
import type { LearnerState, PlacementState } from './state.ts';

/** Opens a placement over the given skills, usually the track. @throws Error where one is open already. */
export function startPlacement(
  state: LearnerState,
  _ctx: Ctx,
  input: { placementId: string; skills: string[] },
): NewEvent[] {
  if (state.placement !== null)
    throw new Error(`A placement is open already: ${state.placement.placementId}`);
  return [{ type: 'placement-started', body: input }];
}

/** Ends the open placement: places what its answers carry and opens what follows; an unanswered item is void. @throws Error where none is open. */
export function endPlacement(
  state: LearnerState,
  ctx: Ctx,
  input: { reason: EventBodies['placement-ended']['reason'] },
): NewEvent[] {
  const { placement } = state;
  if (placement === null) throw new Error('No placement is open');
  const { placementId } = placement;
  const ended: NewEvent = {
    type: 'placement-ended',
    body: { placementId, reason: input.reason, asked: placement.answers.length },
  };
  const events = [...voidIssues(state, placementId, 'placement-closed'), ended];
  const skills = placeable(state, ctx.graph, placement, timeOf(state, ctx)).map(({ skill, p }) => ({
    skill,
    p,
    skillDifficulty: skillDifficulty(ctx.graph, skill),
  }));
  if (skills.length > 0) {
    events.push({
      type: 'skills-placed',
      body: { by: 'placement', sessionId: placementId, skills, pins: pinsOf(state, ctx) },
    });
  }
  return withOpenings(state, ctx, events);
}

/**
 * What the placement would place if it ended now: p ≥ .85, no miss on the skill there, and a correct answer there on it or on a skill that
 * requires it, directly or not. In learning order.
 */
export function placeable(
  state: LearnerState,
  graph: SkillGraph,
  placement: PlacementState,
  now: number,
): { skill: string; p: number }[] {
  const missed = new Set<string>();
  const supported = new Set<string>();
  for (const answer of placement.answers) {
    if (answer.outcome !== 'correct') missed.add(answer.skill);
    else for (const id of [answer.skill, ...answer.requires]) supported.add(id);
  }
  return graph.order
    .filter((id) => supported.has(id) && !missed.has(id) && !hasEvidence(state.skills[id]))
    .map((skill) => ({ skill, p: beliefOf(state, graph, skill, now).p }))
    .filter(({ p }) => p >= PLACE_P);
}

/** Sessions that 24 hours without an answer have closed, to be recorded before anything else is. Empty if none. */
export function dueClosures(state: LearnerState, ctx: Ctx): NewEvent[] {
  const at = timeOf(state, ctx);
  const isOver = (session: { lastAnswerAt: number } | null): boolean =>
    session !== null && at - session.lastAnswerAt >= SESSION_CLOSES_AFTER;
  const check = isOver(state.check) ? endCheck(state, ctx, { reason: 'expired' }) : [];
  const after = foldNew(state, check, at);
  const placement = isOver(state.placement) ? endPlacement(after, ctx, { reason: 'stopped' }) : [];
  return [...check, ...placement, ...dueExplainEnd(state, ctx)];
}
