import { closeOverdue } from '../issuing/close-overdue.ts';
import { variantsFor } from '../issuing/issue-item.ts';
import { listAskable, skillsOfScope } from '../quiz/askable.ts';
import {
  divideByWeight,
  QUIZ_LENGTHS,
  shuffled,
  spreadQuestions,
  type QuizPlan,
  type QuizQuestion,
  type QuizScope,
} from '../quiz/quiz-plan.ts';
import { createRandom } from '@edirae/engine';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn, type LearnerTransaction } from '../store/act-on.ts';
import { refuseIfCheckOpen, type CheckOpen, type NotFound } from './refusals.ts';

export type StartQuiz =
  | { outcome: 'started'; quizId: string }
  /** Nothing of it can be asked now: all is locked, unwritten, or there is nothing yet. */
  | { outcome: 'nothing-to-ask' }
  | NotFound
  | CheckOpen
  | RateLimited;

/** Begins a quiz. Its questions are practice: they are chosen now and each is shown, and recorded, when its turn comes. */
export async function startQuiz(
  school: School,
  learnerId: string,
  { scope, length }: { scope: QuizScope; length: number },
): Promise<StartQuiz> {
  const limited = await school.limiter.take('issue', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx): Promise<StartQuiz> => {
    await closeOverdue(school, tx);
    const refusal = refuseIfCheckOpen(tx.state);
    if (refusal) return refusal;
    const quizId = school.newId();
    const most = Math.min(Math.max(1, length), Math.max(...QUIZ_LENGTHS));
    const plan = await makePlan(school, tx, scope, most, quizId);
    if (plan === null) return { outcome: 'not-found' };
    if (plan.questions.length === 0) return { outcome: 'nothing-to-ask' };
    await tx.store.insertQuiz({ id: quizId, startedAt: tx.now, endedAt: null, plan });
    return { outcome: 'started', quizId };
  });
}

async function makePlan(
  school: School,
  tx: LearnerTransaction,
  scope: QuizScope,
  length: number,
  seed: string,
): Promise<QuizPlan | null> {
  if (scope.kind === 'missed') return retryPlan(tx, scope);
  const named = skillsOfScope(school, tx.state, scope, tx.now);
  if (named === null) return null;
  const chooser = await variantsFor(school, tx);
  const askable = listAskable(school, tx.state, named.skills, chooser);
  const plan = { scope, title: named.title };
  if (scope.kind !== 'certification') return { ...plan, questions: spreadQuestions(askable, length, seed) };

  const exam = school.curriculum.certifications.find(({ id }) => id === scope.id);
  const domains = exam?.domains ?? [];
  const inDomain = domains.map(({ skills }) => askable.filter(({ skill }) => skills.includes(skill)));
  const shares = divideByWeight(
    domains,
    (domain) => (inDomain[domain] ?? []).reduce((sum, { families }) => sum + families, 0),
    length,
  );
  const questions = shares.flatMap(({ domain, questions }) =>
    spreadQuestions(inDomain[domain] ?? [], questions, `${seed}/${domain}`).map((question): QuizQuestion => ({
      ...question,
      domain,
    })),
  );
  return { ...plan, questions: shuffled(questions, createRandom(seed)) };
}

/** What another quiz found wrong or skipped, asked again with other numbers. */
async function retryPlan(
  tx: LearnerTransaction,
  scope: Extract<QuizScope, { kind: 'missed' }>,
): Promise<QuizPlan | null> {
  const quiz = await tx.store.findQuiz(scope.id);
  if (!quiz) return null;
  const questions: QuizQuestion[] = [];
  for (const question of quiz.plan.questions) {
    const issue = question.issueId === null ? undefined : await tx.store.findIssue(question.issueId);
    if (!issue?.verdict || issue.verdict.outcome === 'correct') continue;
    questions.push({ ...question, family: issue.facts.family, issueId: null });
  }
  const title = quiz.plan.title.startsWith('Missed: ') ? quiz.plan.title : `Missed: ${quiz.plan.title}`;
  return { scope, title, questions };
}
