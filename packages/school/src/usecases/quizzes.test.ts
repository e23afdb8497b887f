import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { answerTo } from '../../testing/answers.ts';
import { readExport } from '../../testing/read-export.ts';
import { describeOnBoth } from '../../testing/databases.ts';
import { createStudent } from '../../testing/student.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import type { QuizScope } from '../quiz/quiz-plan.ts';
import type { QuizView } from '../quiz/quiz-views.ts';
import { deleteLearner } from './delete-learner.ts';
import { endQuiz, getQuiz } from './get-quiz.ts';
import { listQuizzes } from './list-quizzes.ts';
import { readLedger } from './read-ledger.ts';
import { setGoal } from './set-goal.ts';
import { startPractice } from './start-practice.ts';
import { startQuiz } from './start-quiz.ts';
import { submitAttempt } from './submit-attempt.ts';

const ROOT = 'tensor-shapes-dtypes';

describeOnBoth('quizzes', (kind) => {
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

  async function begin(scope: QuizScope, length = 5): Promise<string> {
    const started = await startQuiz(test.school, student.id, { scope, length });
    if (started.outcome !== 'started') throw new Error(started.outcome);
    return started.quizId;
  }
  async function see(quizId: string): Promise<QuizView> {
    const found = await getQuiz(test.school, student.id, quizId);
    if (found.outcome !== 'quiz') throw new Error(found.outcome);
    return found.quiz;
  }
  async function answer(quizId: string, how: 'right' | 'wrong'): Promise<string> {
    const { item } = await see(quizId);
    if (!item) throw new Error('Nothing is asked');
    const given = await answerTo(test.school, student.id, item.issueId, how);
    const { outcome } = await submitAttempt(test.school, student.id, {
      issueId: item.issueId,
      answer: given,
      confidence: 75,
    });
    expect(outcome).toBe('recorded');
    return item.issueId;
  }

  it('ask one question after another, survive a reload, and end with what was missed', async () => {
    const id = await begin({ kind: 'skill', id: ROOT }, 4);
    const first = await see(id);
    expect(first).toMatchObject({ questions: 4, answered: 0, endedAt: null });
    expect((await see(id)).item?.issueId).toBe(first.item?.issueId);
    const asked = [
      await answer(id, 'right'),
      await answer(id, 'wrong'),
      await answer(id, 'right'),
      await answer(id, 'wrong'),
    ];
    expect(new Set(asked).size).toBe(4);
    const over = await see(id);
    expect(over).toMatchObject({ answered: 4, correct: 2, item: null });
    expect(over.endedAt).not.toBeNull();
    expect(new Set(over.results.map(({ subject }) => subject)).size).toBe(4);
    expect(over.results.map(({ outcome }) => outcome === 'correct')).toEqual([true, false, true, false]);
  });

  it('ask again what was missed, the same subjects with other numbers', async () => {
    const id = await begin({ kind: 'skill', id: ROOT }, 3);
    const missed = await answer(id, 'wrong');
    await answer(id, 'right');
    await answer(id, 'right');
    await see(id);
    const again = await begin({ kind: 'missed', id });
    const view = await see(again);
    expect(view.questions).toBe(1);
    expect(view.title).toMatch(/^Missed: /);
    expect(view.item?.issueId).not.toBe(missed);
    const issues = (await readLedger(test.school, student.id)).events.flatMap((event) =>
      event.type === 'item-issued'
        ? [event.body as { issueId: string; family: string; variant: string }]
        : [],
    );
    const [before, after] = [missed, view.item?.issueId].map((issue) =>
      issues.find(({ issueId }) => issueId === issue),
    );
    expect(after?.family).toBe(before?.family);
    expect(after?.variant).not.toBe(before?.variant);
  });

  it('leave answers that are practice like any other, and nothing else', async () => {
    const id = await begin({ kind: 'skill', id: ROOT });
    await answer(id, 'right');
    const events = (await readLedger(test.school, student.id)).events;
    const attempts = events.filter(({ type }) => type === 'attempt');
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.body).toMatchObject({ place: 'practice', skill: ROOT, firstTry: true });
  });

  it('refuse while a check is open, before and in between', async () => {
    const id = await begin({ kind: 'skill', id: ROOT });
    await student.openCheck(ROOT);
    expect(
      (await startQuiz(test.school, student.id, { scope: { kind: 'stage', id: '1' }, length: 5 })).outcome,
    ).toBe('check-open');
    expect((await getQuiz(test.school, student.id, id)).outcome).toBe('check-open');
  });

  it('go on where the open question was put aside elsewhere', async () => {
    const id = await begin({ kind: 'skill', id: ROOT });
    const first = await see(id);
    await startPractice(test.school, student.id, { skill: ROOT, fresh: true });
    const second = await see(id);
    expect(second.item).not.toBeNull();
    expect(second.answered).toBe(first.answered);
  });

  it('can be ended early: what was answered stays, the rest is forgotten', async () => {
    const id = await begin({ kind: 'skill', id: ROOT });
    await answer(id, 'right');
    const ended = await endQuiz(test.school, student.id, id);
    expect(ended).toMatchObject({ outcome: 'quiz', quiz: { answered: 1, questions: 1, item: null } });
    expect((await see(id)).item).toBeNull();
  });

  it('offer what can be asked, say how much of it, and remember what was taken', async () => {
    const visitor = await listQuizzes(test.school, null);
    expect(visitor.past).toEqual([]);
    expect(visitor.modules).toHaveLength(test.school.curriculum.modules.length);
    const exam = visitor.certifications.find(({ code }) => code === 'MLA-C01');
    expect(exam?.domains.map(({ weight }) => weight.from)).toEqual([28, 26, 22, 24]);
    expect(exam?.domains.every(({ askable, skills }) => askable <= skills)).toBe(true);
    expect(visitor.certifications.some(({ status }) => status === 'retired')).toBe(false);

    const id = await begin({ kind: 'skill', id: ROOT });
    await answer(id, 'wrong');
    const mine = await listQuizzes(test.school, student.id);
    expect(mine.past[0]).toMatchObject({ id, answered: 1, correct: 0, questions: 5 });
    expect(mine.mixed.map(({ scope }) => scope.kind)).toContain('weak');
  });

  it('name no more than there is: an unknown scope, a locked one, somebody else’s quiz', async () => {
    const start = (scope: QuizScope) => startQuiz(test.school, student.id, { scope, length: 5 });
    expect((await start({ kind: 'module', id: 'nowhere' })).outcome).toBe('not-found');
    expect((await start({ kind: 'skill', id: 'kv-cache' })).outcome).toBe('nothing-to-ask');
    expect((await start({ kind: 'due' })).outcome).toBe('nothing-to-ask');
    const id = await begin({ kind: 'skill', id: ROOT });
    const other = await test.newLearner();
    expect((await getQuiz(test.school, other, id)).outcome).toBe('not-found');
    expect((await startQuiz(test.school, other, { scope: { kind: 'missed', id }, length: 5 })).outcome).toBe(
      'not-found',
    );
  });

  it('leave with their learner, and are in what is exported', async () => {
    const id = await begin({ kind: 'skill', id: ROOT });
    expect((await readExport(test.school, student.id)).quizzes).toEqual([
      expect.objectContaining({ id, title: test.school.curriculum.skills.get(ROOT)?.title }),
    ]);
    await deleteLearner(test.school, student.id);
    const left = await test.school.db.selectFrom('quizzes').selectAll().where('id', '=', id).execute();
    expect(left).toEqual([]);
  });
});
