import { checkGate, isOpen, missingRequirements, type LearnerState } from '@edirae/engine';
import type { School } from '../school.ts';
import { skillTitle, toNamed } from '../present/titles.ts';

/** Why something cannot be done now, as values: nothing was recorded. */
export type NotFound = { outcome: 'not-found' };
export type CheckOpen = { outcome: 'check-open'; checkId: string; skill: string };
export type Locked = { outcome: 'locked'; missing: { id: string; title: string }[] };
export type NotWritten = { outcome: 'not-written' };
export type NoVariant = { outcome: 'no-variant' };
export type NoGoal = { outcome: 'no-goal' };
export type PracticeFirst = {
  outcome: 'practice-first';
  remaining: number;
  families: { id: string; title: string }[];
};
export type Stopped = { outcome: 'stopped'; until: number; propose: { id: string; title: string } | null };

export function refuseIfCheckOpen(state: LearnerState): CheckOpen | undefined {
  return state.check
    ? { outcome: 'check-open', checkId: state.check.checkId, skill: state.check.skill }
    : undefined;
}

export function refuseIfUnknown(school: School, skill: string): NotFound | NotWritten | undefined {
  const node = school.graph.skills.get(skill);
  if (!node) return { outcome: 'not-found' };
  return node.written ? undefined : { outcome: 'not-written' };
}

export function refuseIfLocked(school: School, state: LearnerState, skill: string): Locked | undefined {
  if (isOpen(state, school.graph, skill)) return undefined;
  return { outcome: 'locked', missing: toNamed(school, missingRequirements(state, school.graph, skill)) };
}

/** The gate before a check, said with titles. */
export function refuseByGate(
  school: School,
  state: LearnerState,
  skill: string,
  now: number,
  servable: (family: string) => boolean,
): CheckOpen | PracticeFirst | Stopped | NotWritten | undefined {
  const gate = checkGate(state, school.graph, skill, now, servable);
  if (gate.allowed) return undefined;
  switch (gate.why) {
    case 'check-open':
      return { outcome: 'check-open', checkId: gate.checkId, skill: state.check?.skill ?? skill };
    case 'practice-first':
      return {
        outcome: 'practice-first',
        remaining: gate.remaining,
        families: toFamilies(school, gate.families),
      };
    case 'stopped':
      return {
        outcome: 'stopped',
        until: gate.until,
        propose: gate.propose === null ? null : { id: gate.propose, title: skillTitle(school, gate.propose) },
      };
    case 'not-written':
      return { outcome: 'not-written' };
  }
}

export function toFamilies(school: School, ids: readonly string[]): { id: string; title: string }[] {
  return ids.map((id) => ({ id, title: school.curriculum.families.get(id)?.title ?? id }));
}
