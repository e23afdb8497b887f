import { describe, expect, test } from 'vitest';
import type { Observation } from './estimator.ts';
import { emptyState } from './state.ts';
import { foldEvent, replay } from './fold.ts';
import { mixer1 } from './mixer-1.ts';
import { createRandom } from './random.ts';
import type { RatedState } from './rated-estimator.ts';
import { smallGraph } from './testing/graph.ts';
import { createWalk } from './testing/walk.ts';
import { auditDecisions } from './verify.ts';

const LEVELS = [-0.5, 0.4, 1.3];
const MEAN = 0.4;

const seen = (right: boolean, difficulty = MEAN): Observation => ({
  skill: 'a',
  family: 'a-one',
  difficulty,
  skillDifficulty: MEAN,
  outcome: right ? 'correct' : 'incorrect',
  aid: 'none',
  retry: false,
  implies: [],
  at: 0,
});

const believed = (state: RatedState, difficulty = MEAN) =>
  mixer1.predict(state, { skill: 'a', family: null, difficulty, at: 0 });

/** Answers of a check by rule 1 on the stream alone, until it is decided. */
function takeCheck(chance: number, random: () => number): { passed: boolean; asked: number } {
  let state = mixer1.initial();
  let streak = 0;
  let misses = 0;
  for (let asked = 1; asked <= 10; asked++) {
    const right = random() < chance;
    state = mixer1.observe(state, seen(right, LEVELS[asked % 3]));
    streak = right ? streak + 1 : 0;
    misses += right ? 0 : 1;
    if ((streak >= 3 && believed(state).p >= 0.8) || streak >= 8) return { passed: true, asked };
    if (misses >= 2) return { passed: false, asked };
  }
  return { passed: false, asked: 10 };
}

function passShare(chance: number, runs = 2000): number {
  const random = createRandom(`mixer-1 ${chance}`);
  let passed = 0;
  for (let run = 0; run < runs; run++) if (takeCheck(chance, random).passed) passed += 1;
  return passed / runs;
}

describe('simulated learners', () => {
  test('who answer everything correctly pass a check within ten answers, by the third to the fifth', () => {
    const { passed, asked } = takeCheck(1, () => 0);
    expect(passed).toBe(true);
    expect(asked).toBeGreaterThanOrEqual(3);
    expect(asked).toBeLessThanOrEqual(5);
  });

  test('of ability .9 mostly pass at the first attempt', () => {
    expect(passShare(0.9)).toBeGreaterThan(0.7);
  });

  test('of ability .5 mostly do not', () => {
    expect(passShare(0.5)).toBeLessThan(0.2);
  });

  test('who guess one in four hardly ever do: three in a row by luck from the start', () => {
    expect(passShare(0.25)).toBeLessThan(0.025);
  });

  test('who guess stay far under .80 after twelve items', () => {
    const random = createRandom('guesser');
    let reached = 0;
    for (let run = 0; run < 500; run++) {
      let state = mixer1.initial();
      for (let item = 0; item < 12; item++) state = mixer1.observe(state, seen(random() < 0.25));
      if (believed(state).p >= 0.8) reached += 1;
    }
    expect(reached).toBe(0);
  });
});

describe('the interval', () => {
  test('holds the true chance of about nine in ten learners drawn from its own prior', () => {
    const random = createRandom('coverage');
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let inside = 0;
    const runs = 2000;
    for (let run = 0; run < runs; run++) {
      const ability = Math.sqrt(0.6 + 1.05) * normal();
      let state = mixer1.initial();
      for (let item = 0; item < 8; item++) {
        const difficulty = LEVELS[item % 3] as number;
        state = mixer1.observe(state, seen(random() < 1 / (1 + Math.exp(difficulty - ability)), difficulty));
      }
      const { low, high } = believed(state);
      const truth = 1 / (1 + Math.exp(MEAN - ability));
      if (low <= truth && truth <= high) inside += 1;
    }
    expect(inside / runs).toBeGreaterThan(0.85);
    expect(inside / runs).toBeLessThan(0.97);
  });
});

describe('a ledger', () => {
  const begun = { type: 'learner-created', body: { guest: true, estimator: 'mixer-1' } } as const;

  test('that begins with mixer-1 is decided, replayed and audited with it', () => {
    const walk = createWalk(smallGraph());
    walk.append([begun]);
    walk.setGoal(['a']);
    walk.practise('a', 'incorrect');
    walk.pass('a');
    expect(walk.state().estimator.id).toBe('mixer-1');
    expect(JSON.stringify(replay(walk.events))).toBe(JSON.stringify(walk.state()));
    expect(auditDecisions(walk.events)).toEqual([]);
  });

  test('that names no estimator keeps elo-bkt-1, whatever is current', () => {
    const walk = createWalk(smallGraph());
    walk.append([{ type: 'learner-created', body: { guest: true } }]);
    walk.setGoal(['a']);
    walk.pass('a');
    expect(walk.state().estimator.id).toBe('elo-bkt-1');
    expect(JSON.stringify(replay(walk.events))).toBe(JSON.stringify(walk.state()));
    expect(auditDecisions(walk.events)).toEqual([]);
  });

  test('takes a guest’s answers under another estimator into the one it began with, and loses no evidence', () => {
    const guest = createWalk(smallGraph());
    guest.append([begun]);
    guest.setGoal(['a']);
    guest.practise('a', 'correct');
    const account = createWalk(smallGraph());
    account.setGoal(['a']);
    account.practise('a', 'correct');
    const hashes = { prev: '', hash: '' };
    account.append(
      guest.events.map(
        ({ seq, at, type, body }) =>
          ({ type: 'adopted', body: { learnerId: 'g', seq, at, type, body, ...hashes } }) as const,
      ),
    );
    expect(account.state().estimator.id).toBe('elo-bkt-1');
    expect(account.state().estimator.state).toMatchObject({ n: 2 });
    expect(auditDecisions(account.events)).toEqual([]);
  });

  test('names no estimator that was never shipped', () => {
    const event = {
      type: 'learner-created',
      body: { guest: true, estimator: 'oracle-9' },
      seq: 1,
      at: 0,
    } as const;
    expect(() => foldEvent(emptyState(), event)).toThrow('No such estimator: oracle-9');
  });
});
