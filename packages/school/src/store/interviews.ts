import type { Selectable } from 'kysely';
import type { InterviewsTable } from './schema.ts';
import type { Queries } from './transaction.ts';

/** What was written for a prompt. */
export interface InterviewAnswer {
  /** Clarifying facts asked for, by their place in the prompt, in the order they were asked. */
  asked: number[];
  assumed: string;
  design: string;
  breaks: string;
}

/** How its writer scored it. */
export interface InterviewScore {
  /** One for each point of the rubric; null where it was left open. */
  points: (0 | 1 | 2 | null)[];
  /** The writer's own words that carry each point. */
  quotes: string[];
  /** Which of the four general points were met. */
  general: boolean[];
  at: number;
}

/** One answer to one prompt: open until it is finished, then compared and scored. */
export interface StoredInterview {
  id: string;
  prompt: string;
  startedAt: number;
  savedAt: number;
  /** Counts up with every change, so that two tabs notice each other. */
  revision: number;
  /** Time spent as the page counted it, in seconds; null where no page counted. */
  seconds: number | null;
  answer: InterviewAnswer;
  finishedAt: number | null;
  score: InterviewScore | null;
}

/** Writes a new answer, or a changed one over the old. */
export async function putInterview(
  db: Queries,
  learnerId: string,
  interview: StoredInterview,
): Promise<void> {
  const { id, prompt, startedAt, savedAt, revision, seconds, answer, finishedAt, score } = interview;
  const changing = {
    saved_at: savedAt,
    revision,
    seconds,
    answer: JSON.stringify(answer),
    finished_at: finishedAt,
    score: score === null ? null : JSON.stringify(score),
  };
  const updated = await db
    .updateTable('interviews')
    .set(changing)
    .where('id', '=', id)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  if (Number(updated.numUpdatedRows) > 0) return;
  await db
    .insertInto('interviews')
    .values({ id, learner_id: learnerId, prompt, started_at: startedAt, ...changing })
    .execute();
}

/** The learner's interviews, of one prompt or of all, the latest begun first. */
export async function listInterviews(
  db: Queries,
  learnerId: string,
  prompt?: string,
): Promise<StoredInterview[]> {
  let query = db
    .selectFrom('interviews')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('started_at', 'desc')
    .orderBy('id');
  if (prompt !== undefined) query = query.where('prompt', '=', prompt);
  return (await query.execute()).map(toInterview);
}

/** Removes one. @returns false where the learner has none of that id */
export async function deleteInterview(db: Queries, learnerId: string, id: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('interviews')
    .where('id', '=', id)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows) > 0;
}

function toInterview(row: Selectable<InterviewsTable>): StoredInterview {
  return {
    id: row.id,
    prompt: row.prompt,
    startedAt: row.started_at,
    savedAt: row.saved_at,
    revision: row.revision,
    seconds: row.seconds,
    answer: JSON.parse(row.answer) as InterviewAnswer,
    finishedAt: row.finished_at,
    score: row.score === null ? null : (JSON.parse(row.score) as InterviewScore),
  };
}
