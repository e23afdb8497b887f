import { describe, expect, test } from 'vitest';
import { forecastHistory, type PastForecast } from './forecast-history.ts';
import { planTrack } from './plan.ts';
import { smallGraph } from './testing/graph.ts';
import { createWalk, DAY, type Walk } from './testing/walk.ts';

const graph = smallGraph();
const WEEK = 7 * DAY;

const historyOf = (walk: Walk): PastForecast[] =>
  forecastHistory({ graph, state: walk.state(), events: walk.events, now: walk.now() });

const begun = (): Walk => {
  const walk = createWalk(graph);
  walk.setGoal(['a', 'b', 'c', 'd']);
  return walk;
};

describe('how the forecast moved', () => {
  test('is nothing without a goal', () => {
    expect(historyOf(createWalk(graph))).toEqual([]);
  });

  test('begins with what was said when the goal was stated', () => {
    const walk = begun();
    const first = historyOf(walk).at(-1);
    walk.wait(3 * WEEK);
    walk.pass('a');
    const history = historyOf(walk);
    expect(history[0]).toEqual(first);
    expect(history.map(({ week }) => week)).toEqual([0, 1, 2, 3]);
  });

  test('ends with the plan as it is now', () => {
    const walk = begun();
    walk.pass('a');
    walk.wait(10 * DAY);
    walk.practise('b', 'correct');
    const plan = planTrack({
      graph,
      state: walk.state(),
      skills: ['a', 'b', 'c', 'd'],
      hoursPerWeek: 5,
      now: walk.now(),
      deadline: null,
    });
    const last = historyOf(walk).at(-1);
    expect(last).toMatchObject({ at: walk.now(), p50: plan?.p50, p90: plan?.p90, basis: plan?.basis });
  });

  test('knows at each moment no more than was known then', () => {
    const walk = begun();
    walk.wait(WEEK + DAY);
    const idle = historyOf(walk);
    for (let n = 0; n < 12; n++) walk.practise('a', 'correct');
    walk.wait(WEEK);
    const history = historyOf(walk);
    expect(history.slice(0, 2)).toEqual(idle.slice(0, 2));
    expect(history.map(({ basis }) => basis)).toEqual(['plan', 'plan', 'answers', 'answers']);
    expect(history.at(-1)?.observations).toBe(12);
  });

  test('moves later where nothing was done', () => {
    const walk = begun();
    walk.wait(2 * WEEK);
    const [first, second, third] = historyOf(walk);
    expect((second?.p50 ?? 0) - (first?.p50 ?? 0)).toBe(WEEK);
    expect((third?.p90 ?? 0) - (second?.p90 ?? 0)).toBe(WEEK);
  });

  test('says where the plan was edited', () => {
    const walk = begun();
    walk.wait(WEEK + DAY);
    const { goal } = walk.state();
    if (goal === null) throw new Error('No goal');
    const { goalId, deadline, targets, skills, skipped, curriculum } = goal;
    const body = { goalId, hoursPerWeek: 20, deadline, targets, skills, skipped, curriculum };
    walk.append([{ type: 'track-edited', body }]);
    walk.wait(WEEK);
    const history = historyOf(walk);
    expect(history.map(({ edited }) => edited)).toEqual([false, false, true, false]);
    expect(history.map(({ hoursPerWeek }) => hoursPerWeek)).toEqual([5, 5, 20, 20]);
    const left = history.map(({ p50, at }) => p50 - at);
    expect(left[2]).toBeLessThan((left[1] ?? 0) / 2);
  });

  test('begins anew with another goal', () => {
    const walk = begun();
    walk.wait(3 * WEEK);
    const [event] = walk.events.filter(({ type }) => type === 'goal-set');
    if (event?.type !== 'goal-set') throw new Error('No goal');
    walk.append([{ type: 'goal-set', body: { ...event.body, goalId: 'g2' } }]);
    walk.wait(WEEK);
    expect(historyOf(walk).map(({ week }) => week)).toEqual([0, 1]);
  });

  test('holds thirteen or fourteen forecasts however long it lasts', () => {
    const walk = begun();
    walk.wait(200 * WEEK);
    expect(historyOf(walk).length).toBeLessThanOrEqual(14);
    expect(historyOf(walk).at(-1)?.week).toBe(200);
  });
});
