import { closeOverdue } from '../issuing/close-overdue.ts';
import { issueNext, recordIssue, variantsFor } from '../issuing/issue-item.ts';
import type { ShownIssue } from '../issuing/shown-issue.ts';
import { toItemView } from '../present/item-view.ts';
import { skillTitle } from '../present/titles.ts';
import type { QuizQuestion } from '../quiz/quiz-plan.ts';
import type { QuizResultView, QuizView } from '../quiz/quiz-views.ts';
import type { School } from '../school.ts';
import { actOn, type LearnerTransaction } from '../store/act-on.ts';
import type { StoredQuiz } from '../store/quizzes.ts';
import { refuseIfCheckOpen, refuseIfLocked, type CheckOpen, type NotFound } from './refusals.ts';

export type GetQuiz = { outcome: 'quiz'; quiz: QuizView } | NotFound | CheckOpen;

/** A quiz with the question whose turn it is; the first call after an answer shows, and records, the next one. */
export async function getQuiz(school: School, learnerId: string, quizId: string): Promise<GetQuiz> {
  return actOn(school, learnerId, async (tx): Promise<GetQuiz> => {
    await closeOverdue(school, tx);
    const quiz = await tx.store.findQuiz(quizId);
    if (!quiz) return { outcome: 'not-found' };
    const refusal = refuseIfCheckOpen(tx.state);
    if (refusal) return refusal;
    const item = quiz.endedAt === null ? await turnOf(school, tx, quiz) : null;
    return { outcome: 'quiz', quiz: await toView(school, tx, quiz, item) };
  });
}

/** Ends a quiz before its last question. What was answered counts as it did; an unanswered question is forgotten. */
export async function endQuiz(school: School, learnerId: string, quizId: string): Promise<GetQuiz> {
  return actOn(school, learnerId, async (tx): Promise<GetQuiz> => {
    await closeOverdue(school, tx);
    const quiz = await tx.store.findQuiz(quizId);
    if (!quiz) return { outcome: 'not-found' };
    if (quiz.endedAt === null) await end(tx, quiz);
    return { outcome: 'quiz', quiz: await toView(school, tx, quiz, null) };
  });
}

/** The issue to answer now, made where there is none; null where the quiz is over, which is kept. */
async function turnOf(school: School, tx: LearnerTransaction, quiz: StoredQuiz): Promise<ShownIssue | null> {
  const dead: QuizQuestion[] = [];
  for (const question of quiz.plan.questions) {
    const known = question.issueId === null ? undefined : await tx.store.findIssue(question.issueId);
    if (known?.verdict) continue;
    if (known?.status === 'open') return known;
    // Put aside elsewhere, or never shown. A skill may have been locked again, or its last item retracted, meanwhile.
    const issued = refuseIfLocked(school, tx.state, question.skill)
      ? null
      : await issue(school, tx, quiz, question);
    if (issued) {
      question.issueId = issued.facts.issueId;
      quiz.plan.questions = quiz.plan.questions.filter((one) => !dead.includes(one));
      await tx.store.updateQuiz(quiz);
      return issued;
    }
    dead.push(question);
  }
  quiz.plan.questions = quiz.plan.questions.filter((one) => !dead.includes(one));
  await end(tx, quiz);
  return null;
}

async function issue(
  school: School,
  tx: LearnerTransaction,
  quiz: StoredQuiz,
  { skill, family }: QuizQuestion,
): Promise<ShownIssue | null> {
  const seed = `${quiz.id}/${tx.head.seq}`;
  const place = { place: 'practice', sessionId: null, skill } as const;
  if (family !== null) {
    const again = (await variantsFor(school, tx)).fresh(family, seed);
    if (again) return recordIssue(school, tx, again, { ...place, retryOf: null });
  }
  const asked: string[] = [];
  for (const { issueId } of quiz.plan.questions) {
    const known = issueId === null ? undefined : await tx.store.findIssue(issueId);
    if (known && known.facts.skill === skill) asked.push(known.facts.family);
  }
  // Another subject of the skill than the quiz has asked already, where there is one.
  return (
    (await issueNext(school, tx, { ...place, seed, allowStale: false, exclude: asked })) ??
    (await issueNext(school, tx, { ...place, seed, allowStale: true }))
  );
}

async function end(tx: LearnerTransaction, quiz: StoredQuiz): Promise<void> {
  quiz.endedAt = tx.now;
  await tx.store.updateQuiz(quiz);
}

async function toView(
  school: School,
  tx: LearnerTransaction,
  quiz: StoredQuiz,
  item: ShownIssue | null,
): Promise<QuizView> {
  const { scope, title, questions } = quiz.plan;
  const exam =
    scope.kind === 'certification'
      ? school.curriculum.certifications.find(({ id }) => id === scope.id)
      : undefined;
  const results: QuizResultView[] = [];
  for (const { issueId, domain } of questions) {
    const known = issueId === null ? undefined : await tx.store.findIssue(issueId);
    if (!known?.verdict) continue;
    const { facts, verdict, variant } = known;
    results.push({
      issueId: facts.issueId,
      skill: { id: facts.skill, title: skillTitle(school, facts.skill) },
      subject: variant.title,
      domain,
      outcome: verdict.outcome,
      misconception: verdict.misconception,
    });
  }
  const right = results.filter(({ outcome }) => outcome === 'correct');
  return {
    id: quiz.id,
    title,
    scope,
    startedAt: quiz.startedAt,
    endedAt: quiz.endedAt,
    questions: quiz.endedAt === null ? questions.length : results.length,
    answered: results.length,
    correct: right.length,
    item: item && toItemView(item),
    results,
    domains: (exam?.domains ?? []).map((domain, at) => ({
      title: domain.title,
      weight: domain.weight,
      asked: results.filter((result) => result.domain === at).length,
      correct: right.filter((result) => result.domain === at).length,
    })),
  };
}
