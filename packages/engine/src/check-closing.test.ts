import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { weakestPrerequisite } from './decide-check.ts';
import type { Outcome } from './events.ts';
import { stateOf } from './standing.ts';
import { smallGraph } from './testing/graph.ts';
import { deeds, stroll } from './testing/stroll.ts';
import { bodies, createWalk, HOUR } from './testing/walk.ts';

const graph = smallGraph();

describe('leaving', () => {
  test('without a miss withdraws the check: nothing is owed', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('correct');
    walk.leave();
    expect(bodies(walk.events, 'check-ended')[0]).toMatchObject({
      outcome: 'withdrawn',
      reason: 'left',
      asked: 1,
    });
    expect(walk.gate('a')).toEqual({ allowed: true });
  });

  test('with a miss is not yet', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect');
    walk.leave();
    expect(bodies(walk.events, 'check-ended')[0]).toMatchObject({
      outcome: 'not-yet',
      reason: 'left',
      misses: 1,
    });
    expect(walk.gate('a')).toMatchObject({ why: 'practice-first' });
  });

  test('voids the open item, which is no longer fresh', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    const issueId = walk.ask({ skill: 'a', place: 'check', variant: 'open' });
    walk.leave();
    expect(bodies(walk.events, 'issue-voided')).toEqual([{ issueId, reason: 'check-closed' }]);
    expect(walk.state().openIssues).toEqual({});
    expect(Object.values(walk.state().issuedAt)[0]).toHaveProperty('open');
  });

  test('where no check is open is an error', () => {
    const walk = createWalk(graph);
    expect(() => walk.leave()).toThrow('No check is open');
  });
});

describe('24 hours without an answer', () => {
  test('close a check: withdrawn without a miss', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('correct');
    walk.wait(24 * HOUR - 1);
    expect(walk.close()).toEqual([]);
    walk.wait(1);
    walk.close();
    expect(bodies(walk.events, 'check-ended')[0]).toMatchObject({ outcome: 'withdrawn', reason: 'expired' });
  });

  test('close it as not yet with a miss', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('skipped');
    walk.wait(25 * HOUR);
    walk.close();
    expect(bodies(walk.events, 'check-ended')[0]).toMatchObject({ outcome: 'not-yet', reason: 'expired' });
  });

  test('are counted from the last answer, and from the start where there is none', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.wait(20 * HOUR);
    walk.check('correct');
    walk.wait(20 * HOUR);
    expect(walk.close()).toEqual([]);
    walk.wait(4 * HOUR);
    expect(walk.close()).not.toEqual([]);
    walk.startCheck('a');
    walk.wait(24 * HOUR);
    expect(walk.close()).not.toEqual([]);
  });
});

describe('three not-yets in a row', () => {
  const failThrice = (id: string) => {
    const walk = createWalk(graph);
    for (let i = 0; i < 3; i++) {
      walk.fail(id);
      if (i < 2) walk.mend(id);
    }
    return walk;
  };

  test('stop without mastery', () => {
    const walk = failThrice('c');
    const [stop] = bodies(walk.events, 'stop-without-mastery');
    expect(stop).toMatchObject({ skill: 'c', until: walk.now() + 12 * HOUR });
    expect(walk.state().skills['c']?.stopUntil).toBe(walk.now() + 12 * HOUR);
    expect(stateOf(walk.state().skills['c'])).toBe('practising');
  });

  test('propose the prerequisite with the lowest p', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 4; i++) walk.practise('a', 'correct');
    walk.practise('b', 'incorrect');
    expect(weakestPrerequisite(walk.state(), graph, 'c', walk.now())).toBe('b');
    for (let i = 0; i < 6; i++) walk.practise('b', 'correct');
    for (let i = 0; i < 4; i++) walk.practise('a', 'incorrect');
    expect(weakestPrerequisite(walk.state(), graph, 'c', walk.now())).toBe('a');
  });

  test('propose a person, that is nobody by id, where the skill requires nothing', () => {
    const walk = failThrice('f');
    expect(bodies(walk.events, 'stop-without-mastery')[0]?.propose).toBeNull();
  });

  test('are not a row where a pass lies between', () => {
    const walk = createWalk(graph);
    walk.fail('a');
    walk.mend('a');
    walk.fail('a');
    walk.mend('a');
    walk.pass('a');
    walk.fail('a');
    expect(bodies(walk.events, 'stop-without-mastery')).toEqual([]);
  });

  test('are a row where a withdrawn check lies between: that is neither', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 2; i++) {
      walk.fail('a');
      walk.mend('a');
    }
    walk.startCheck('a');
    walk.leave();
    walk.fail('a');
    expect(bodies(walk.events, 'stop-without-mastery')).toHaveLength(1);
  });

  test('are counted anew after the stop', () => {
    const walk = failThrice('a');
    walk.wait(12 * HOUR);
    walk.mend('a');
    walk.fail('a');
    expect(bodies(walk.events, 'stop-without-mastery')).toHaveLength(1);
    expect(walk.state().skills['a']?.checks.notYetInARow).toBe(1);
  });

  test('may end by leaving with a miss', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 3; i++) {
      walk.startCheck('a');
      walk.check('incorrect');
      walk.leave();
      walk.mend('a');
    }
    expect(bodies(walk.events, 'stop-without-mastery')).toHaveLength(1);
  });
});

describe('properties', () => {
  const outcomes = fc.array(fc.constantFrom<Outcome>('correct', 'correct', 'incorrect', 'skipped'), {
    minLength: 10,
    maxLength: 10,
  });

  test('a check always ends within ten answers', () => {
    fc.assert(
      fc.property(outcomes, fc.constantFrom('a', 'd'), (list, id) => {
        const walk = createWalk(graph);
        walk.startCheck(id);
        for (const outcome of list) if (walk.state().check !== null) walk.check(outcome);
        expect(walk.state().check).toBeNull();
        expect(bodies(walk.events, 'check-ended')).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  test('a check never shows a variant twice', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const issued = bodies(stroll(graph, list).events, 'item-issued').filter(
          (facts) => facts.place === 'check',
        );
        expect(issued.every((facts) => facts.fresh)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('every check that opens also ends, once, before the next one opens', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        let open: string | null = null;
        for (const event of stroll(graph, list).events) {
          if (event.type === 'check-started') {
            expect(open).toBeNull();
            open = event.body.checkId;
          }
          if (event.type === 'check-ended') {
            expect(event.body.checkId).toBe(open);
            open = null;
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
