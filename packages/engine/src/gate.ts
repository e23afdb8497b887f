import { getSkill, type SkillGraph } from './graph.ts';
import { MEND_ANSWERS } from './rule-numbers.ts';
import type { LearnerState, SkillRecord } from './state.ts';

/** Whether a check on a skill may start now, and if not, why and what opens it. */
export type Gate =
  | { allowed: true }
  | { allowed: false; why: 'not-written' }
  | { allowed: false; why: 'check-open'; checkId: string }
  | { allowed: false; why: 'stopped'; until: number; propose: string | null }
  | { allowed: false; why: 'practice-first'; remaining: number; families: string[] };

/**
 * Rule 1's gate before a check. A skill that is not open yet may be challenged, so being locked is no reason here.
 * @param servable whether a fresh variant of a family is left to practise: a missed family that has none left is no longer owed, since it
 *   could never be paid. The three answers still are.
 * @throws Error on an unknown skill.
 */
export function checkGate(
  state: LearnerState,
  graph: SkillGraph,
  skill: string,
  now: number,
  servable: (family: string) => boolean,
): Gate {
  if (!getSkill(graph, skill).written) return { allowed: false, why: 'not-written' };
  if (state.check !== null) return { allowed: false, why: 'check-open', checkId: state.check.checkId };
  const record = state.skills[skill];
  const until = record?.stopUntil ?? null;
  if (until !== null && now < until) {
    return { allowed: false, why: 'stopped', until, propose: record?.stopPropose ?? null };
  }
  const owed = owedPractice(record, servable);
  return owed.remaining === 0 ? { allowed: true } : { allowed: false, why: 'practice-first', ...owed };
}

/** Practice answers still owed after a not yet: how many in all (0 to 3, or more where more families are owed), and from which families. */
export function owedPractice(
  record: SkillRecord | undefined,
  servable: (family: string) => boolean,
): { remaining: number; families: string[] } {
  if (!record?.mend) return { remaining: 0, families: [] };
  const families = record.mend.families.filter(servable);
  return { remaining: Math.max(MEND_ANSWERS - record.mend.correct, families.length), families };
}
