import { emptyRecord, type LearnerState, type SkillRecord } from './state.ts';

/**
 * A learner state under change. What is changed is copied once and shared otherwise: folding one event copies only what it touches, and
 * replaying a ledger copies each part once, whatever its length.
 */
export interface Draft {
  /** Its own top level: assign freely. Deeper parts through the functions below. */
  readonly state: LearnerState;
  readonly owned: Set<string>;
  /** The event being folded comes from a guest's chain. */
  isAdopting: boolean;
  /** The estimator that takes every answer in, whatever the ledger names; null where the ledger says. */
  readonly imagined: string | null;
}

/** Starts changing a copy of the state. The state itself stays as it is. @param imagined see {@link Draft} */
export function openDraft(state: LearnerState, imagined: string | null = null): Draft {
  return { state: { ...state }, owned: new Set(), isAdopting: false, imagined };
}

/** One of the large records, safe to change in place. */
export function own<K extends 'skills' | 'openIssues' | 'issuedAt' | 'labs'>(
  draft: Draft,
  key: K,
): LearnerState[K] {
  if (!draft.owned.has(key)) {
    draft.state[key] = { ...draft.state[key] };
    draft.owned.add(key);
  }
  return draft.state[key];
}

/** The record of a skill, made if absent, whose top level is safe to change in place. Its parts are replaced, never changed. */
export function ownSkill(draft: Draft, id: string): SkillRecord {
  const skills = own(draft, 'skills');
  const mark = `skill:${id}`;
  const found = skills[id];
  if (found !== undefined && draft.owned.has(mark)) return found;
  const record = found === undefined ? emptyRecord() : { ...found };
  skills[id] = record;
  draft.owned.add(mark);
  return record;
}

/** When the variants of a family were issued, safe to change in place; made if absent. */
export function ownFamily(draft: Draft, family: string): Record<string, number> {
  const issuedAt = own(draft, 'issuedAt');
  const mark = `family:${family}`;
  const found = issuedAt[family];
  if (found !== undefined && draft.owned.has(mark)) return found;
  const issued = { ...found };
  issuedAt[family] = issued;
  draft.owned.add(mark);
  return issued;
}

/** Forgets a family of which nothing is kept. */
export function forgetFamily(draft: Draft, family: string): void {
  delete own(draft, 'issuedAt')[family];
  draft.owned.delete(`family:${family}`);
}
