import type { Mode } from '@edirae/mentor';
import type { Selectable } from 'kysely';
import type { MentorConversationsTable, MentorMessagesTable } from './schema.ts';
import type { Queries } from './transaction.ts';

/** A conversation of one learner with the mentor. */
export interface StoredConversation {
  id: string;
  skill: string | null;
  title: string;
  mode: Mode;
  createdAt: number;
  updatedAt: number;
}

export type MessageStatus = 'running' | 'done' | 'stopped' | 'broken';

/** A question and the outcome of its answer; the answer itself is its events. */
export interface StoredMessage {
  id: string;
  conversationId: string;
  turn: number;
  mode: Mode;
  issueId: string | null;
  question: string;
  work: { name: string; text: string } | null;
  answeredBy: 'built-in' | 'model';
  status: MessageStatus;
  /** What a model was sent, word for word. */
  sent: { instructions: string; question: string } | null;
  inputTokens: number;
  outputTokens: number;
  /** Millionths of the operator's currency. */
  costMicros: number;
  createdAt: number;
  endedAt: number | null;
}

/** PostgreSQL's text holds no NUL. */
const storable = (text: string): string => text.replaceAll('\0', '');

export async function insertConversation(
  db: Queries,
  learnerId: string,
  { id, skill, title, mode, createdAt }: Omit<StoredConversation, 'updatedAt'>,
): Promise<void> {
  await db
    .insertInto('mentor_conversations')
    .values({
      id,
      learner_id: learnerId,
      skill,
      title: storable(title),
      mode,
      created_at: createdAt,
      updated_at: createdAt,
    })
    .execute();
}

export async function findConversation(
  db: Queries,
  learnerId: string,
  id: string,
): Promise<StoredConversation | undefined> {
  const row = await db
    .selectFrom('mentor_conversations')
    .selectAll()
    .where('id', '=', id)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row && toConversation(row);
}

/** Newest first. */
export async function listConversations(
  db: Queries,
  learnerId: string,
  filter: { skill?: string | undefined; limit: number },
): Promise<StoredConversation[]> {
  let query = db
    .selectFrom('mentor_conversations')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(filter.limit);
  if (filter.skill !== undefined) query = query.where('skill', '=', filter.skill);
  return (await query.execute()).map(toConversation);
}

export async function touchConversation(
  db: Queries,
  learnerId: string,
  id: string,
  change: { mode: Mode; at: number },
): Promise<void> {
  await db
    .updateTable('mentor_conversations')
    .set({ mode: change.mode, updated_at: change.at })
    .where('id', '=', id)
    .where('learner_id', '=', learnerId)
    .execute();
}

/** Deletes conversations with all that was said in them. */
export async function deleteConversations(
  db: Queries,
  learnerId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const messages = db
    .selectFrom('mentor_messages')
    .select('id')
    .where('learner_id', '=', learnerId)
    .where('conversation_id', 'in', ids);
  await db.deleteFrom('mentor_events').where('message_id', 'in', messages).execute();
  await db
    .deleteFrom('mentor_messages')
    .where('learner_id', '=', learnerId)
    .where('conversation_id', 'in', ids)
    .execute();
  await db
    .deleteFrom('mentor_conversations')
    .where('learner_id', '=', learnerId)
    .where('id', 'in', ids)
    .execute();
}

/** Conversations of anybody in which nothing was said since `before`, oldest first. */
export async function listOldConversations(
  db: Queries,
  before: number,
  limit: number,
): Promise<{ id: string; learnerId: string }[]> {
  const rows = await db
    .selectFrom('mentor_conversations')
    .select(['id', 'learner_id'])
    .where('updated_at', '<', before)
    .orderBy('updated_at')
    .limit(limit)
    .execute();
  return rows.map(({ id, learner_id }) => ({ id, learnerId: learner_id }));
}

export async function insertMessage(
  db: Queries,
  learnerId: string,
  message: Pick<
    StoredMessage,
    'id' | 'conversationId' | 'turn' | 'mode' | 'issueId' | 'question' | 'work' | 'answeredBy' | 'createdAt'
  >,
): Promise<void> {
  await db
    .insertInto('mentor_messages')
    .values({
      id: message.id,
      learner_id: learnerId,
      conversation_id: message.conversationId,
      turn: message.turn,
      mode: message.mode,
      issue_id: message.issueId,
      question: storable(message.question),
      work: message.work && storable(JSON.stringify(message.work)),
      answered_by: message.answeredBy,
      status: 'running',
      sent: null,
      input_tokens: 0,
      output_tokens: 0,
      cost_micros: 0,
      created_at: message.createdAt,
      ended_at: null,
    })
    .execute();
}

export async function endMessage(
  db: Queries,
  learnerId: string,
  end: Pick<StoredMessage, 'id' | 'status' | 'sent' | 'inputTokens' | 'outputTokens' | 'costMicros'> & {
    at: number;
  },
): Promise<void> {
  await db
    .updateTable('mentor_messages')
    .set({
      status: end.status,
      sent: end.sent && storable(JSON.stringify(end.sent)),
      input_tokens: end.inputTokens,
      output_tokens: end.outputTokens,
      cost_micros: end.costMicros,
      ended_at: end.at,
    })
    .where('id', '=', end.id)
    .where('learner_id', '=', learnerId)
    .where('status', '=', 'running')
    .execute();
}

export async function findMessage(
  db: Queries,
  learnerId: string,
  id: string,
): Promise<StoredMessage | undefined> {
  const row = await db
    .selectFrom('mentor_messages')
    .selectAll()
    .where('id', '=', id)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row && toMessage(row);
}

/** In the order asked. */
export async function listMessages(
  db: Queries,
  learnerId: string,
  conversationId: string,
): Promise<StoredMessage[]> {
  const rows = await db
    .selectFrom('mentor_messages')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('conversation_id', '=', conversationId)
    .orderBy('turn')
    .execute();
  return rows.map(toMessage);
}

/** Everything a learner asked, for the export. */
export async function listAllMessages(db: Queries, learnerId: string): Promise<StoredMessage[]> {
  const rows = await db
    .selectFrom('mentor_messages')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toMessage);
}

/** Tokens that models used since a time: by one learner, or by everybody. */
export async function sumTokens(
  db: Queries,
  since: number,
  learnerId?: string,
): Promise<{ tokens: number; costMicros: number }> {
  let query = db
    .selectFrom('mentor_messages')
    .select((select) => [
      select.fn.sum<number | string | null>('input_tokens').as('input'),
      select.fn.sum<number | string | null>('output_tokens').as('output'),
      select.fn.sum<number | string | null>('cost_micros').as('cost'),
    ])
    .where('created_at', '>=', since)
    .where('answered_by', '=', 'model');
  if (learnerId !== undefined) query = query.where('learner_id', '=', learnerId);
  const row = await query.executeTakeFirst();
  return { tokens: Number(row?.input ?? 0) + Number(row?.output ?? 0), costMicros: Number(row?.cost ?? 0) };
}

function toConversation(row: Selectable<MentorConversationsTable>): StoredConversation {
  return {
    id: row.id,
    skill: row.skill,
    title: row.title,
    mode: row.mode,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toMessage(row: Selectable<MentorMessagesTable>): StoredMessage {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    turn: row.turn,
    mode: row.mode,
    issueId: row.issue_id,
    question: row.question,
    work: row.work === null ? null : (JSON.parse(row.work) as StoredMessage['work']),
    answeredBy: row.answered_by,
    status: row.status,
    sent: row.sent === null ? null : (JSON.parse(row.sent) as StoredMessage['sent']),
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    costMicros: row.cost_micros,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}
