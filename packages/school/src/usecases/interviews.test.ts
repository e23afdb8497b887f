import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { readExport } from '../../testing/read-export.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { GENERAL_POINTS, MOST_POINTS, totalOf } from '../present/interview-view.ts';
import { adoptGuest } from './adopt-guest.ts';
import { deleteLearner } from './delete-learner.ts';
import { dropInterview } from './drop-interview.ts';
import { getInterview, listInterviewPrompts } from './get-interview.ts';
import { finishInterview, saveInterview } from './save-interview.ts';
import { scoreInterview } from './score-interview.ts';

const CAREER = 'ai-engineering-architect';
const PROMPT = 'serve-70b-first-token';
const answer = (design: string) => ({ asked: [0, 2], assumed: 'One region.', design, breaks: '' });

describeOnBoth('an interview', (kind) => {
  let test: TestSchool;
  beforeAll(async () => {
    test = await openTestSchool(kind);
  }, 120_000);
  afterAll(async () => test.close());

  const save = async (learner: string, design: string, more: object = {}) =>
    saveInterview(test.school, learner, { prompt: PROMPT, answer: answer(design), ...more });
  const view = async (learner: string | null, run?: string) => {
    const found = await getInterview(test.school, learner, { career: CAREER, prompt: PROMPT, run });
    if (found.outcome !== 'interview') throw new Error(found.outcome);
    return found.view;
  };

  it('shows a visitor the prompt and the facts to ask for, and keeps rubric and outline back', async () => {
    const shown = await view(null);
    expect(shown).toMatchObject({ current: null, comparison: null, history: [] });
    expect(shown.clarify.length).toBeGreaterThan(2);
    expect(shown.skills.map(({ id }) => id)).toContain('kv-cache');
    expect(JSON.stringify(shown)).not.toContain('320 KiB');
  });

  it('is saved, found again and continued, and the rubric stays closed', async () => {
    const learner = await test.newLearner();
    const first = await save(learner, 'Four devices.', { revision: 0, seconds: 12.4 });
    if (first.outcome !== 'saved') throw new Error(first.outcome);
    test.time.now += 60_000;
    const { id } = first.interview;
    await save(learner, 'Five groups of four.', { id, revision: 1, seconds: 70 });
    const { current, comparison } = await view(learner);
    expect(current).toMatchObject({ id, revision: 2, seconds: 70, answer: answer('Five groups of four.') });
    expect(comparison).toBeNull();
  });

  it('notices another tab and changes nothing then', async () => {
    const learner = await test.newLearner();
    await save(learner, 'From the first tab.', { revision: 0 });
    expect(await save(learner, 'From the second.', { revision: 0 })).toMatchObject({
      outcome: 'saved-elsewhere',
      interview: { answer: answer('From the first tab.') },
    });
    expect((await view(learner)).current?.answer.design).toBe('From the first tab.');
    expect(await save(learner, 'From the second.')).toMatchObject({ outcome: 'saved' });
  });

  it('opens the rubric when it is finished, and takes no more words', async () => {
    const learner = await test.newLearner();
    const saved = await save(learner, 'Five groups of four.');
    test.time.now += 90_000;
    const draft = { prompt: PROMPT, answer: answer('Five groups of four.') };
    expect(await finishInterview(test.school, learner, draft, false)).toMatchObject({
      outcome: 'saved',
      interview: { seconds: 90 },
    });
    const { current, comparison } = await view(learner);
    expect(comparison?.rubric).toHaveLength(5);
    expect(comparison?.rubric[0]?.look).toContain('320 KiB');
    expect(current?.finishedAt).toBe(test.time.now);
    if (saved.outcome !== 'saved') throw new Error(saved.outcome);
    expect(await save(learner, 'Late.', { id: saved.interview.id })).toMatchObject({
      outcome: 'saved-elsewhere',
    });
  });

  it('cannot be finished empty, unless it was spoken', async () => {
    const learner = await test.newLearner();
    const draft = { prompt: PROMPT, answer: { asked: [], assumed: ' ', design: '', breaks: '\n' } };
    expect(await finishInterview(test.school, learner, draft, false)).toEqual({ outcome: 'empty' });
    expect(await finishInterview(test.school, learner, draft, true)).toMatchObject({ outcome: 'saved' });
  });

  it('is scored by its writer, kept beside earlier ones, and leaves the ledger as it was', async () => {
    const learner = await test.newLearner();
    const before = (await readExport(test.school, learner)).ledger.head;
    const ids: string[] = [];
    for (const points of [
      [0, 1, 1, 0, 0],
      [2, 2, 1, 1, null],
    ] as (0 | 1 | 2 | null)[][]) {
      test.time.now += 1_000;
      const ended = await finishInterview(
        test.school,
        learner,
        { prompt: PROMPT, answer: answer('Try.') },
        false,
      );
      if (ended.outcome !== 'saved') throw new Error(ended.outcome);
      ids.push(ended.interview.id);
      const score = { points, quotes: ['52 a device', '', '', '', ''], general: [true, true, false, false] };
      expect(await scoreInterview(test.school, learner, ended.interview.id, score)).toMatchObject({
        outcome: 'scored',
      });
    }
    const shown = await view(learner);
    expect(shown.history.map(({ total }) => total)).toEqual([8, 4]);
    expect((await view(learner, ids[0])).current?.score?.quotes[0]).toBe('52 a device');
    const listed = await listInterviewPrompts(test.school, learner, CAREER);
    if (listed.outcome !== 'prompts') throw new Error(listed.outcome);
    expect(listed.prompts.find(({ id }) => id === PROMPT)).toMatchObject({
      open: false,
      times: 2,
      best: 8,
      last: { total: 8 },
    });
    expect((await readExport(test.school, learner)).ledger.head).toEqual(before);
  });

  it('belongs to its writer: nobody else reads, scores or removes it', async () => {
    const [learner, other] = [await test.newLearner(), await test.newLearner()];
    const saved = await save(learner, 'Mine.');
    if (saved.outcome !== 'saved') throw new Error(saved.outcome);
    const { id } = saved.interview;
    expect((await view(other)).current).toBeNull();
    expect(await getInterview(test.school, other, { career: CAREER, prompt: PROMPT, run: id })).toEqual({
      outcome: 'not-found',
    });
    const score = { points: [], quotes: [], general: [] };
    expect(await scoreInterview(test.school, other, id, score)).toEqual({ outcome: 'not-found' });
    expect(await dropInterview(test.school, other, id)).toEqual({ outcome: 'not-found' });
    expect(await scoreInterview(test.school, learner, id, score)).toEqual({ outcome: 'unfinished' });
    expect(await dropInterview(test.school, learner, id)).toEqual({ outcome: 'dropped' });
    expect((await view(learner)).current).toBeNull();
  });

  it('is in the export, comes along when a guest is adopted, and is erased with everything', async () => {
    const [guest, account] = [await test.newLearner(), await test.newLearner()];
    await save(guest, 'A guest’s.');
    await adoptGuest(test.school, guest, account);
    expect((await readExport(test.school, account)).interviews).toMatchObject([
      { prompt: PROMPT, answer: answer('A guest’s.') },
    ]);
    await deleteLearner(test.school, account);
    const left = await test.school.db
      .selectFrom('interviews')
      .select('id')
      .where('learner_id', 'in', [guest, account])
      .execute();
    expect(left).toEqual([]);
  });

  it('takes hostile input as the text it is', async () => {
    const learner = await test.newLearner();
    const text = "<script>alert(1)</script>'; drop table interviews; --\0";
    await saveInterview(test.school, learner, {
      prompt: PROMPT,
      answer: { asked: [99, -1, 1, 1], assumed: text, design: 'x'.repeat(50_000), breaks: '' },
    });
    const { answer: kept } = (await view(learner)).current!;
    expect(kept).toMatchObject({ asked: [1], assumed: text.replace('\0', '') });
    expect(kept.design).toHaveLength(20_000);
    const unknown = { prompt: '../etc', answer: answer('') };
    expect(await saveInterview(test.school, learner, unknown)).toEqual({ outcome: 'not-found' });
    expect(await getInterview(test.school, learner, { career: 'mlops-engineer', prompt: PROMPT })).toEqual({
      outcome: 'not-found',
    });
  });
});

describe('what an answer can reach', () => {
  it('is two for each of five points and one for each general one', () => {
    expect(MOST_POINTS).toBe(5 * 2 + GENERAL_POINTS.length);
    const full = { points: [2, 2, 2, 2, 2] as 2[], quotes: [], general: [true, true, true, true], at: 0 };
    expect(totalOf(full)).toBe(MOST_POINTS);
    expect(totalOf({ points: [null, null], quotes: [], general: [false], at: 0 })).toBeNull();
  });
});
