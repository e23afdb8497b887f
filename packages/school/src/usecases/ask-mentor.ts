import { aidLab } from '@edirae/engine';
import { answerBuiltIn, cleanText, type MentorContext, type MentorEvent, type Mode } from '@edirae/mentor';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { chosenModelFor, type ChosenModel } from '../mentor/choose-model.ts';
import { createCurriculumPort } from '../mentor/curriculum-port.ts';
import { gatherContext } from '../mentor/gather-context.ts';
import { givesHelp, recordMentorAid } from '../issuing/record-mentor-aid.ts';
import { presentEvent } from '../mentor/present-event.ts';
import { speakWithModel } from './speak-with-model.ts';
import type { MentorEventView } from '../mentor/views.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn, type LearnerTransaction } from '../store/act-on.ts';
import type { StoredConversation } from '../store/mentor-talks.ts';
import { refuseIfCheckOpen, type CheckOpen, type NotFound } from './refusals.ts';

export interface MentorQuestion {
  text: string;
  skill?: string | undefined;
  /** An unanswered practice issue: help with it is recorded as aid. */
  issueId?: string | undefined;
  mode?: Mode | undefined;
  /** Continues this conversation; absent: begins one. */
  conversationId?: string | undefined;
  /** The lab on whose page it is asked: a word with the mentor about it is recorded as aid. */
  lab?: string | undefined;
  /** Handed in for feedback. */
  work?: { name: string; text: string } | undefined;
  /** Whom to ask; absent: as the learner chose in the settings. */
  answers?: 'built-in' | 'model' | undefined;
}

export type StartedAnswer =
  { outcome: 'started'; messageId: string; conversationId: string } | CheckOpen | NotFound | RateLimited;

/** Longest message and piece of work that is read, in characters. */
const LONGEST_QUESTION = 8_000;
const LONGEST_WORK = 40_000;
const TITLE = 70;

/**
 * Asks the mentor. What it says is stored as it comes and read with `followAnswer`. In a check, in a placement and while one's own work is explained it is silent; whatever
 * is unanswered at that moment is aided from then on. It holds no key, and no answer of it changes anything but that.
 */
export async function askMentor(
  school: School,
  learnerId: string,
  asked: MentorQuestion,
): Promise<StartedAnswer> {
  const limited = await school.limiter.take('mentor', learnerId, school.clock());
  if (limited) return limited;
  if (asked.skill !== undefined && !school.graph.skills.has(asked.skill)) return { outcome: 'not-found' };
  if (asked.lab !== undefined && !(await school.labs.find(asked.lab))) return { outcome: 'not-found' };
  const chosen =
    asked.answers === 'built-in' ? undefined : await chosenModelFor(school, learnerId, asked.answers);
  const messageId = school.newId();
  const begun = await actOn(school, learnerId, (tx) => begin(school, tx, asked, messageId, chosen));
  if (begun.outcome !== 'begun') return begun;
  if (begun.context && chosen) {
    const { context, next, retractions } = begun;
    const signal = school.speaking.begin(learnerId, messageId);
    const speech = speakWithModel(school, {
      learnerId,
      messageId,
      context,
      issueId: asked.issueId ?? null,
      next,
      retractions,
      model: chosen,
      signal,
    });
    school.speaking.track(messageId, speech);
  }
  return { outcome: 'started', messageId, conversationId: begun.conversationId };
}

type Begun =
  | {
      outcome: 'begun';
      conversationId: string;
      /** Null: everything is said already. */
      context: MentorContext | null;
      /** Place of the next event. */
      next: number;
      retractions: Awaited<ReturnType<LearnerTransaction['store']['listRetractions']>>;
    }
  | CheckOpen
  | NotFound;

async function begin(
  school: School,
  tx: LearnerTransaction,
  asked: MentorQuestion,
  messageId: string,
  chosen: ChosenModel | undefined,
): Promise<Begun> {
  await closeOverdue(school, tx);
  const refusal = refuseIfCheckOpen(tx.state);
  if (refusal) return refusal;
  if (asked.issueId !== undefined && !(await tx.store.findIssue(asked.issueId)))
    return { outcome: 'not-found' };
  const found =
    asked.conversationId === undefined ? null : await tx.store.findConversation(asked.conversationId);
  if (found === undefined) return { outcome: 'not-found' };

  const question = cleanText(asked.text).trim().slice(0, LONGEST_QUESTION);
  const mode = asked.mode ?? found?.mode ?? 'explain';
  const issueId = asked.issueId ?? null;
  const work = asked.work
    ? {
        name: cleanText(asked.work.name).slice(0, 200),
        text: cleanText(asked.work.text).slice(0, LONGEST_WORK),
      }
    : null;
  const context = await gatherContext(school, tx, {
    question,
    mode,
    skill: asked.skill ?? null,
    issueId,
    work,
    conversation: found,
    seed: messageId,
  });
  const conversation = found ?? (await open(school, tx, context, mode));
  if (found) await tx.store.touchConversation(found.id, { mode, at: tx.now });
  const turn = found ? (await tx.store.listMessages(found.id)).length + 1 : 1;
  const silent = silenceFor(tx);
  const by = chosen && !silent ? 'model' : 'built-in';
  await tx.store.insertMessage({
    id: messageId,
    conversationId: conversation.id,
    turn,
    mode,
    issueId,
    question,
    work,
    answeredBy: by,
    createdAt: tx.now,
  });
  const retractions = await tx.store.listRetractions();
  const start: MentorEventView = { type: 'start', messageId, conversationId: conversation.id, by };
  if (by === 'model') {
    // A word with a model lies between issue and answer, whatever it will say.
    await recordMentorAid(school, tx);
    await recordLabAid(school, tx, asked.lab);
    await tx.store.insertMentorEvents(messageId, [{ seq: 1, body: start }]);
    return { outcome: 'begun', conversationId: conversation.id, context, next: 2, retractions };
  }
  const events = silent
    ? [
        {
          type: 'text',
          text: silent,
        } as const,
      ]
    : [...answerBuiltIn(context, createCurriculumPort(school, tx.state, retractions))];
  if (!silent && givesHelp(events)) {
    await recordMentorAid(school, tx, { issueId, events });
    await recordLabAid(school, tx, asked.lab);
  }
  await tell(school, tx, messageId, start, events);
  return { outcome: 'begun', conversationId: conversation.id, context: null, next: 0, retractions };
}

/** Why nothing is said now, to the learner; null: nothing keeps the mentor from it. */
function silenceFor({ state }: LearnerTransaction): string | null {
  if (state.placement !== null)
    return 'A placement is open, and it is answered unaided. Finish or stop it, and ask again.';
  return state.explaining === null
    ? null
    : 'Questions about your own work are open, and they are answered unaided. Answer or leave them, and ask again.';
}

async function recordLabAid(school: School, tx: LearnerTransaction, lab: string | undefined): Promise<void> {
  if (lab !== undefined) await appendDecisions(school, tx, aidLab(tx.state, { lab, aid: 'mentor' }));
}

async function open(
  school: School,
  tx: LearnerTransaction,
  context: MentorContext,
  mode: Mode,
): Promise<StoredConversation> {
  const conversation: StoredConversation = {
    id: school.newId(),
    skill: context.atHand?.id ?? null,
    title: titleOf(context),
    mode,
    createdAt: tx.now,
    updatedAt: tx.now,
  };
  await tx.store.insertConversation(conversation);
  return conversation;
}

function titleOf({ question, work }: MentorContext): string {
  const text = (question === '' ? (work?.name ?? 'A question') : question).replace(/\s+/g, ' ');
  return text.length > TITLE ? `${text.slice(0, TITLE).replace(/\s+\S*$/, '')} …` : text;
}

/** The whole of an answer that is there at once. */
async function tell(
  school: School,
  tx: LearnerTransaction,
  messageId: string,
  start: MentorEventView,
  events: readonly MentorEvent[],
): Promise<void> {
  const done: MentorEventView = { type: 'done', status: 'done', by: 'built-in', tokens: 0, costMicros: 0 };
  const bodies = [start, ...events.map((event) => presentEvent(school, event)), done];
  await tx.store.insertMentorEvents(
    messageId,
    bodies.map((body, i) => ({ seq: i + 1, body })),
  );
  await tx.store.endMessage({
    id: messageId,
    status: 'done',
    sent: null,
    inputTokens: 0,
    outputTokens: 0,
    costMicros: 0,
    at: tx.now,
  });
}
