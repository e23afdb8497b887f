import type { MentorEventView, NumberedMentorEvent } from '../mentor/views.ts';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import type { NotFound } from './refusals.ts';

export type FollowAnswer =
  { outcome: 'following'; events: AsyncGenerator<NumberedMentorEvent, void> } | NotFound;

/** Looked for at least so often, in milliseconds: another process may be the one that stores. */
const LOOK_EVERY = 400;
/** An answer that has said nothing for so long has lost its process. */
const LOST_AFTER = 60_000;

/**
 * What was said in answer to a message from a place on, and what is still being said, to its end: after a lost connection one goes on
 * where one was. Only the learner's own.
 * @param after the last event that was seen; 0 for all
 */
export async function followAnswer(
  school: School,
  learnerId: string,
  messageId: string,
  after = 0,
): Promise<FollowAnswer> {
  const { store } = await readLearner(school, learnerId);
  if (!(await store.findMessage(messageId))) return { outcome: 'not-found' };
  return { outcome: 'following', events: follow(school, learnerId, messageId, after) };
}

async function* follow(
  school: School,
  learnerId: string,
  messageId: string,
  after: number,
): AsyncGenerator<NumberedMentorEvent, void> {
  const { store } = await readLearner(school, learnerId);
  let seen = after;
  for (;;) {
    const heard = school.speaking.wait(messageId, LOOK_EVERY);
    // Asked before the events are read: what is stored between the two is read in the next round.
    const message = await store.findMessage(messageId);
    for (const { seq, body } of await store.listMentorEvents(messageId, seen)) {
      seen = seq;
      yield { id: seq, event: body as MentorEventView };
    }
    if (!message || message.status !== 'running') return;
    if (school.clock() - message.createdAt > LOST_AFTER) {
      yield {
        id: seen + 1,
        event: { type: 'done', status: 'broken', by: message.answeredBy, tokens: 0, costMicros: 0 },
      };
      return;
    }
    await heard;
  }
}

/** The whole of an answer, once it has ended. */
export async function readAnswer(
  school: School,
  learnerId: string,
  messageId: string,
): Promise<NumberedMentorEvent[]> {
  const following = await followAnswer(school, learnerId, messageId);
  if (following.outcome !== 'following') return [];
  const events: NumberedMentorEvent[] = [];
  for await (const event of following.events) events.push(event);
  return events;
}
