import { beliefAt, beliefOf } from './estimator.ts';
import type { EventBodies, NewEvent, Pins } from './events.ts';
import { ancestorsOf, getSkill, skillDifficulty, skillKinds, type SkillGraph } from './graph.ts';
import { timeOf, withOpenings, type Ctx } from './openings.ts';
import { judgeCheck, type CheckVerdict } from './rule.ts';
import { RULE_VERSION, STOP_AFTER, STOP_FOR } from './rule-numbers.ts';
import { hasEvidence, isOpen } from './standing.ts';
import type { CheckState, LearnerState } from './state.ts';

type Ended = EventBodies['check-ended'];

/** Practisable by its author's mark alone; the caller may know better, e.g. that no fresh variant is left. */
export type Practisable = (family: string) => boolean;

/** What a decision made now is pinned to. */
export function pinsOf(state: LearnerState, ctx: Ctx, family = ''): Pins {
  return { rule: RULE_VERSION, estimator: state.estimator.id, curriculum: ctx.curriculum, family };
}

/** Opens a check. The caller asked `checkGate` first. @throws Error where a check is open already, or the skill is unknown or unwritten. */
export function startCheck(
  state: LearnerState,
  ctx: Ctx,
  input: { checkId: string; skill: string },
): NewEvent[] {
  if (state.check !== null) throw new Error(`A check is open already: ${state.check.checkId}`);
  const node = getSkill(ctx.graph, input.skill);
  if (!node.written) throw new Error(`The skill has no content yet: ${input.skill}`);
  const judged = node.primaryEvidence === 'design-review' || node.primaryEvidence === 'oral-defence';
  const body: EventBodies['check-started'] = {
    ...input,
    kinds: skillKinds(ctx.graph, input.skill).length,
    challenge: !isOpen(state, ctx.graph, input.skill),
    skillDifficulty: skillDifficulty(ctx.graph, input.skill),
    leadsTo: judged ? 'knows' : 'demonstrated',
    pins: pinsOf(state, ctx),
  };
  return [{ type: 'check-started', body }];
}

/**
 * Closes the open check without a verdict of the rule: it was left, nobody answered for 24 hours, or no fresh item is left. Left or expired it
 * is withdrawn if it held no miss, else not yet; the open issue is void.
 * @throws Error where no check is open.
 */
export function endCheck(
  state: LearnerState,
  ctx: Ctx,
  input: { reason: 'left' | 'expired' | 'no-variant'; practisable?: Practisable },
): NewEvent[] {
  const check = getOpenCheck(state);
  const verdict = verdictNow(state, check, timeOf(state, ctx));
  const outcome = input.reason === 'no-variant' ? 'no-variant' : verdict.misses > 0 ? 'not-yet' : 'withdrawn';
  const events = closing(
    state,
    ctx,
    check,
    verdict,
    { outcome, reason: input.reason },
    input.practisable ?? markedAny(ctx.graph, check.skill),
  );
  return [...voidIssues(state, check.checkId, 'check-closed'), ...events];
}

/** What follows from the rule after an answer in the open check: nothing, or its end and all that the end brings. */
export function settleCheck(
  state: LearnerState,
  ctx: Ctx,
  input: { servable: boolean; practisable: Practisable },
): NewEvent[] {
  const check = getOpenCheck(state);
  const verdict = verdictNow(state, check, timeOf(state, ctx));
  if (verdict.status === 'open') return input.servable ? [] : endCheck(state, ctx, { reason: 'no-variant' });
  const end = { outcome: verdict.status, reason: verdict.reason ?? 'rule' };
  const voided = voidIssues(state, check.checkId, 'check-closed');
  return [...voided, ...closing(state, ctx, check, verdict, end, input.practisable)];
}

/** The rule's view of the open check at this moment. */
export function verdictNow(state: LearnerState, check: CheckState, at: number): CheckVerdict {
  return judgeCheck(check, beliefAt(state, check.skill, check.skillDifficulty, at).p);
}

/** Voids the open issues of a session. */
export function voidIssues(
  state: LearnerState,
  sessionId: string,
  reason: EventBodies['issue-voided']['reason'],
): NewEvent[] {
  return Object.values(state.openIssues)
    .filter((issue) => issue.sessionId === sessionId)
    .map(({ issueId }) => ({ type: 'issue-voided', body: { issueId, reason } }) as const);
}

function closing(
  state: LearnerState,
  ctx: Ctx,
  check: CheckState,
  verdict: CheckVerdict,
  end: Pick<Ended, 'outcome' | 'reason'>,
  practisable: Practisable,
): NewEvent[] {
  const ended: NewEvent = {
    type: 'check-ended',
    body: endedBody(state, ctx, check, verdict, end, practisable),
  };
  if (end.outcome === 'passed') return passed(state, ctx, check, ended);
  return end.outcome === 'not-yet' ? [ended, ...stop(state, ctx, check)] : [ended];
}

function endedBody(
  state: LearnerState,
  ctx: Ctx,
  check: CheckState,
  verdict: CheckVerdict,
  end: Pick<Ended, 'outcome' | 'reason'>,
  practisable: Practisable,
): Ended {
  const { checkId, skill, skillDifficulty: difficulty } = check;
  const { p, low, high } = beliefAt(state, skill, difficulty, timeOf(state, ctx));
  const { streak, misses, asked, families, kinds, levels, missing } = verdict;
  const missed = check.answers.filter((answer) => answer.outcome !== 'correct');
  const mend =
    end.outcome === 'not-yet' ? unique(missed.map((answer) => answer.family)).filter(practisable) : [];
  const misconceptions = unique(missed.map((answer) => answer.misconception).filter((id) => id !== null));
  const rested = {
    streak,
    misses,
    asked,
    p,
    low,
    high,
    families,
    kinds,
    levels,
    missing,
    misconceptions,
    mend,
  };
  return { checkId, skill, ...end, ...rested, pins: pinsOf(state, ctx) };
}

/** Passing a challenge places what the skill requires. */
function passed(state: LearnerState, ctx: Ctx, check: CheckState, ended: NewEvent): NewEvent[] {
  const events = [ended];
  const at = timeOf(state, ctx);
  const lacking = check.challenge
    ? ancestorsOf(ctx.graph, check.skill).filter((id) => !hasEvidence(state.skills[id]))
    : [];
  const skills = lacking.map((skill) => ({
    skill,
    p: beliefOf(state, ctx.graph, skill, at).p,
    skillDifficulty: skillDifficulty(ctx.graph, skill),
  }));
  if (skills.length > 0) {
    events.push({
      type: 'skills-placed',
      body: { by: 'challenge', sessionId: check.checkId, skills, pins: pinsOf(state, ctx) },
    });
  }
  return withOpenings(state, ctx, events);
}

/** Three not-yets in a row: no mastery, a way on, and twelve hours. */
function stop(state: LearnerState, ctx: Ctx, check: CheckState): NewEvent[] {
  const before = state.skills[check.skill]?.checks.notYetInARow ?? 0;
  if (before + 1 < STOP_AFTER) return [];
  const until = timeOf(state, ctx) + STOP_FOR;
  const propose = weakestPrerequisite(state, ctx.graph, check.skill, timeOf(state, ctx));
  return [
    { type: 'stop-without-mastery', body: { skill: check.skill, checkId: check.checkId, propose, until } },
  ];
}

/** Of all that the skill requires and that is written, the skill with the lowest p; null where it requires nothing: then a person is proposed. */
export function weakestPrerequisite(
  state: LearnerState,
  graph: SkillGraph,
  skill: string,
  now: number,
): string | null {
  const candidates = ancestorsOf(graph, skill)
    .filter((id) => getSkill(graph, id).written)
    .map((id) => ({ id, p: beliefOf(state, graph, id, now).p }));
  return (
    candidates.reduce<{ id: string; p: number } | null>(
      (worst, next) => (worst && worst.p <= next.p ? worst : next),
      null,
    )?.id ?? null
  );
}

function getOpenCheck(state: LearnerState): CheckState {
  if (state.check === null) throw new Error('No check is open');
  return state.check;
}

function markedAny(graph: SkillGraph, skill: string): Practisable {
  const families = getSkill(graph, skill).families.filter((family) => family.use === 'any');
  return (id) => families.some((family) => family.id === id);
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** The verdict so far of the open check, for a page or the API; null where none is open. `now` in epoch ms. */
export function findCheckVerdict(state: LearnerState, now: number): CheckVerdict | null {
  return state.check && verdictNow(state, state.check, Math.max(now, state.lastAt));
}
