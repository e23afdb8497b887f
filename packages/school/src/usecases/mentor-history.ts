import { renderAsked } from '../mentor/present-event.ts';
import type { ConversationRowView, ConversationView, MentorEventView, TurnView } from '../mentor/views.ts';
import { readSettled } from '../present/read-settled.ts';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { StoredConversation } from '../store/mentor-talks.ts';
import { refuseIfCheckOpen, type CheckOpen, type NotFound } from './refusals.ts';

const MOST_LISTED = 50;

/** The learner's conversations, newest first. In a check even their titles rest. */
export async function listTalks(
  school: School,
  learnerId: string,
  filter: { skill?: string | undefined } = {},
): Promise<{ outcome: 'listed'; conversations: ConversationRowView[] } | CheckOpen> {
  const { state, store } = await readSettled(school, learnerId);
  const refusal = refuseIfCheckOpen(state);
  if (refusal) return refusal;
  const rows = await store.listConversations({ ...filter, limit: MOST_LISTED });
  return { outcome: 'listed', conversations: rows.map((row) => toRow(school, row)) };
}

/** One conversation with all that was said. In a check it rests like the mentor itself: what it taught would help. */
export async function getTalk(
  school: School,
  learnerId: string,
  conversationId: string,
): Promise<{ outcome: 'talk'; conversation: ConversationView } | CheckOpen | NotFound> {
  const { state, store } = await readSettled(school, learnerId);
  const refusal = refuseIfCheckOpen(state);
  if (refusal) return refusal;
  const found = await store.findConversation(conversationId);
  if (!found) return { outcome: 'not-found' };
  const turns = await Promise.all(
    (await store.listMessages(conversationId)).map(async (message): Promise<TurnView> => ({
      messageId: message.id,
      at: message.createdAt,
      question: message.question,
      questionHtml: renderAsked(message.question),
      mode: message.mode,
      by: message.answeredBy,
      status: message.status,
      work: message.work && { name: message.work.name },
      tokens: message.inputTokens + message.outputTokens,
      costMicros: message.costMicros,
      events: (await store.listMentorEvents(message.id)).map(({ seq, body }) => ({
        id: seq,
        event: body as MentorEventView,
      })),
      wasSent: message.sent !== null,
    })),
  );
  return { outcome: 'talk', conversation: { ...toRow(school, found), turns } };
}

/** What a model was sent with a message, word for word. */
export async function getSent(
  school: School,
  learnerId: string,
  messageId: string,
): Promise<
  | { outcome: 'sent'; sent: { instructions: string; question: string }; conversationId: string }
  | CheckOpen
  | NotFound
> {
  const { state, store } = await readSettled(school, learnerId);
  const refusal = refuseIfCheckOpen(state);
  if (refusal) return refusal;
  const message = await store.findMessage(messageId);
  return message?.sent
    ? { outcome: 'sent', sent: message.sent, conversationId: message.conversationId }
    : { outcome: 'not-found' };
}

/** Deletes one conversation, those of one skill, or all: with every word in them. Aid that was recorded stays: it is a fact. */
export async function deleteTalks(
  school: School,
  learnerId: string,
  which: { conversationId: string } | { skill: string } | 'all',
): Promise<{ outcome: 'deleted'; count: number } | NotFound> {
  return actOn(school, learnerId, async (tx) => {
    if (which !== 'all' && 'conversationId' in which) {
      if (!(await tx.store.findConversation(which.conversationId))) return { outcome: 'not-found' };
      await tx.store.deleteConversations([which.conversationId]);
      return { outcome: 'deleted', count: 1 };
    }
    const rows = await tx.store.listConversations({
      ...(which === 'all' ? {} : { skill: which.skill }),
      limit: 100_000,
    });
    for (let at = 0; at < rows.length; at += 200)
      await tx.store.deleteConversations(rows.slice(at, at + 200).map(({ id }) => id));
    return { outcome: 'deleted', count: rows.length };
  });
}

function toRow(
  school: School,
  { id, title, skill, mode, updatedAt }: StoredConversation,
): ConversationRowView {
  return {
    id,
    title,
    skill: skill === null ? null : { id: skill, title: skillTitle(school, skill) },
    mode,
    at: updatedAt,
  };
}
