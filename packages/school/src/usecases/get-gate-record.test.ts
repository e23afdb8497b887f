import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { openTestSchool, type TestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { answerItem, passCheck, showItem } from '../../testing/take-items.ts';
import { until } from '../../testing/until.ts';
import { tinyCurriculum } from '../../testing/tiny-curriculum.ts';
import { getGateRecord } from './get-gate-record.ts';

const HOUR = 3_600_000;

const curriculum = {
  ...tinyCurriculum(),
  modules: [{ id: 'm', number: 1, title: 'The only module' }],
} as unknown as ReturnType<typeof tinyCurriculum>;

describeOnBoth('the record of the gate', (kind) => {
  let school: TestSchool;

  beforeEach(async () => {
    school = await openTestSchool(kind, {}, curriculum);
  });
  afterEach(() => school.remove());

  async function answer(
    learnerId: string,
    place: 'practice' | 'review',
    right: boolean,
    confidence: 50 | 95 | null = null,
  ): Promise<void> {
    const item = { skill: 'a', family: 'a-one', variant: school.newId(), place };
    await answerItem(
      school,
      learnerId,
      await showItem(school, learnerId, item),
      right ? 'correct' : 'incorrect',
      confidence,
    );
  }

  /** Passes everybody at one time, then lets `delay` go by and reviews each: the first `misses` wrong. */
  async function passAndReview(count: number, misses: number, delay: number): Promise<void> {
    const learners: string[] = [];
    for (let n = 0; n < count; n++) {
      const learnerId = await startLearner(school);
      await passCheck(school, learnerId, 'a');
      learners.push(learnerId);
    }
    school.time.now += delay;
    for (const [n, learnerId] of learners.entries()) await answer(learnerId, 'review', n >= misses);
  }

  it('says the share that missed the first delayed review, overall and by module', async () => {
    await passAndReview(32, 8, 49 * HOUR);
    const record = await getGateRecord(school);
    expect(record.learners).toBe(32);
    expect(record.all).toMatchObject({ decisions: 32, n: 32, failed: 8, share: 0.25 });
    expect(record.all.low).toBeCloseTo(0.1325, 3);
    expect(record.all.high).toBeCloseTo(0.4211, 3);
    expect(record.modules).toEqual([{ id: 'm', number: 1, title: 'The only module', ...record.all }]);
    expect(record.p.n).toBeGreaterThan(32 * 3);
    expect(record.p.brier).toBeGreaterThan(0);
    expect(record.p.bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(record.p.n);
  });

  it('says nothing of fewer than thirty, not even how many missed', async () => {
    await passAndReview(3, 1, 49 * HOUR);
    const { all, confidence, p } = await getGateRecord(school);
    expect(all).toEqual({ decisions: 3, n: 3, failed: null, share: null, low: null, high: null });
    expect(confidence.brier).toBeNull();
    expect(p.brier).toBeNull();
  });

  it('counts no review before 48 hours, and only the first after', async () => {
    await passAndReview(2, 2, 47 * HOUR);
    expect((await getGateRecord(school)).all).toMatchObject({ decisions: 2, n: 0 });
    const learnerId = await startLearner(school);
    await passCheck(school, learnerId, 'a');
    school.time.now += 50 * HOUR;
    await answer(learnerId, 'review', true);
    school.time.now += 50 * HOUR;
    await answer(learnerId, 'review', false);
    expect((await getGateRecord(school)).all).toMatchObject({ decisions: 3, n: 1 });
  });

  it('holds stated confidence against outcomes', async () => {
    const learnerId = await startLearner(school);
    for (let n = 0; n < 40; n++) await answer(learnerId, 'practice', n % 2 === 0, 95);
    const { confidence } = await getGateRecord(school);
    expect(confidence.n).toBe(40);
    expect(confidence.brier).toBeCloseTo((0.05 ** 2 + 0.95 ** 2) / 2, 10);
    expect(confidence.levels.at(-1)).toMatchObject({ said: 95, n: 40, share: 0.5 });
    expect(confidence.levels[0]).toEqual({ said: 25, n: 0, share: null, low: null, high: null });
  });

  it('is computed at most every ten minutes, and names nobody', async () => {
    const learnerId = await startLearner(school);
    const first = await getGateRecord(school);
    await passCheck(school, learnerId, 'a');
    school.time.now += 9 * 60_000;
    expect(await getGateRecord(school)).toBe(first);
    school.time.now += 60_000;
    const second = await getGateRecord(school);
    expect(second.all.decisions).toBe(1);
    expect(JSON.stringify(second)).not.toContain(learnerId);
  });

  it('that takes long is shown as it was, until the new one is there', async () => {
    const learnerId = await startLearner(school);
    const long = { worthWaiting: -1 };
    const first = await getGateRecord(school, long);
    await passCheck(school, learnerId, 'a');
    school.time.now += 11 * 60_000;
    expect(await getGateRecord(school, long)).toBe(first);
    const second = await until(async () => {
      const record = await getGateRecord(school, long);
      return record !== first && record;
    });
    expect(second.all.decisions).toBe(1);
  });
});
