import { planTrack, type EventBodies } from '@edirae/engine';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerMore } from '../../testing/answer-by-chance.ts';
import { describeOnBoth } from '../../testing/databases.ts';
import { openTestSchool, type TestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { actOn, readLearner } from '../store/act-on.ts';
import { getForecastHistory } from './get-forecast-history.ts';

const WEEK = 7 * 86_400_000;

const goal: EventBodies['goal-set'] = {
  goalId: 'g',
  text: 'c',
  background: null,
  hoursPerWeek: 2,
  deadline: null,
  outcome: 'track',
  targets: ['c'],
  skills: ['a', 'b', 'c'],
  skipped: [],
  curriculum: '',
};

describeOnBoth('how the forecast moved', (kind) => {
  let school: TestSchool;
  let learner: string;
  beforeEach(async () => {
    school = await openTestSchool(kind);
    learner = await startLearner(school);
  });
  afterEach(async () => school.remove());

  it('is computed from the ledger, and ends with the plan of now', async () => {
    expect(await getForecastHistory(school, learner)).toEqual([]);
    await actOn(school, learner, async (tx) => tx.append([{ type: 'goal-set', body: goal }]));
    const first = await getForecastHistory(school, learner);
    expect(first).toHaveLength(1);
    school.time.now += 2 * WEEK;
    await answerMore(school, learner, { answers: 12, seed: 'f' }, () => 1);
    const history = await getForecastHistory(school, learner);
    expect(history[0]).toEqual(first[0]);
    expect(history.map(({ week }) => week)).toEqual([0, 1, 2]);
    expect(history.map(({ basis }) => basis)).toEqual(['plan', 'plan', 'answers']);
    const { state, now } = await readLearner(school, learner);
    const plan = planTrack({
      graph: school.graph,
      state,
      skills: goal.skills,
      hoursPerWeek: goal.hoursPerWeek,
      now,
      deadline: null,
    });
    expect(history.at(-1)).toMatchObject({ p50: plan?.p50, p90: plan?.p90 });
  });

  it('goes on with every event, and its past stays', async () => {
    await actOn(school, learner, async (tx) => tx.append([{ type: 'goal-set', body: goal }]));
    school.time.now += WEEK + 1;
    const before = await getForecastHistory(school, learner);
    expect(before.map(({ week }) => Math.floor(week))).toEqual([0, 1, 1]);
    await answerMore(school, learner, { answers: 1, seed: 'f' }, () => 1);
    const after = await getForecastHistory(school, learner);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after.at(-1)?.observations).toBe(1);
    const reopened = await school.reopen();
    expect(await getForecastHistory(reopened, learner)).toEqual(after);
    school = reopened;
  });

  it('is of the goal that holds now', async () => {
    await actOn(school, learner, async (tx) => tx.append([{ type: 'goal-set', body: goal }]));
    school.time.now += 2 * WEEK;
    await getForecastHistory(school, learner);
    await actOn(school, learner, async (tx) =>
      tx.append([{ type: 'goal-set', body: { ...goal, goalId: 'another' } }]),
    );
    expect(await getForecastHistory(school, learner)).toHaveLength(1);
  });
});
