import { describe, expect, test } from 'vitest';
import { endCheck, findCheckVerdict, startCheck } from './decide-check.ts';
import { beliefOf } from './estimator.ts';
import { createGraph, skillDifficulty } from './graph.ts';
import { stateOf } from './standing.ts';
import { skill, smallGraph } from './testing/graph.ts';
import { bodies, createWalk, DAY, HOUR, T0 } from './testing/walk.ts';

const graph = smallGraph();

describe('opening a check', () => {
  test('pins what the verdict will rest on', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    expect(walk.state().check).toEqual({
      checkId: 'c1',
      skill: 'a',
      kinds: 2,
      challenge: false,
      skillDifficulty: skillDifficulty(graph, 'a'),
      leadsTo: 'demonstrated',
      pins: { rule: 1, estimator: 'elo-bkt-1', curriculum: 'curriculum-1', family: '' },
      startedAt: T0,
      lastAnswerAt: T0,
      issued: [],
      answers: [],
    });
  });

  test('on a skill that is not open is a challenge', () => {
    const walk = createWalk(graph);
    walk.startCheck('c');
    expect(walk.state().check?.challenge).toBe(true);
  });

  test('while one is open is an error', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    expect(() => startCheck(walk.state(), walk.ctx(), { checkId: 'x', skill: 'f' })).toThrow(
      /open already: c1/,
    );
  });

  test('on a skill without content is an error', () => {
    const planned = createWalk(createGraph([skill('a', [], { written: false })]));
    expect(() => planned.startCheck('a')).toThrow('The skill has no content yet: a');
  });

  test('leads to Knows where the primary evidence is a judgement', () => {
    for (const primaryEvidence of ['design-review', 'oral-defence'] as const) {
      const walk = createWalk(createGraph([skill('a', [], { primaryEvidence })]));
      walk.pass('a');
      expect(stateOf(walk.state().skills['a'])).toBe('knows');
      expect(walk.state().skills['a']).toMatchObject({ knowsAt: T0, demonstratedAt: null });
    }
  });

  test('leads to Demonstrated for any other evidence', () => {
    for (const primaryEvidence of ['parametric-numeric', 'quiz', 'code-lab'] as const) {
      const walk = createWalk(createGraph([skill('a', [], { primaryEvidence })]));
      walk.pass('a');
      expect(stateOf(walk.state().skills['a'])).toBe('demonstrated');
    }
  });
});

describe('passing', () => {
  test('takes a new learner four right answers: p is the last to come', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    for (let i = 0; i < 2; i++) walk.check('correct');
    expect(findCheckVerdict(walk.state(), walk.now())).toMatchObject({ status: 'open', streak: 2 });
    let asked = 2;
    while (walk.state().check !== null) {
      walk.check('correct');
      asked += 1;
    }
    expect(asked).toBeGreaterThanOrEqual(3);
    expect(asked).toBeLessThanOrEqual(5);
  });

  test('takes a practised learner three', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 6; i++) walk.practise('a', 'correct');
    walk.startCheck('a');
    for (let i = 0; i < 3; i++) walk.check('correct');
    expect(walk.state().check).toBeNull();
    expect(stateOf(walk.state().skills['a'])).toBe('demonstrated');
  });

  test('records what it rested on', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    const [ended] = bodies(walk.events, 'check-ended');
    expect(ended).toMatchObject({
      outcome: 'passed',
      reason: 'rule',
      misses: 0,
      missing: [],
      misconceptions: [],
      mend: [],
    });
    expect(ended?.p).toBe(beliefOf(walk.state(), graph, 'a', walk.now()).p);
    expect(ended?.p).toBeGreaterThanOrEqual(0.8);
    expect(ended?.families.length).toBeGreaterThanOrEqual(2);
    expect(ended?.kinds).toEqual(expect.arrayContaining(['numeric', 'choice']));
    expect(ended?.streak).toBe(ended?.asked);
  });

  test('schedules the first review no earlier than 48 hours later', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    expect(walk.state().skills['a']?.review?.dueAt).toBeGreaterThanOrEqual(T0 + 48 * HOUR);
  });

  test('opens what requires the skill, and records what that required', () => {
    const walk = createWalk(graph);
    walk.setGoal(['a', 'b', 'c']);
    walk.pass('a');
    expect(bodies(walk.events, 'skills-opened').at(-1)).toEqual({ skills: ['b'], requires: { b: ['a'] } });
  });

  test('a second time keeps the first date', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    walk.wait(DAY);
    walk.pass('a');
    expect(walk.state().skills['a']?.demonstratedAt).toBe(T0);
  });

  test('without any practice is possible: nothing asks for a lesson or time', () => {
    const walk = createWalk(graph);
    walk.pass('f');
    expect(bodies(walk.events, 'attempt').every((attempt) => attempt.place === 'check')).toBe(true);
    expect(stateOf(walk.state().skills['f'])).toBe('demonstrated');
  });

  test('never comes from practice, however much of it', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 50; i++) walk.practise('a', 'correct');
    expect(beliefOf(walk.state(), graph, 'a', walk.now()).p).toBeGreaterThan(0.9);
    expect(stateOf(walk.state().skills['a'])).toBe('practising');
  });
});

describe('a challenge', () => {
  test('that is passed demonstrates the skill and places all it requires', () => {
    const walk = createWalk(graph);
    walk.pass('d');
    const [placed] = bodies(walk.events, 'skills-placed');
    expect(placed).toMatchObject({ by: 'challenge', sessionId: 'c1' });
    expect(placed?.skills.map((entry) => entry.skill)).toEqual(['a', 'b', 'c']);
    expect(stateOf(walk.state().skills['d'])).toBe('demonstrated');
    for (const id of ['a', 'b', 'c']) expect(stateOf(walk.state().skills[id])).toBe('placed');
  });

  test('places only what was not there yet', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    walk.pass('c');
    expect(bodies(walk.events, 'skills-placed')[0]?.skills.map((entry) => entry.skill)).toEqual(['b']);
    expect(stateOf(walk.state().skills['a'])).toBe('demonstrated');
  });

  test('places what was only waived: a waiver is no evidence', () => {
    const walk = createWalk(graph);
    walk.append([{ type: 'waiver', body: { skill: 'a', by: 'Ruth', note: '' } }]);
    walk.pass('c');
    expect(bodies(walk.events, 'skills-placed')[0]?.skills.map((entry) => entry.skill)).toEqual(['a', 'b']);
  });

  test('schedules a first review of what it places within 7 days', () => {
    const walk = createWalk(graph);
    walk.pass('b');
    const due = walk.state().skills['a']?.review?.dueAt ?? Number.POSITIVE_INFINITY;
    expect(due - walk.now()).toBeLessThanOrEqual(7 * DAY);
  });

  test('opens what follows from all that it gave', () => {
    const walk = createWalk(graph);
    walk.pass('c');
    expect(walk.state().opened).toEqual(expect.arrayContaining(['b', 'c', 'd', 'e']));
  });

  test('that is not passed places nothing', () => {
    const walk = createWalk(graph);
    walk.fail('d');
    expect(bodies(walk.events, 'skills-placed')).toEqual([]);
    expect(stateOf(walk.state().skills['a'])).toBe('new');
  });

  test('is not what a check on an open skill is: that places nothing', () => {
    const walk = createWalk(graph);
    walk.append([{ type: 'waiver', body: { skill: 'a', by: 'Ruth', note: '' } }]);
    walk.pass('b');
    expect(bodies(walk.events, 'skills-placed')).toEqual([]);
  });
});

describe('not yet', () => {
  test('names misconceptions once each, and the families to mend', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-one', misconception: 'forgets-weights' });
    walk.check('incorrect', { family: 'a-one', misconception: 'forgets-weights' });
    expect(bodies(walk.events, 'check-ended')[0]).toMatchObject({
      outcome: 'not-yet',
      reason: 'second-miss',
      misconceptions: ['forgets-weights'],
      mend: ['a-one'],
    });
  });

  test('asks to mend only families that can be practised', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-one', practisable: () => false });
    walk.check('incorrect', { family: 'a-two', practisable: (id) => id === 'a-two' });
    expect(bodies(walk.events, 'check-ended')[0]?.mend).toEqual(['a-two']);
  });

  test('takes nothing away from a skill that was passed before', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    walk.wait(DAY);
    walk.fail('a');
    expect(stateOf(walk.state().skills['a'])).toBe('demonstrated');
  });

  test('brings the review of such a skill forward', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    walk.wait(DAY);
    walk.fail('a');
    expect(walk.state().skills['a']?.review?.dueAt).toBeLessThanOrEqual(walk.now() + 2 * DAY);
  });

  test('makes a Placed skill Practising again, visibly', () => {
    const walk = createWalk(graph);
    walk.pass('b');
    expect(stateOf(walk.state().skills['a'])).toBe('placed');
    walk.startCheck('a');
    walk.check('incorrect');
    expect(stateOf(walk.state().skills['a'])).toBe('practising');
    expect(walk.state().skills['a']?.placedLost).toMatchObject({ at: walk.now() });
    expect(walk.state().skills['a']?.review).toBeNull();
  });
});

describe('no fresh item left', () => {
  test('ends the check as neither pass nor not yet', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('correct', { servableInCheck: false });
    expect(bodies(walk.events, 'check-ended')[0]).toMatchObject({
      outcome: 'no-variant',
      reason: 'no-variant',
      mend: [],
    });
    expect(walk.state().skills['a']).toMatchObject({ mend: null, demonstratedAt: null });
    expect(walk.state().skills['a']?.checks.notYetInARow).toBe(0);
  });

  test('matters only where the rule has not decided: a pass stays a pass', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 6; i++) walk.practise('a', 'correct');
    walk.startCheck('a');
    walk.check('correct');
    walk.check('correct');
    walk.check('correct', { servableInCheck: false });
    expect(bodies(walk.events, 'check-ended')[0]?.outcome).toBe('passed');
  });

  test('does not hide a second miss', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect');
    walk.check('incorrect', { servableInCheck: false });
    expect(bodies(walk.events, 'check-ended')[0]?.outcome).toBe('not-yet');
  });

  test('can end a check before its first item', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.append(endCheck(walk.state(), walk.ctx(), { reason: 'no-variant' }));
    expect(bodies(walk.events, 'check-ended')[0]).toMatchObject({ outcome: 'no-variant', asked: 0 });
  });
});
