import { describe, expect, test } from 'vitest';
import { createGraph } from './graph.ts';
import { checkGate, owedPractice } from './gate.ts';
import { emptyRecord, emptyState } from './state.ts';
import { skill, smallGraph } from './testing/graph.ts';
import { createWalk, DAY, HOUR, T0 } from './testing/walk.ts';

const graph = smallGraph();
const anything = (): boolean => true;
const nothing = (): boolean => false;

describe('before the first check', () => {
  test('an open skill may be checked', () => {
    expect(checkGate(emptyState(), graph, 'a', T0, anything)).toEqual({ allowed: true });
  });

  test('a skill that is not open may be challenged', () => {
    expect(checkGate(emptyState(), graph, 'd', T0, anything)).toEqual({ allowed: true });
  });

  test('a skill without content may not be checked', () => {
    const planned = createGraph([skill('a', [], { written: false })]);
    expect(checkGate(emptyState(), planned, 'a', T0, anything)).toEqual({
      allowed: false,
      why: 'not-written',
    });
  });

  test('an unknown skill is an error', () => {
    expect(() => checkGate(emptyState(), graph, 'x', T0, anything)).toThrow('No such skill: x');
  });

  test('no practice is owed', () => {
    expect(owedPractice(undefined, anything)).toEqual({ remaining: 0, families: [] });
    expect(owedPractice(emptyRecord(), anything)).toEqual({ remaining: 0, families: [] });
  });
});

describe('one check at a time', () => {
  test('another check is refused while one is open, on whatever skill', () => {
    const walk = createWalk(graph);
    const checkId = walk.startCheck('a');
    expect(walk.gate('f')).toEqual({ allowed: false, why: 'check-open', checkId });
    expect(walk.gate('a')).toEqual({ allowed: false, why: 'check-open', checkId });
  });

  test('it may follow when the first is closed', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.leave();
    expect(walk.gate('f')).toEqual({ allowed: true });
  });
});

describe('after not yet', () => {
  const failed = () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-one' });
    walk.check('skipped', { family: 'a-two' });
    return walk;
  };

  test('three practice answers are owed, one from each family missed', () => {
    expect(failed().gate('a')).toEqual({
      allowed: false,
      why: 'practice-first',
      remaining: 3,
      families: ['a-one', 'a-two'],
    });
  });

  test('other skills are not held back', () => {
    expect(failed().gate('f')).toEqual({ allowed: true });
  });

  test('three right ones, one from each family missed, open the next check', () => {
    const walk = failed();
    walk.practise('a', 'correct', { family: 'a-one' });
    walk.practise('a', 'correct', { family: 'a-two' });
    expect(walk.gate('a')).toMatchObject({ remaining: 1, families: [] });
    walk.practise('a', 'correct', { family: 'a-three' });
    expect(walk.gate('a')).toEqual({ allowed: true });
  });

  test('three right ones from one family do not pay for the other', () => {
    const walk = failed();
    for (let i = 0; i < 5; i++) walk.practise('a', 'correct', { family: 'a-one' });
    expect(walk.gate('a')).toMatchObject({ remaining: 1, families: ['a-two'] });
  });

  test('a miss in practice costs nothing and pays nothing', () => {
    const walk = failed();
    walk.practise('a', 'incorrect', { family: 'a-one' });
    expect(walk.gate('a')).toMatchObject({ remaining: 3, families: ['a-one', 'a-two'] });
  });

  test('an answer with help does not pay', () => {
    const walk = failed();
    for (const aid of ['hint-1', 'mentor', 'solution'] as const)
      walk.practise('a', 'correct', { family: 'a-one', aid });
    expect(walk.gate('a')).toMatchObject({ remaining: 3 });
  });

  test('a retry of the same variant does not pay', () => {
    const walk = failed();
    const first = walk.ask({ skill: 'a', family: 'a-one', variant: 'same' });
    walk.answer(first, 'incorrect');
    walk.practise('a', 'correct', { family: 'a-one', variant: 'same', retryOf: first });
    expect(walk.gate('a')).toMatchObject({ remaining: 3 });
  });

  test('a variant seen before does not pay, not even as a new issue', () => {
    const walk = failed();
    walk.practise('a', 'incorrect', { family: 'a-one', variant: 'same' });
    walk.practise('a', 'correct', { family: 'a-one', variant: 'same' });
    expect(walk.gate('a')).toMatchObject({ remaining: 3 });
  });

  test('a variant seen 90 days before is fresh and pays', () => {
    const walk = failed();
    walk.practise('a', 'incorrect', { family: 'a-one', variant: 'same' });
    walk.wait(90 * DAY);
    walk.practise('a', 'correct', { family: 'a-one', variant: 'same' });
    expect(walk.gate('a')).toMatchObject({ remaining: 2, families: ['a-two'] });
  });

  test('practice on another skill does not pay', () => {
    const walk = failed();
    for (let i = 0; i < 3; i++) walk.practise('f', 'correct');
    expect(walk.gate('a')).toMatchObject({ remaining: 3 });
  });

  test('reviews do not pay: only practice does', () => {
    const walk = failed();
    for (let i = 0; i < 3; i++) walk.review('a', 'correct');
    expect(walk.gate('a')).toMatchObject({ remaining: 3 });
  });

  test('a family that is for checks only is not owed', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-exam' });
    walk.check('incorrect', { family: 'a-one' });
    expect(walk.gate('a')).toMatchObject({ remaining: 3, families: ['a-one'] });
  });

  test('a family that has no fresh variant left is no longer owed; the three answers are', () => {
    const state = failed().state();
    const gate = checkGate(state, graph, 'a', T0, (family) => family !== 'a-two');
    expect(gate).toMatchObject({ why: 'practice-first', remaining: 3, families: ['a-one'] });
    expect(checkGate(state, graph, 'a', T0, nothing)).toMatchObject({
      why: 'practice-first',
      remaining: 3,
      families: [],
    });
  });

  test('the same family missed twice is owed once', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-one' });
    walk.check('incorrect', { family: 'a-one' });
    expect(walk.gate('a')).toMatchObject({ remaining: 3, families: ['a-one'] });
  });

  test('a check that is then withdrawn without a miss does not ask for more practice', () => {
    const walk = failed();
    walk.mend('a');
    walk.startCheck('a');
    walk.check('correct');
    walk.leave();
    expect(walk.gate('a')).toEqual({ allowed: true });
  });

  test('a further not yet asks for practice again', () => {
    const walk = failed();
    walk.mend('a');
    walk.fail('a');
    expect(walk.gate('a')).toMatchObject({ why: 'practice-first', remaining: 3 });
  });

  test('a pass owes nothing', () => {
    const walk = failed();
    walk.mend('a');
    walk.pass('a');
    expect(walk.gate('a')).toEqual({ allowed: true });
  });
});

describe('after three not-yets in a row', () => {
  const stopped = () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 3; i++) {
      walk.fail('b');
      walk.mend('b');
    }
    return walk;
  };

  test('twelve hours pass, and the weakest prerequisite is proposed', () => {
    const walk = stopped();
    expect(walk.gate('b')).toEqual({
      allowed: false,
      why: 'stopped',
      until: walk.now() + 12 * HOUR,
      propose: 'a',
    });
  });

  test('the check opens after twelve hours, not a moment before', () => {
    const walk = stopped();
    walk.wait(12 * HOUR - 1);
    expect(walk.gate('b')).toMatchObject({ why: 'stopped' });
    walk.wait(1);
    expect(walk.gate('b')).toEqual({ allowed: true });
  });

  test('the practice is owed besides the wait', () => {
    const walk = createWalk(graph);
    walk.fail('b');
    walk.mend('b');
    walk.fail('b');
    walk.mend('b');
    walk.fail('b');
    walk.wait(12 * HOUR);
    expect(walk.gate('b')).toMatchObject({ why: 'practice-first', remaining: 3 });
  });

  test('other skills go on', () => {
    expect(stopped().gate('a')).toEqual({ allowed: true });
  });
});
