import { auditPins, beliefIn, differs, unless, type Audit } from './audit.ts';
import { retainedBy } from './decide-attempt.ts';
import { PLACE_P } from './rule-numbers.ts';
import { isSatisfied } from './standing.ts';
import type { LearnerState, PlacementState } from './state.ts';

/** Placed: by a placement that ended with the evidence for it, or by passing a challenge. */
export const auditPlaced: Audit<'skills-placed'> = (trail, body, at) => {
  const { state, lastPlacement } = trail;
  const unknown = auditPins(body.pins, state);
  if (unknown.length > 0) return unknown;
  const numbers = body.skills.flatMap((placed) =>
    differs(`p of ${placed.skill}`, placed.p, beliefIn(state, placed, at).p),
  );
  if (body.by === 'challenge')
    return [
      ...numbers,
      ...unless(wasPassed(state, body.sessionId), 'placed by a challenge that was not passed'),
    ];
  if (lastPlacement?.placementId !== body.sessionId)
    return [...numbers, 'placed by a placement that had not just ended'];
  return [...numbers, ...body.skills.flatMap((placed) => placementCarries(lastPlacement, placed))];
};

function wasPassed(state: LearnerState, checkId: string): boolean {
  return Object.values(state.skills).some(
    ({ checks }) => checks.lastCheckId === checkId && checks.lastOutcome === 'passed',
  );
}

function placementCarries(placement: PlacementState, { skill, p }: { skill: string; p: number }): string[] {
  const { answers } = placement;
  const missed = answers.some((answer) => answer.skill === skill && answer.outcome !== 'correct');
  const right = answers.some(
    (answer) => answer.outcome === 'correct' && (answer.skill === skill || answer.requires.includes(skill)),
  );
  return [
    ...unless(p >= PLACE_P, `${skill} was placed with p ${p}`),
    ...unless(!missed, `${skill} was placed in spite of a miss on it`),
    ...unless(right, `${skill} was placed without a right answer on it or on a skill that requires it`),
  ];
}

/** Opened: all that each skill required, as recorded then, was Placed, Knows, Demonstrated or waived. */
export const auditOpened: Audit<'skills-opened'> = ({ state }, body) =>
  Object.entries(body.requires ?? {}).flatMap(([skill, requires]) => {
    const missing = requires.filter((id) => !isSatisfied(state.skills[id]));
    return unless(missing.length === 0, `${skill} was opened without ${missing.join(', ')}`);
  });

/** Retained: by the review just answered and an earlier one. Asked before the answer is folded, hence of the state before it. */
export function auditRetained(
  before: LearnerState,
  ...[trail, body, at]: Parameters<Audit<'retained'>>
): string[] {
  const unknown = auditPins(body.pins, before);
  if (unknown.length > 0) return unknown;
  const { lastAttempt } = trail;
  if (lastAttempt === null || lastAttempt.issueId !== body.second || lastAttempt.skill !== body.skill) {
    return ['retained by a review that was not just answered'];
  }
  return [
    ...unless(retainedBy(before, lastAttempt, at) === body.first, 'the two reviews do not retain the skill'),
    ...differs('p', body.p, beliefIn(trail.state, lastAttempt, at).p),
  ];
}
