import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { getEstimator, type Estimator, type Observation } from './estimator.ts';
import type { Aid, Outcome } from './events.ts';
import { holdRefitted } from './testing/refitted.ts';

/** What every estimator promises, and the numbers that an id stands for, for ever. */
interface Contract {
  id: string;
  /** p of a new learner, and after 1, 2, … right answers of level 2 in a row, on a skill of that level. */
  rights: number[];
  /** Numbers in a trace. */
  traced: number;
}

const CONTRACTS: readonly Contract[] = [
  {
    id: 'elo-bkt-1',
    rights: [0.401, 0.59, 0.723, 0.794, 0.828, 0.848, 0.86, 0.87, 0.878],
    traced: 3,
  },
  {
    id: 'mixer-1',
    rights: [0.416, 0.638, 0.739, 0.796, 0.832, 0.858, 0.872, 0.882, 0.891],
    traced: 8,
  },
  {
    id: holdRefitted(),
    rights: [0.409, 0.63, 0.736, 0.794, 0.83, 0.855, 0.87, 0.881, 0.89],
    traced: 8,
  },
];

const LEVEL_2 = 0.4;
const DAY = 86_400_000;

const seen = (outcome: Outcome, rest: Partial<Observation> = {}): Observation => ({
  skill: 'a',
  family: 'a-one',
  difficulty: LEVEL_2,
  skillDifficulty: LEVEL_2,
  outcome,
  aid: 'none',
  retry: false,
  implies: [],
  at: 0,
  ...rest,
});

describe.each(CONTRACTS)('$id', ({ id, rights, traced }) => {
  const estimator: Estimator = getEstimator(id);

  /** r right, w wrong, s skipped. */
  const after = (
    answers: string,
    rest: Partial<Observation> = {},
    from: unknown = estimator.initial(),
  ): unknown =>
    [...answers].reduce(
      (state, letter) =>
        estimator.observe(
          state,
          seen(letter === 'r' ? 'correct' : letter === 's' ? 'skipped' : 'incorrect', rest),
        ),
      from,
    );

  const belief = (state: unknown, skill = 'a', difficulty = LEVEL_2, at = 0) =>
    estimator.predict(state, { skill, family: null, difficulty, at });
  const p = (state: unknown, skill = 'a', difficulty = LEVEL_2): number => belief(state, skill, difficulty).p;

  describe('a new learner', () => {
    test('meets a level-2 skill at a p between .35 and .5', () => {
      expect(p(estimator.initial())).toBeCloseTo(rights[0] ?? 0, 3);
      expect(rights[0]).toBeGreaterThan(0.35);
      expect(rights[0]).toBeLessThan(0.5);
    });

    test('has a wide interval and no observations', () => {
      const { low, high, n } = belief(estimator.initial());
      expect(low).toBeLessThan(0.12);
      expect(high).toBeGreaterThan(0.8);
      expect(n).toBe(0);
    });

    test('finds harder items harder', () => {
      const initial = estimator.initial();
      expect(p(initial, 'a', -0.5)).toBeGreaterThan(p(initial, 'a', 0.4));
      expect(p(initial, 'a', 0.4)).toBeGreaterThan(p(initial, 'a', 1.3));
    });
  });

  describe('answers on a skill', () => {
    test('give these p after right answers in a row, for ever', () => {
      const row = Array.from({ length: 9 }, (_, i) => Number(p(after('r'.repeat(i))).toFixed(3)));
      expect(row).toEqual(rights);
    });

    test('pass .80 with the fourth right answer in a row, not with the third', () => {
      expect(p(after('rrr'))).toBeLessThan(0.8);
      expect(p(after('rrrr'))).toBeGreaterThanOrEqual(0.8);
    });

    test('fall under .80 again after two misses', () => {
      expect(p(after('rrrrrrww'))).toBeLessThan(0.8);
    });

    test('let a learner recover from misses within six right answers', () => {
      expect(p(after('wwrrrrrr'))).toBeGreaterThanOrEqual(0.8);
    });

    test('sink to under .25 after four misses', () => {
      expect(p(after('wwww'))).toBeLessThan(0.25);
    });

    test('count a skipped item as a miss', () => {
      expect(p(after('s'))).toBe(p(after('w')));
    });

    test('weigh the latest more: misses then right beats right then misses', () => {
      expect(p(after('wwrrr'))).toBeGreaterThan(p(after('rrrww')));
    });

    test('count more on harder items when right, and less when missed', () => {
      expect(p(after('r', { difficulty: 1.3 }))).toBeGreaterThan(p(after('r', { difficulty: -0.5 })));
      expect(p(after('w', { difficulty: 1.3 }))).toBeGreaterThan(p(after('w', { difficulty: -0.5 })));
    });

    test('narrow the interval', () => {
      const width = (state: unknown): number => belief(state).high - belief(state).low;
      expect(width(after('rrww'))).toBeLessThan(width(after('rw')));
      expect(width(after('rw'))).toBeLessThan(width(estimator.initial()));
    });

    test('are counted', () => {
      expect(belief(after('rwsr')).n).toBe(4);
    });
  });

  describe('help and retries', () => {
    const gain = (rest: Partial<Observation>): number => p(after('r', rest)) - p(estimator.initial());
    const loss = (rest: Partial<Observation>): number => p(estimator.initial()) - p(after('w', rest));

    test('a right answer weighs less the more help it had', () => {
      const order: Aid[] = ['none', 'hint-1', 'hint-2', 'hint-3', 'solution'];
      const gains = order.map((aid) => gain({ aid }));
      for (const [i, value] of gains.entries()) if (i > 0) expect(value).toBeLessThan(gains[i - 1] as number);
    });

    test('a word with the mentor weighs less than an unaided answer', () => {
      expect(gain({ aid: 'mentor' })).toBeLessThan(gain({ aid: 'none' }));
    });

    test('a right answer never lowers p and a miss never raises it, whatever the help', () => {
      for (const aid of ['hint-1', 'hint-2', 'hint-3', 'mentor', 'solution'] as const) {
        expect(gain({ aid })).toBeGreaterThan(0);
        expect(loss({ aid })).toBeGreaterThan(0);
      }
    });

    test('a retry weighs less than a first try', () => {
      expect(gain({ retry: true })).toBeLessThan(gain({ retry: false }) / 2);
      expect(loss({ retry: true })).toBeLessThan(loss({ retry: false }) / 2);
    });

    test('ten answers copied from solutions do not reach .80', () => {
      expect(p(after('rrrrrrrrrr', { aid: 'solution' }))).toBeLessThan(0.8);
    });
  });

  describe('other skills', () => {
    test('move a skill never answered a little, through the learner’s own level', () => {
      const elsewhere = after('rrrr', { skill: 'b' });
      expect(p(elsewhere, 'a')).toBeGreaterThan(p(estimator.initial(), 'a'));
      expect(p(elsewhere, 'a')).toBeLessThan(0.62);
      expect(belief(elsewhere, 'a').n).toBe(0);
    });

    test('lower it a little when missed', () => {
      const elsewhere = after('wwww', { skill: 'b' });
      expect(p(elsewhere, 'a')).toBeLessThan(p(estimator.initial(), 'a'));
      expect(p(elsewhere, 'a')).toBeGreaterThan(0.2);
    });

    test('carry what they imply: a right answer speaks for what the skill requires', () => {
      const state = after('r', { skill: 'top', implies: ['base'] });
      expect(p(state, 'base')).toBeGreaterThan(p(state, 'other'));
      expect(p(state, 'base')).toBeLessThanOrEqual(p(state, 'top'));
      expect(belief(state, 'base').n).toBe(1);
    });

    test('imply nothing by a miss: anything above may have failed', () => {
      const state = after('w', { skill: 'top', implies: ['base'] });
      expect(p(state, 'base')).toBe(p(state, 'other'));
    });

    test('place what they imply after right answers on three skills above it', () => {
      const state = ['x', 'y', 'z'].reduce(
        (before, skill) => after('r', { skill, implies: ['base'], difficulty: 1.3 }, before),
        estimator.initial(),
      );
      expect(p(state, 'base')).toBeGreaterThan(0.8);
    });
  });

  describe('time', () => {
    test('leaves p as it is and widens the interval', () => {
      const state = after('rrrr');
      const now = belief(state, 'a', LEVEL_2, 0);
      const later = belief(state, 'a', LEVEL_2, 100 * DAY);
      expect(later.p).toBe(now.p);
      expect(later.low).toBeLessThan(now.low);
      expect(later.high).toBeGreaterThan(now.high);
    });

    test('before the last answer counts as none gone by', () => {
      const state = after('rr', { at: 10 * DAY });
      expect(belief(state, 'a', LEVEL_2, 0)).toEqual(belief(state, 'a', LEVEL_2, 10 * DAY));
    });
  });

  describe('taking an answer back', () => {
    test('raises p again after a retracted miss', () => {
      const before = after('rrr');
      const missed = after('w', {}, before);
      const trace = estimator.trace(before, missed, 'a');
      expect(p(estimator.retract(missed, 'a', trace))).toBeCloseTo(p(before), 1);
      expect(p(estimator.retract(missed, 'a', trace))).toBeGreaterThan(p(missed));
    });

    test('restores the count of answers', () => {
      const before = after('rr');
      const missed = after('w', {}, before);
      expect(belief(estimator.retract(missed, 'a', estimator.trace(before, missed, 'a'))).n).toBe(2);
    });

    test('of a skill never answered changes nothing', () => {
      const state = after('rr');
      expect(
        estimator.retract(
          state,
          'b',
          Array.from({ length: traced }, () => 1),
        ),
      ).toBe(state);
    });

    test('can be traced for the first answer of all', () => {
      const state = after('w');
      const trace = estimator.trace(estimator.initial(), state, 'a');
      expect(trace).toHaveLength(traced);
      expect(trace.every(Number.isFinite)).toBe(true);
    });

    test('of a skill that was not touched traces as nothing', () => {
      expect(estimator.trace(estimator.initial(), estimator.initial(), 'a')).toEqual(
        Array.from({ length: traced }, () => 0),
      );
    });
  });

  describe('properties', () => {
    const observation = fc.record({
      skill: fc.constantFrom('a', 'b', 'c'),
      family: fc.constantFrom('a-one', 'a-two', 'b-one'),
      difficulty: fc.constantFrom(-0.5, 0.4, 1.3),
      skillDifficulty: fc.constantFrom(-0.5, 0.1, 0.4, 0.7, 1.3),
      outcome: fc.constantFrom<Outcome>('correct', 'incorrect', 'skipped'),
      aid: fc.constantFrom<Aid>('none', 'hint-1', 'hint-2', 'hint-3', 'mentor', 'solution'),
      retry: fc.boolean(),
      implies: fc.subarray(['d', 'e']),
      at: fc.nat({ max: 1_000 * DAY }),
    });
    const history = fc.array(observation, { maxLength: 60 });
    const run = (list: Observation[]): unknown =>
      list.reduce((state, next) => estimator.observe(state, next), estimator.initial());

    test('p lies strictly between 0 and 1, inside its interval, after any history', () => {
      fc.assert(
        fc.property(history, fc.constantFrom('a', 'd', 'z'), (list, skill) => {
          const { p: middle, low, high } = belief(run(list), skill, 0.4, 2_000 * DAY);
          expect(low).toBeGreaterThan(0);
          expect(low).toBeLessThanOrEqual(middle);
          expect(middle).toBeLessThanOrEqual(high);
          expect(high).toBeLessThan(1);
        }),
      );
    });

    test('one more right answer raises p and one more miss lowers it', () => {
      fc.assert(
        fc.property(history, (list) => {
          const state = run(list);
          const difficulty = 0.4;
          const base = p(after('', {}, state), 'a', difficulty);
          const mean = list.findLast(({ skill }) => skill === 'a')?.skillDifficulty ?? LEVEL_2;
          const up = estimator.observe(state, seen('correct', { skillDifficulty: mean }));
          const down = estimator.observe(state, seen('incorrect', { skillDifficulty: mean }));
          expect(p(down, 'a', difficulty)).toBeLessThan(p(up, 'a', difficulty));
          expect(p(down, 'a', difficulty)).toBeLessThanOrEqual(base + 0.01);
        }),
      );
    });

    test('the state survives JSON unchanged', () => {
      fc.assert(
        fc.property(history, (list) => {
          const state = run(list);
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        }),
      );
    });

    test('observing changes nothing that was given', () => {
      fc.assert(
        fc.property(history, observation, (list, next) => {
          const state = run(list);
          const before = JSON.stringify(state);
          estimator.observe(state, next);
          expect(JSON.stringify(state)).toBe(before);
        }),
      );
    });

    test('the same history gives the same bits', () => {
      fc.assert(
        fc.property(history, (list) => {
          expect(JSON.stringify(run(list))).toBe(JSON.stringify(run(list)));
        }),
      );
    });
  });
});
