import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { createStudent } from '../../testing/student.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { askMentor } from './ask-mentor.ts';
import { findVerdict } from './find-verdict.ts';
import { getCheck } from './get-check.ts';
import { getSkill } from './get-skill.ts';
import { getToday } from './get-today.ts';
import { leaveCheck } from './leave-check.ts';
import { setGoal } from './set-goal.ts';
import { startPractice } from './start-practice.ts';
import { submitAttempt } from './submit-attempt.ts';

const HOUR = 3_600_000;
const ROOT = 'tensor-shapes-dtypes';

describeOnBoth('learning, where it once went wrong', (kind) => {
  let test: TestSchool;
  const student = createStudent(() => test);

  beforeAll(async () => {
    test = await openTestSchool(kind);
  }, 60_000);
  afterAll(async () => test?.close());
  beforeEach(async () => {
    student.id = await test.newLearner();
    await setGoal(test.school, student.id, { text: 'KV cache memory' });
  });

  // A missed family that never appears in practice kept the next check shut for good.
  it('opens the next check by practice alone, whatever families were missed', async () => {
    for (let n = 0; n < 6; n++) {
      student.id = await test.newLearner();
      await setGoal(test.school, student.id, { text: 'KV cache memory' });
      const check = await student.openCheck('kv-cache');
      let item = check.item;
      while (item) item = (await student.answer(item, 'unknown')).next ?? null;
      const found = await getSkill(test.school, student.id, 'kv-cache');
      if (found.outcome !== 'skill') throw new Error(found.outcome);
      expect(found.skill.gate).toMatchObject({ allowed: false, why: 'practice-first' });
      await student.mend('kv-cache');
    }
  });

  it('tells nothing that teaches, and takes no practice answer, while a check is open', async () => {
    const done = await startPractice(test.school, student.id, { skill: ROOT });
    if (done.outcome !== 'open') throw new Error(done.outcome);
    await student.answer(done.practice.item, 'wrong');
    const open = await startPractice(test.school, student.id, { skill: ROOT, fresh: true });
    if (open.outcome !== 'open') throw new Error(open.outcome);
    const check = await student.openCheck(ROOT);
    const refused = await submitAttempt(test.school, student.id, {
      issueId: open.practice.item.issueId,
      answer: null,
    });
    expect(refused.outcome).toBe('check-open');
    const seen = await findVerdict(test.school, student.id, done.practice.item.issueId);
    expect(seen).toMatchObject({ verdict: { solution: null, feedback: null }, hints: { shown: [] } });
    await leaveCheck(test.school, student.id, check.checkId);
    expect(await findVerdict(test.school, student.id, done.practice.item.issueId)).toMatchObject({
      verdict: { solution: expect.any(String) },
    });
  });

  it('counts a word with the mentor as aid on every unanswered item, named or not', async () => {
    const started = await startPractice(test.school, student.id, {
      skill: 'transformer-internals',
      fresh: true,
    });
    if (started.outcome !== 'open') throw new Error(started.outcome);
    await askMentor(test.school, student.id, {
      text: 'How does attention in a transformer work?',
    });
    expect((await student.answer(started.practice.item, 'right')).aid).toBe('mentor');
  });

  it('shows a check that was left for a day as closed, before anything is written', async () => {
    await student.openCheck(ROOT);
    test.time.now += 25 * HOUR;
    expect((await getToday(test.school, student.id)).openCheck).toBeNull();
  });

  // The headline of an earlier result named the misconception while the next check on the skill was open.
  it('keeps an earlier result from teaching while the next check on the skill is open', async () => {
    const first = await student.openCheck(ROOT);
    let item = first.item;
    while (item) item = (await student.answer(item, 'wrong')).next ?? null;
    await student.mend(ROOT);
    const told = await getCheck(test.school, student.id, first.checkId);
    expect(told).toMatchObject({
      outcome: 'ended',
      result: { items: [{ solutionHtml: expect.stringMatching(/./) }, {}] },
    });

    await student.openCheck(ROOT);
    const seen = await getCheck(test.school, student.id, first.checkId);
    if (seen.outcome !== 'ended') throw new Error(seen.outcome);
    expect(seen.result.misconceptions).toEqual([]);
    for (const shown of seen.result.items) {
      expect(shown).toMatchObject({
        solutionHtml: '',
        feedbackHtml: '',
        headline: expect.stringMatching(/^Told again/),
      });
    }
  });
});
