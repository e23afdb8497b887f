import type { Selectable } from 'kysely';
import type { QuizPlan } from '../quiz/quiz-plan.ts';
import type { QuizzesTable } from './schema-library.ts';
import type { Queries } from './transaction.ts';

/** A quiz that was begun. What was answered is in its issues. */
export interface StoredQuiz {
  id: string;
  startedAt: number;
  endedAt: number | null;
  plan: QuizPlan;
}

export async function insertQuiz(db: Queries, learnerId: string, quiz: StoredQuiz): Promise<void> {
  await db
    .insertInto('quizzes')
    .values({
      id: quiz.id,
      learner_id: learnerId,
      started_at: quiz.startedAt,
      ended_at: quiz.endedAt,
      plan: JSON.stringify(quiz.plan),
    })
    .execute();
}

/** Keeps what was issued since, and the end. */
export async function updateQuiz(db: Queries, learnerId: string, quiz: StoredQuiz): Promise<void> {
  await db
    .updateTable('quizzes')
    .set({ ended_at: quiz.endedAt, plan: JSON.stringify(quiz.plan) })
    .where('id', '=', quiz.id)
    .where('learner_id', '=', learnerId)
    .execute();
}

export async function findQuiz(db: Queries, learnerId: string, id: string): Promise<StoredQuiz | undefined> {
  const row = await db
    .selectFrom('quizzes')
    .selectAll()
    .where('id', '=', id)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row && toQuiz(row);
}

/** The learner's quizzes, the latest first. */
export async function listQuizzes(db: Queries, learnerId: string, limit: number): Promise<StoredQuiz[]> {
  const rows = await db
    .selectFrom('quizzes')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toQuiz);
}

function toQuiz(row: Selectable<QuizzesTable>): StoredQuiz {
  return {
    id: row.id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    plan: JSON.parse(row.plan) as QuizPlan,
  };
}
