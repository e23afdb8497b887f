import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { planTrack, type PlanInput, type TrackPlan } from './plan.ts';
import { emptyState } from './state.ts';
import { latticeGraph, skill, smallGraph } from './testing/graph.ts';
import { createGraph } from './graph.ts';
import { createWalk, DAY, T0 } from './testing/walk.ts';

const graph = latticeGraph(20, 4);
const WEEK = 7 * DAY;

const input = (rest: Partial<PlanInput> = {}): PlanInput => ({
  graph,
  state: emptyState(),
  skills: graph.order,
  hoursPerWeek: 5,
  now: T0,
  deadline: null,
  ...rest,
});

const plan = (rest: Partial<PlanInput> = {}): TrackPlan => planTrack(input(rest)) as TrackPlan;

describe('a plan', () => {
  test('needs hours', () => {
    expect(planTrack(input({ hoursPerWeek: 0 }))).toBeNull();
    expect(planTrack(input({ hoursPerWeek: -1 }))).toBeNull();
    expect(planTrack(input({ hoursPerWeek: Number.NaN }))).toBeNull();
  });

  test('is the same each time: its chance is seeded', () => {
    expect(plan()).toEqual(plan());
  });

  test('of 20 hours at 5 a week takes 4 to 7 weeks in the middle, and at most 12 in nine of ten', () => {
    const { p50, p90, minutesLeft } = plan();
    expect(minutesLeft).toBe(20 * 60);
    expect((p50 - T0) / WEEK).toBeGreaterThan(4);
    expect((p50 - T0) / WEEK).toBeLessThan(7);
    expect((p90 - T0) / WEEK).toBeLessThan(12);
  });

  test('puts P90 after P50', () => {
    expect(plan().p90).toBeGreaterThan(plan().p50);
  });

  test('says that it rests on the plan alone at first', () => {
    expect(plan().basis).toBe('plan');
  });

  test('rests on the learner from ten answers on', () => {
    const after = (answers: number): TrackPlan => {
      const walk = createWalk(smallGraph());
      for (let n = 0; n < answers; n++) walk.practise('a', 'correct');
      return planTrack(
        input({ graph: walk.graph, state: walk.state(), skills: ['a', 'b'], now: walk.now() }),
      ) as TrackPlan;
    };
    expect(after(9)).toMatchObject({ basis: 'plan', observations: 9 });
    expect(after(10)).toMatchObject({ basis: 'answers', observations: 10 });
  });

  test('takes half the time, or nearly, with twice the hours', () => {
    const slow = plan({ hoursPerWeek: 4 }).p50 - T0;
    const fast = plan({ hoursPerWeek: 8 }).p50 - T0;
    expect(fast / slow).toBeGreaterThan(0.4);
    expect(fast / slow).toBeLessThan(0.6);
  });

  test('of nothing left is finished now', () => {
    expect(plan({ skills: [] })).toMatchObject({ p50: T0, p90: T0, minutesLeft: 0, perWeek: [] });
  });

  test('leaves ids out that the graph does not hold', () => {
    expect(plan({ skills: ['s00', 'gone'] }).minutesLeft).toBe(60);
  });

  test('moves with the day it is made on, by as much', () => {
    expect(plan({ now: T0 + DAY }).p50).toBe(plan().p50 + DAY);
  });
});

describe('what is left', () => {
  const small = smallGraph();
  const minutes = (walk: ReturnType<typeof createWalk>): number =>
    (planTrack(input({ graph: small, state: walk.state(), skills: ['a'], now: walk.now() })) as TrackPlan)
      .minutesLeft;

  test('is all of a new skill', () => {
    expect(minutes(createWalk(small))).toBe(60);
  });

  test('is less of a skill that is half learned, and never nothing before its check', () => {
    const walk = createWalk(small);
    walk.practise('a', 'correct');
    const half = minutes(walk);
    expect(half).toBeLessThan(60);
    for (let i = 0; i < 15; i++) walk.practise('a', 'correct');
    expect(minutes(walk)).toBeLessThanOrEqual(half);
    expect(minutes(walk)).toBe(15);
  });

  test('is little of a Placed skill', () => {
    const walk = createWalk(small);
    walk.pass('b');
    expect(minutes(walk)).toBe(9);
  });

  test('is nothing of a passed one', () => {
    const walk = createWalk(small);
    walk.pass('a');
    expect(minutes(walk)).toBe(0);
  });
});

describe('a deadline', () => {
  test('without one there is nothing to meet', () => {
    expect(plan()).toMatchObject({ meetsDeadline: null, deadlineShare: null });
  });

  test('far off is met, and near is not', () => {
    expect(plan({ deadline: '2030-01-01' })).toMatchObject({ meetsDeadline: true, deadlineShare: 1 });
    expect(plan({ deadline: '2026-03-05' })).toMatchObject({ meetsDeadline: false, deadlineShare: 0 });
  });

  test('is met where nine in ten journeys meet it, that is from P90 on', () => {
    const { p50, p90 } = plan();
    expect(plan({ deadline: p50 }).meetsDeadline).toBe(false);
    expect(plan({ deadline: p50 }).deadlineShare).toBeCloseTo(0.5, 1);
    expect(plan({ deadline: p90 + DAY }).meetsDeadline).toBe(true);
  });

  test('lasts to the end of its day', () => {
    const end = Date.parse('2026-04-10T23:59:59.999Z');
    expect(plan({ deadline: '2026-04-10' })).toEqual(plan({ deadline: end }));
  });

  test('that is no date is an error', () => {
    expect(() => plan({ deadline: 'soon' })).toThrow('Not a date: soon');
  });
});

describe('week by week', () => {
  test('the weeks follow each other from now and hold every skill in order', () => {
    const { perWeek, p50 } = plan();
    expect(perWeek[0]?.start).toBe(T0);
    for (const [i, week] of perWeek.entries()) expect(week.start).toBe(T0 + i * WEEK);
    expect(perWeek).toHaveLength(Math.ceil((p50 - T0) / WEEK));
    expect([...new Set(perWeek.flatMap((week) => week.skills))]).toEqual([...graph.order]);
  });

  test('the minutes add up to what is left', () => {
    const { perWeek, minutesLeft } = plan();
    const sum = perWeek.reduce((total, week) => total + week.minutes, 0);
    expect(Math.abs(sum - minutesLeft)).toBeLessThanOrEqual(perWeek.length);
  });
});

describe('the learner’s own pace', () => {
  const flat = createGraph(Array.from({ length: 20 }, (_, i) => skill(`k${i}`)));
  const atPace = (every: number) => {
    const walk = createWalk(flat);
    walk.setGoal([...flat.order]);
    for (let i = 0; i < 8; i++) {
      walk.wait(every);
      walk.pass(`k${i}`);
    }
    return planTrack(
      input({ graph: flat, state: walk.state(), skills: flat.order, now: walk.now() }),
    ) as TrackPlan;
  };

  test('takes over once five skills and two weeks have shown it', () => {
    expect(atPace(2 * DAY).basis).toBe('you');
    expect(atPace(DAY / 2).basis).toBe('answers');
  });

  test('makes a slow learner’s plan longer', () => {
    const now = (days: number): number => T0 + 8 * days * DAY;
    expect(atPace(10 * DAY).p50 - now(10)).toBeGreaterThan(atPace(2 * DAY).p50 - now(2));
  });
});

describe('properties', () => {
  const hours = fc.double({ min: 0.5, max: 60, noNaN: true });

  test('more hours never finish later', () => {
    fc.assert(
      fc.property(hours, hours, (one, two) => {
        const slow = plan({ hoursPerWeek: Math.min(one, two) });
        const fast = plan({ hoursPerWeek: Math.max(one, two) });
        expect(fast.p50).toBeLessThanOrEqual(slow.p50 + DAY);
      }),
      { numRuns: 20 },
    );
  });

  test('dates are whole milliseconds, never in the past', () => {
    fc.assert(
      fc.property(hours, fc.integer({ min: 0, max: 20 }), (hoursPerWeek, count) => {
        const { p50, p90 } = plan({ hoursPerWeek, skills: graph.order.slice(0, count) });
        expect(Number.isInteger(p50) && Number.isInteger(p90)).toBe(true);
        expect(p50).toBeGreaterThanOrEqual(T0);
        expect(p90).toBeGreaterThanOrEqual(p50);
      }),
      { numRuns: 20 },
    );
  });
});
