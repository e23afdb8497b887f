import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { createStudent } from '../../testing/student.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { LONGEST_ANSWER } from '../record/study-numbers.ts';
import { getProgress } from './get-progress.ts';
import { getStudyNumbers } from './get-study-numbers.ts';
import { setGoal } from './set-goal.ts';
import { startPractice } from './start-practice.ts';
import { startReview } from './start-review.ts';

const ROOT = 'tensor-shapes-dtypes';
const DAY = 86_400_000;

describeOnBoth('numbers of study', (kind) => {
  let test: TestSchool;
  const student = createStudent(() => test);
  beforeAll(async () => {
    test = await openTestSchool(kind);
    student.id = await test.newLearner();
    await setGoal(test.school, student.id, { text: 'KV cache memory' });
  }, 60_000);
  afterAll(async () => test?.close());

  it('are empty before anything was answered', async () => {
    const { retention, days, time, cards } = await getStudyNumbers(test.school, student.id);
    expect(cards).toEqual([]);
    expect(retention).toEqual([]);
    expect(days.every(({ answers }) => answers === 0)).toBe(true);
    expect(time).toEqual({ ms: 0, answers: 0, cut: 0, unmeasured: 0 });
  });

  it('hold what was proven, when it was reviewed, and what had been predicted', async () => {
    await student.passCheck(ROOT);
    const before = await getStudyNumbers(test.school, student.id);
    expect(before.days.at(-1)).toMatchObject({ proven: 1, kept: 0, reviews: 0 });
    expect(before.time.unmeasured).toBe(before.days.at(-1)?.answers);

    test.time.now += 20 * DAY;
    const review = await startReview(test.school, student.id);
    if (review.outcome !== 'open') throw new Error(review.outcome);
    await student.answer(review.review.item, 'right', { ms: 4_000 });
    const { retention, days, time } = await getStudyNumbers(test.school, student.id);
    expect(days).toHaveLength(before.days.length + 1);
    const { counts } = await getProgress(test.school, student.id);
    expect(days.at(-1)).toMatchObject({ reviews: 1, right: 1, answers: 1, ms: 4_000, proven: 1 });
    expect(days.at(-1)?.kept).toBe(counts.retained + counts.applied);
    expect(retention).toHaveLength(1);
    expect(retention[0]).toMatchObject({ from: 15, to: 31, n: 1, recalled: 1 });
    expect(retention[0]!.predicted).toBeGreaterThan(0.5);
    expect(retention[0]!.predicted).toBeLessThan(1);
    expect(time).toMatchObject({ ms: 4_000, answers: 1, cut: 0 });
  });

  it('count a page left open for an hour as five minutes, and say so', async () => {
    const before = (await getStudyNumbers(test.school, student.id)).time;
    const started = await startPractice(test.school, student.id, { skill: ROOT, fresh: true });
    if (started.outcome !== 'open') throw new Error(started.outcome);
    await student.answer(started.practice.item, 'right', { ms: 3_600_000 });
    const after = (await getStudyNumbers(test.school, student.id)).time;
    expect(after.ms - before.ms).toBe(LONGEST_ANSWER);
    expect(after.cut - before.cut).toBe(1);
  });
});
