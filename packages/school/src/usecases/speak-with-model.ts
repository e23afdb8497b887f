import { answerWithModel, type MentorContext, type ModelOutcome } from '@edirae/mentor';
import { closeOverdue } from '../issuing/close-overdue.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { MessageStatus } from '../store/mentor-talks.ts';
import type { Retraction } from '../store/retractions.ts';
import type { ChosenModel } from '../mentor/choose-model.ts';
import { createCurriculumPort } from '../mentor/curriculum-port.ts';
import { STATE_WORDS } from '../mentor/gather-context.ts';
import { createKeyScan } from '../mentor/key-scan.ts';
import { recordMentorAid } from '../issuing/record-mentor-aid.ts';
import { presentEvent } from '../mentor/present-event.ts';
import { findClaimedStates } from '../mentor/state-claims.ts';
import type { MentorEventView } from '../mentor/views.ts';

export interface Speech {
  learnerId: string;
  messageId: string;
  context: MentorContext;
  /** The item the question was about: a hint that is given counts as one of its ladder. */
  issueId: string | null;
  /** Place of the next event. */
  next: number;
  retractions: readonly Retraction[];
  model: ChosenModel;
  signal: AbortSignal;
}

/**
 * Lets a model answer and stores what it says, piece by piece: stored first, shown second, so that nothing is lost with a connection.
 * Never rejects: whatever goes wrong ends in a last event.
 */
export async function speakWithModel(school: School, speech: Speech): Promise<void> {
  let seq = speech.next;
  let status: Exclude<MessageStatus, 'running'> = 'done';
  let outcome: ModelOutcome | undefined;
  const store = async (bodies: readonly MentorEventView[]): Promise<boolean> => {
    const stored = await storeWhileAllowed(school, speech, seq, bodies);
    if (stored) seq += bodies.length;
    school.speaking.announce(speech.messageId);
    return stored;
  };
  try {
    const before = await readForScan(school, speech.learnerId);
    const port = createCurriculumPort(school, before.state, speech.retractions);
    const answer = answerWithModel(speech.context, port, {
      settings: speech.model.settings,
      fetch: speech.model.fetch,
      signal: speech.signal,
      mayShow: (block) => !before.showsKey(block),
    });
    for (;;) {
      const step = await answer.next();
      if (step.done) {
        outcome = step.value;
        break;
      }
      const event = presentEvent(school, step.value);
      const beside =
        step.value.type === 'text' ? claimsBeside(school, before.state, step.value.text, speech) : [];
      if (!(await store([event, ...beside]))) {
        // A check began meanwhile: nothing further is said, and the model is let go.
        status = 'stopped';
        await answer.return({
          usage: { input: 0, output: 0 },
          failure: 'stopped',
          sent: { instructions: '', question: '' },
        });
        break;
      }
    }
    if (outcome?.failure === 'stopped') status = 'stopped';
  } catch (error) {
    status = 'broken';
    school.log.error('mentor', { problem: error instanceof Error ? error.name : 'unknown' });
  }
  await end(school, speech, seq, status, outcome);
}

/** The state as the answer begins, and the keys that must not be shown; read here, never handed to the mentor. */
async function readForScan(school: School, learnerId: string) {
  return actOn(school, learnerId, async (tx) => {
    const open = await tx.store.listOpenIssues();
    return { state: tx.state, showsKey: createKeyScan(open.map(({ variant }) => variant)) };
  });
}

function claimsBeside(
  school: School,
  state: Parameters<typeof findClaimedStates>[1],
  text: string,
  { context }: Speech,
): MentorEventView[] {
  return findClaimedStates(school, state, text, context.atHand?.id ?? null).map(
    ({ skill, title, state: truth }) => ({
      type: 'state',
      skill,
      title,
      state: truth,
      words: STATE_WORDS[truth],
      href: `/skills/${skill}`,
    }),
  );
}

/** Stores what was said unless a check or a placement has begun; whatever was issued meanwhile is aided too. */
async function storeWhileAllowed(
  school: School,
  { learnerId, messageId, issueId }: Speech,
  seq: number,
  bodies: readonly MentorEventView[],
): Promise<boolean> {
  return actOn(school, learnerId, async (tx) => {
    await closeOverdue(school, tx);
    if (tx.state.check || tx.state.placement) return false;
    await recordMentorAid(school, tx, { issueId, events: bodies.filter((body) => body.type === 'hint') });
    await tx.store.insertMentorEvents(
      messageId,
      bodies.map((body, i) => ({ seq: seq + i, body })),
    );
    return true;
  });
}

async function end(
  school: School,
  { learnerId, messageId, model }: Speech,
  seq: number,
  status: Exclude<MessageStatus, 'running'>,
  outcome: ModelOutcome | undefined,
): Promise<void> {
  const { input, output } = outcome?.usage ?? { input: 0, output: 0 };
  const { price } = school.config.mentor;
  const costMicros = model.whose === 'operator' ? Math.round(input * price.input + output * price.output) : 0;
  const done: MentorEventView = { type: 'done', status, by: 'model', tokens: input + output, costMicros };
  try {
    await actOn(school, learnerId, async (tx) => {
      await tx.store.insertMentorEvents(messageId, [{ seq, body: done }]);
      await tx.store.endMessage({
        id: messageId,
        status,
        sent: outcome?.sent ?? null,
        inputTokens: input,
        outputTokens: output,
        costMicros,
        at: tx.now,
      });
    });
  } catch (error) {
    // The learner was erased meanwhile, or the database is gone: there is nobody to tell.
    school.log.warn('mentor', { problem: error instanceof Error ? error.name : 'unknown' });
  }
  school.speaking.announce(messageId);
}
