import type { Queries } from './transaction.ts';

/** Something the mentor said, in its place. */
export interface StoredMentorEvent {
  seq: number;
  body: unknown;
}

/** Stored first, shown second. Bodies hold no NUL: they come from cleaned text. */
export async function insertMentorEvents(
  db: Queries,
  learnerId: string,
  messageId: string,
  events: readonly StoredMentorEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await db
    .insertInto('mentor_events')
    .values(
      events.map(({ seq, body }) => ({
        message_id: messageId,
        seq,
        learner_id: learnerId,
        body: JSON.stringify(body).replaceAll('\\u0000', ''),
      })),
    )
    .execute();
}

/** What was said in answer to a message after a place in it. */
export async function listMentorEvents(
  db: Queries,
  learnerId: string,
  messageId: string,
  after = 0,
): Promise<StoredMentorEvent[]> {
  const rows = await db
    .selectFrom('mentor_events')
    .select(['seq', 'body'])
    .where('learner_id', '=', learnerId)
    .where('message_id', '=', messageId)
    .where('seq', '>', after)
    .orderBy('seq')
    .execute();
  return rows.map(({ seq, body }) => ({ seq, body: JSON.parse(body) as unknown }));
}
