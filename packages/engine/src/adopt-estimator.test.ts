import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { adoptEstimator, estimatorsNamed } from './adopt-estimator.ts';
import { beliefOf, getEstimator, holdEstimator, holdsEstimator } from './estimator.ts';
import type { LedgerEvent, NewEvent } from './events.ts';
import { foldEvent, replay, replayUnder } from './fold.ts';
import { emptyState, type LearnerState } from './state.ts';
import { smallGraph } from './testing/graph.ts';
import { holdRefitted, REFITTED, REFITTED_ID } from './testing/refitted.ts';
import { deeds, stroll } from './testing/stroll.ts';
import { full, problems, tamper } from './testing/tamper.ts';
import { bodies, createWalk, HOUR, type Walk } from './testing/walk.ts';

const graph = smallGraph();
holdRefitted();

const move = (walk: Walk, estimator = REFITTED_ID): readonly NewEvent[] =>
  walk.append(adoptEstimator(walk.state(), walk.events, estimator));

/** A learner with a history who was moved, and went on. */
const moved = (): Walk => {
  const walk = full();
  move(walk);
  walk.practise('a', 'incorrect');
  walk.pass('a');
  return walk;
};

describe('adopting an estimator', () => {
  test('takes every answer so far in anew', () => {
    const walk = full();
    const before = beliefOf(walk.state(), graph, 'f', walk.now());
    move(walk);
    expect(walk.state().estimator).toEqual(replayUnder(REFITTED_ID, walk.events).estimator);
    expect(beliefOf(walk.state(), graph, 'f', walk.now()).p).not.toBe(before.p);
    expect(beliefOf(walk.state(), graph, 'f', walk.now()).n).toBe(before.n);
  });

  test('changes nothing but what is believed', () => {
    const walk = full();
    const { estimator: _old, skills: before, ...rest } = walk.state();
    move(walk);
    const { estimator: _new, skills, ...after } = walk.state();
    expect(after).toEqual({ ...rest, seq: rest.seq + 1 });
    const bare = (records: LearnerState['skills']) =>
      JSON.stringify(records, (key, value) => (key === 'trace' ? 0 : value));
    expect(bare(skills)).toBe(bare(before));
  });

  test('is pinned by every decision from then on; those before keep theirs', () => {
    const walk = moved();
    const change = walk.events.findIndex((event) => event.type === 'estimator-adopted');
    const pinnedIn = (events: readonly LedgerEvent[]) =>
      new Set(events.flatMap(({ body }) => ('pins' in body ? [body.pins.estimator] : [])));
    expect(pinnedIn(walk.events.slice(0, change))).toEqual(new Set(['elo-bkt-1']));
    expect(pinnedIn(walk.events.slice(change))).toEqual(new Set([REFITTED_ID]));
    expect(problems(walk.events)).toEqual([]);
  });

  test('holds for an item that was shown before it and answered after', () => {
    const walk = createWalk(graph);
    const issueId = walk.ask({ skill: 'a' });
    move(walk);
    walk.answer(issueId, 'correct');
    const [attempt] = bodies(walk.events, 'attempt');
    expect(attempt?.pins.estimator).toBe(REFITTED_ID);
    expect(problems(walk.events)).toEqual([]);
  });

  test('waits for the end of a check and of a placement', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    expect(move(walk)).toEqual([]);
    walk.leave();
    expect(move(walk)).toHaveLength(1);
    expect(move(walk)).toEqual([]);
  });

  test('lets a later retraction take a miss back as the new estimator took it in', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct');
    walk.practise('a', 'incorrect', { family: 'a-one' });
    walk.practise('a', 'correct');
    move(walk);
    walk.retract('a-one');
    expect(walk.state().estimator).toEqual(replayUnder(REFITTED_ID, walk.events).estimator);
    expect(problems(walk.events)).toEqual([]);
  });

  test('in a guest’s chain leaves the account on its own', () => {
    const guest = moved();
    const account = createWalk(graph, guest.now() + HOUR);
    account.append([{ type: 'learner-created', body: { guest: false, estimator: 'mixer-1' } }]);
    account.practise('b', 'correct');
    account.append(
      guest.events.map(({ seq, at, type, body }): NewEvent => {
        return { type: 'adopted', body: { learnerId: 'g', seq, at, type, body, prev: '', hash: '' } };
      }),
    );
    expect(account.state().estimator.id).toBe('mixer-1');
    expect(problems(account.events)).toEqual([]);
    expect(estimatorsNamed(account.events)).toEqual(new Set(['mixer-1', 'elo-bkt-1', REFITTED_ID]));
    move(account);
    expect(account.state().estimator).toEqual(replayUnder(REFITTED_ID, account.events).estimator);
    expect(problems(account.events)).toEqual([]);
  });
});

describe('across a change of estimator', () => {
  /** An act before, a change, an act after, whatever else. */
  const changes = fc
    .tuple(deeds, deeds, fc.constantFrom('mixer-1', REFITTED_ID))
    .map(([before, after, estimator]) => stroll(graph, [...before, { do: 'move', estimator }, ...after]));

  test('replaying gives, byte for byte, what folding one by one through JSON gave', () => {
    fc.assert(
      fc.property(changes, (walk) => {
        const events = JSON.parse(JSON.stringify(walk.events)) as LedgerEvent[];
        const one = events.reduce<LearnerState>(
          (state, event) => JSON.parse(JSON.stringify(foldEvent(state, event))) as LearnerState,
          emptyState(),
        );
        expect(JSON.stringify(one)).toBe(JSON.stringify(replay(events)));
        expect(JSON.stringify(one)).toBe(JSON.stringify(walk.state()));
      }),
      { numRuns: 60 },
    );
  });

  test('every recorded decision follows from the facts before it', () => {
    fc.assert(
      fc.property(changes, (walk) => {
        expect(problems(walk.events)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an audit finds', () => {
  test('a state that the answers do not give', () => {
    const events = tamper(moved(), 'estimator-adopted', (body) => {
      (body.state as { theta: number }).theta += 0.001;
    });
    expect(problems(events)).toContain('the new estimator’s state is not what the answers before it give');
  });

  test('a trace that the answers do not give', () => {
    const events = tamper(moved(), 'estimator-adopted', (body) => {
      body.traces = {};
    });
    expect(problems(events)).toContain('the new estimator’s state is not what the answers before it give');
  });

  test('another estimator before it', () => {
    const events = tamper(moved(), 'estimator-adopted', (body) => {
      body.previous = 'mixer-1';
    });
    expect(problems(events)).toEqual(['the estimator before is recorded as mixer-1, and was elo-bkt-1']);
  });

  test('an estimator that nobody holds', () => {
    const events = tamper(moved(), 'estimator-adopted', (body) => {
      body.estimator = 'mixer-1+none';
    });
    expect(problems(events)[0]).toBe('estimator mixer-1+none was adopted, which this engine does not hold');
  });

  test('a decision pinned to an estimator that did not decide', () => {
    const events = tamper(moved(), 'check-ended', (body) => {
      body.pins.estimator = REFITTED_ID;
    });
    expect(problems(events)[0]).toBe(`pinned to estimator ${REFITTED_ID}, while elo-bkt-1 decided`);
  });

  test('a change inside a check', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    const body = {
      estimator: 'mixer-1',
      previous: 'elo-bkt-1',
      state: getEstimator('mixer-1').initial(),
      traces: {},
    };
    walk.append([{ type: 'estimator-adopted', body }]);
    expect(problems(walk.events)[0]).toContain('inside a check or a placement');
  });
});

describe('what is held', () => {
  test('is held for ever, and means one thing', () => {
    expect(holdsEstimator(REFITTED_ID)).toBe(true);
    holdEstimator(REFITTED_ID, structuredClone(REFITTED));
    expect(() => holdEstimator(REFITTED_ID, { ...REFITTED, intercept: 0.3 })).toThrow('other coefficients');
    expect(() => holdEstimator('mixer-1', REFITTED)).toThrow('is shipped');
    expect(holdsEstimator('mixer-1+none')).toBe(false);
  });

  test('knows families that are harder than their authors thought', () => {
    const { predict, initial } = getEstimator(REFITTED_ID);
    const p = (family: string | null, skill = 'a') =>
      predict(initial(), { skill, family, difficulty: 0.4, at: 0 }).p;
    expect(p('a-one')).toBeLessThan(p('a-two'));
    expect(p('never-met')).toBe(p(null));
    expect(p(null, 'z')).toBeGreaterThan(p(null));
  });
});
