import { describe, expect, test } from 'vitest';
import { forgetFamily, openDraft, own, ownFamily, ownSkill } from './draft.ts';
import { emptyRecord, emptyState, type LearnerState } from './state.ts';

const given = (): LearnerState => ({
  ...emptyState(),
  skills: { a: { ...emptyRecord(), attempts: 1 }, b: emptyRecord() },
  issuedAt: { 'a-one': { v: 1 }, 'a-two': { v: 2 } },
});

describe('a draft', () => {
  test('leaves the state it was made from as it is', () => {
    const state = given();
    const before = structuredClone(state);
    const draft = openDraft(state);
    draft.state.seq = 9;
    ownSkill(draft, 'a').attempts = 5;
    ownFamily(draft, 'a-one')['w'] = 3;
    forgetFamily(draft, 'a-two');
    expect(state).toEqual(before);
  });

  test('shows what was changed', () => {
    const draft = openDraft(given());
    ownSkill(draft, 'a').attempts = 5;
    ownFamily(draft, 'a-one')['w'] = 3;
    forgetFamily(draft, 'a-two');
    expect(draft.state.skills['a']?.attempts).toBe(5);
    expect(draft.state.issuedAt).toEqual({ 'a-one': { v: 1, w: 3 } });
  });

  test('shares what was not changed', () => {
    const state = given();
    const draft = openDraft(state);
    ownSkill(draft, 'a');
    expect(draft.state.skills['b']).toBe(state.skills['b']);
    expect(draft.state.openIssues).toBe(state.openIssues);
  });

  test('copies each part once: what is owned stays the same object', () => {
    const draft = openDraft(given());
    const skills = own(draft, 'skills');
    const record = ownSkill(draft, 'a');
    const issued = ownFamily(draft, 'a-one');
    expect(own(draft, 'skills')).toBe(skills);
    expect(ownSkill(draft, 'a')).toBe(record);
    expect(ownFamily(draft, 'a-one')).toBe(issued);
  });

  test('makes a record and a family that were not there', () => {
    const draft = openDraft(given());
    expect(ownSkill(draft, 'new')).toEqual(emptyRecord());
    expect(ownFamily(draft, 'new')).toEqual({});
  });

  test('starts a forgotten family afresh', () => {
    const draft = openDraft(given());
    ownFamily(draft, 'a-one');
    forgetFamily(draft, 'a-one');
    expect(ownFamily(draft, 'a-one')).toEqual({});
  });
});
