import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { openTestSchool, type TestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { answerItem, passCheck, showItem } from '../../testing/take-items.ts';
import { readLearner } from '../store/act-on.ts';
import { listRetractions } from '../store/retractions.ts';
import { adoptGuest } from './adopt-guest.ts';
import { retractItem } from './retract-item.ts';
import { verifyLedgers } from './verify-ledgers.ts';

describeOnBoth('retracting an item', (kind) => {
  let school: TestSchool;
  beforeEach(async () => {
    school = await openTestSchool(kind);
  });
  afterEach(async () => school.remove());

  const retractionsOf = async (learnerId: string) =>
    (await readLearner(school, learnerId)).store.listEventsOfTypes(['item-retracted']);
  const family = { family: 'a-one', variant: null, reason: 'The key was wrong.' };

  it('corrects everybody who met it and nobody else, once', async () => {
    const [met, unmet] = [await startLearner(school), await startLearner(school)];
    const issueId = await showItem(school, met, { skill: 'a', family: 'a-one', variant: '7' });
    await answerItem(school, met, issueId, 'incorrect');
    expect(await retractItem(school, family, 'test')).toMatchObject({
      outcome: 'retracted',
      learners: 1,
      corrected: 1,
    });
    expect((await retractionsOf(met)).map((event) => event.body)).toEqual([
      { ...family, issues: [issueId], confirm: [] },
    ]);
    expect(await retractionsOf(unmet)).toEqual([]);
    expect(await retractItem(school, family, 'test')).toMatchObject({ learners: 1, corrected: 0 });
    expect(await listRetractions(school.db)).toHaveLength(1);
    expect(await verifyLedgers(school)).toMatchObject({ ok: true });
  });

  it('goes on where it was interrupted, and keeps the first reason', async () => {
    const learners = [await startLearner(school), await startLearner(school)];
    for (const learner of learners)
      await answerItem(
        school,
        learner,
        await showItem(school, learner, { skill: 'a', family: 'a-one', variant: '7' }),
      );
    await retractItem(school, family, 'test');
    const [, late] = learners as [string, string];
    await answerItem(
      school,
      late,
      await showItem(school, late, { skill: 'a', family: 'a-one', variant: '8' }),
    );
    expect(await retractItem(school, { ...family, reason: 'other words' }, 'test')).toMatchObject({
      learners: 2,
      corrected: 1,
    });
    const events = await retractionsOf(late);
    expect(events.map((event) => event.body)).toMatchObject([
      { issues: [expect.any(String)] },
      { issues: [expect.any(String)], reason: family.reason },
    ]);
  });

  it('concerns one variant only where one is named', async () => {
    const learner = await startLearner(school);
    const seven = await showItem(school, learner, { skill: 'a', family: 'a-one', variant: '7' });
    await answerItem(school, learner, seven, 'incorrect');
    const eight = await showItem(school, learner, { skill: 'a', family: 'a-one', variant: '8' });
    await answerItem(school, learner, eight, 'incorrect');
    await retractItem(school, { ...family, variant: '8' }, 'test');
    expect((await retractionsOf(learner)).map((event) => event.body)).toMatchObject([
      { variant: '8', issues: [eight] },
    ]);
    await retractItem(school, family, 'test');
    expect((await retractionsOf(learner)).at(-1)?.body).toMatchObject({ variant: null, issues: [seven] });
  });

  it('voids it where it is still open', async () => {
    const learner = await startLearner(school);
    const issueId = await showItem(school, learner, { skill: 'a', family: 'a-one', variant: '7' });
    await retractItem(school, family, 'test');
    const { state, store } = await readLearner(school, learner);
    expect(state.openIssues).toEqual({});
    expect((await store.findIssue(issueId))?.status).toBe('voided');
    expect(await retractItem(school, family, 'test')).toMatchObject({ corrected: 0 });
  });

  it('refuses a family that nobody has heard of', async () => {
    expect(await retractItem(school, { ...family, family: 'a-typo' }, 'test')).toEqual({
      outcome: 'unknown-family',
    });
    expect(await listRetractions(school.db)).toEqual([]);
  });

  it('marks a pass that rested on it, also one adopted from a guest', async () => {
    const guest = await startLearner(school);
    await passCheck(school, guest, 'a');
    const learner = await startLearner(school);
    await adoptGuest(school, guest, learner);
    expect(await retractItem(school, family, 'test')).toMatchObject({ learners: 1, corrected: 1 });
    const { state } = await readLearner(school, learner);
    expect(state.skills.a).toMatchObject({ marked: true, confirmDue: true });
    expect(state.skills.a?.demonstratedAt).not.toBeNull();
    expect(await verifyLedgers(school)).toMatchObject({ ok: true });
  });
});
