import {
  askMentor,
  deleteTalks,
  followAnswer,
  getMentorDesk,
  getTalk,
  listTalks,
  stopAnswer,
  type MentorEventView,
  type NumberedMentorEvent,
} from '@edirae/school';
import { z } from 'zod';
import { defineOperation, refuse, type NumberedEvent } from '../operation.ts';
import { requests, responses } from '../schemas.ts';

/** Numbered, so that a lost connection can be taken up with `Last-Event-ID`. */
async function* toSent(
  events: AsyncGenerator<NumberedMentorEvent, void>,
): AsyncGenerator<NumberedEvent & MentorEventView, void> {
  for await (const { id, event } of events) yield { ...event, id };
}

const lastEventId = z.coerce.number().int().min(0).catch(0);

export const mentorOperations = [
  defineOperation({
    method: 'get',
    path: '/mentor',
    summary:
      'Who answers you, what is left of today, and how many open items a word with the mentor would make aided',
    viewer: true,
    success: { status: 200, schema: responses.mentorDesk },
    problems: [],
    async run({ school, learnerId }) {
      const { answers, model, budget, openItems } = await getMentorDesk(school, learnerId);
      return { status: 200, body: { answers, model, budget, openItems } };
    },
  }),
  defineOperation({
    method: 'post',
    path: '/mentor/messages',
    summary: 'Ask the mentor. Events are stored first and sent second; silent while a check is open',
    viewer: true,
    request: requests.mentor,
    success: { status: 200, schema: responses.mentor },
    problems: ['check-open', 'not-found', 'rate-limited'],
    async run({ school, learnerId, body }) {
      const asked = await askMentor(school, learnerId, body);
      if (asked.outcome !== 'started') return refuse(asked);
      const following = await followAnswer(school, learnerId, asked.messageId);
      return following.outcome === 'following'
        ? { status: 200, stream: toSent(following.events) }
        : refuse(following);
    },
  }),
  defineOperation({
    method: 'get',
    path: '/mentor/messages/{id}/events',
    summary: 'What was said in answer to a message, from Last-Event-ID (or ?after=) on, to its end',
    viewer: true,
    success: { status: 200, schema: responses.mentor },
    problems: ['not-found'],
    async run({ school, learnerId, params, query, headers }) {
      const after = lastEventId.parse(headers.get('last-event-id') ?? query.get('after') ?? 0);
      const following = await followAnswer(school, learnerId, params['id'] ?? '', after);
      return following.outcome === 'following'
        ? { status: 200, stream: toSent(following.events) }
        : refuse(following);
    },
  }),
  defineOperation({
    method: 'post',
    path: '/mentor/messages/{id}/stop',
    summary: 'End an answer that is under way; what was said stays',
    viewer: true,
    request: requests.empty,
    success: { status: 200, schema: responses.ended },
    problems: ['not-found'],
    async run({ school, learnerId, params }) {
      const stopped = await stopAnswer(school, learnerId, params['id'] ?? '');
      return stopped.outcome === 'stopped' ? { status: 200, body: {} } : refuse(stopped);
    },
  }),
  defineOperation({
    method: 'get',
    path: '/mentor/conversations',
    summary: 'Your conversations with the mentor, newest first; ?skill= for those on one skill',
    viewer: true,
    success: { status: 200, schema: responses.conversations },
    problems: ['check-open'],
    async run({ school, learnerId, query }) {
      const skill = query.get('skill');
      const listed = await listTalks(school, learnerId, skill === null ? {} : { skill });
      return listed.outcome === 'listed'
        ? { status: 200, body: { conversations: listed.conversations } }
        : refuse(listed);
    },
  }),
  defineOperation({
    method: 'get',
    path: '/mentor/conversations/{id}',
    summary: 'One conversation with all that was said',
    viewer: true,
    success: { status: 200, schema: responses.conversation },
    problems: ['check-open', 'not-found'],
    async run({ school, learnerId, params }) {
      const talk = await getTalk(school, learnerId, params['id'] ?? '');
      return talk.outcome === 'talk' ? { status: 200, body: talk.conversation } : refuse(talk);
    },
  }),
  defineOperation({
    method: 'delete',
    path: '/mentor/conversations/{id}',
    summary: 'Delete a conversation; aid that was recorded stays in the ledger',
    viewer: true,
    success: { status: 204, schema: null },
    problems: ['not-found'],
    async run({ school, learnerId, params }) {
      const deleted = await deleteTalks(school, learnerId, { conversationId: params['id'] ?? '' });
      return deleted.outcome === 'deleted' ? { status: 204 } : refuse(deleted);
    },
  }),
];
