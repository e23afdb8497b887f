import { isStepCount, streamText } from 'ai';
import { answerBuiltIn } from '../built-in/answer.ts';
import { findCare } from '../built-in/care.ts';
import { cleanText } from '../clean-text.ts';
import type { MentorContext } from '../context.ts';
import { firstSentence } from '../built-in/words.ts';
import type { MentorEvent, ModelFailure, Usage } from '../events.ts';
import type { CurriculumPort, Passage } from '../port.ts';
import { boundFetch, ProviderFault } from './bounded-fetch.ts';
import { FAILURE_WORDS, toFailure } from './explain-failure.ts';
import { BlockBuffer, createEchoFinder } from './hold-back.ts';
import { writeInstructions, writeQuestion, writeRules } from './instructions.ts';
import { openModel, type Fetch, type ModelSettings } from './settings.ts';
import { createTools, type ToolRecord } from './tools.ts';

/** Milliseconds. Everything together stays under the half minute in which an answer has to have ended. */
export interface ModelTimes {
  /** Until the first word. */
  first: number;
  /** Between two pieces. */
  between: number;
  whole: number;
}

export const MODEL_TIMES: ModelTimes = { first: 15_000, between: 8_000, whole: 25_000 };

/** Longest answer shown, in characters. */
const LONGEST_ANSWER = 8_000;
const MOST_STEPS = 4;
const MOST_TOKENS = 1_200;
const TURNS_SENT = 8;

export interface ModelRequest {
  settings: ModelSettings;
  fetch: Fetch;
  /** Aborted when the learner stops it. */
  signal: AbortSignal;
  times?: ModelTimes;
  /** Whether a block may be shown, judged by those who know what must not be. */
  mayShow?: (block: string) => boolean;
}

export interface ModelOutcome {
  usage: Usage;
  /** Null: the model answered to its end. */
  failure: ModelFailure | 'stopped' | null;
  /** What was sent, for the learner to read. */
  sent: { instructions: string; question: string };
}

/**
 * An answer by a model, grounded in passages that are retrieved first. Where the model fails, the built-in mentor answers in its place and
 * a note says so. Ends within `times.whole`, whatever the provider does.
 */
export async function* answerWithModel(
  context: MentorContext,
  port: CurriculumPort,
  request: ModelRequest,
): AsyncGenerator<MentorEvent, ModelOutcome> {
  const record: ToolRecord = { events: [], passages: retrieve(context, port) };
  const instructions = writeInstructions(context);
  const question = writeQuestion(context, record.passages);
  const outcome: ModelOutcome = {
    usage: { input: 0, output: 0 },
    failure: null,
    sent: { instructions, question },
  };
  // A person in distress gets people named, not a model's improvisation.
  if (findCare(context.question)) {
    yield* answerBuiltIn(context, port);
    return outcome;
  }
  const isEcho = createEchoFinder(writeRules(context.mode));
  let shown = '';
  try {
    for await (const block of streamBlocks(context, port, request, record, outcome)) {
      // Judged with what came before it, so that nothing hides across two blocks.
      if (
        isEcho(`${shown.slice(-400)} ${block}`) ||
        request.mayShow?.(`${shown.slice(-400)}\n${block}`) === false
      )
        throw new ProviderFault('held-back');
      shown += `\n\n${block}`;
      yield { type: 'text', text: block };
      if (shown.length > LONGEST_ANSWER) {
        yield { type: 'note', text: 'Cut here: the answer was longer than is useful.' };
        break;
      }
    }
    if (shown === '' && record.events.length === 0) throw new ProviderFault('broken-answer');
  } catch (error) {
    outcome.failure = request.signal.aborted ? 'stopped' : toFailure(error);
  }
  countWhereUnsaid(outcome, context, shown);
  if (outcome.failure === 'stopped') return outcome;
  if (outcome.failure !== null) {
    yield* fallBack(outcome.failure, shown !== '', context, port);
    return outcome;
  }
  yield* closing(shown, record, context);
  return outcome;
}

/** Letters a token, roughly: what a provider does not count is counted all the same, or a budget would hold nobody. */
const LETTERS_A_TOKEN = 4;

function countWhereUnsaid({ usage, sent }: ModelOutcome, { history }: MentorContext, shown: string): void {
  if (usage.input + usage.output > 0) return;
  const before = history.slice(-TURNS_SENT).reduce((sum, { text }) => sum + text.length, 0);
  usage.input = Math.ceil((sent.instructions.length + sent.question.length + before) / LETTERS_A_TOKEN);
  usage.output = Math.ceil(shown.length / LETTERS_A_TOKEN);
}

function* fallBack(
  failure: ModelFailure,
  begun: boolean,
  context: MentorContext,
  port: CurriculumPort,
): Generator<MentorEvent, void> {
  yield { type: 'error', code: failure, text: FAILURE_WORDS[failure] };
  yield {
    type: 'note',
    text: begun
      ? 'The answer above broke off. The built-in guide goes on.'
      : 'The built-in guide answers instead.',
  };
  yield* answerBuiltIn(context, port);
}

/** Sources of what was said, and what a tool offered. */
function* closing(shown: string, record: ToolRecord, context: MentorContext): Generator<MentorEvent, void> {
  const cited = [...new Set([...shown.matchAll(/\[(\d{1,2})\]/g)].map((match) => Number(match[1])))];
  const passages = cited.flatMap((n) => record.passages[n - 1] ?? []);
  for (const { skill, title, heading, text } of passages)
    yield { type: 'cite', skill, title, heading, quote: firstSentence(text) };
  if (passages.length === 0 && context.mode === 'explain')
    yield {
      type: 'note',
      text: 'This answer names no source. Check it against the lesson before you rely on it.',
    };
  yield* record.events;
  const [nearest] = passages.length > 0 ? passages : record.passages;
  if (nearest)
    yield { type: 'offerLesson', skill: nearest.skill, title: nearest.title, heading: nearest.heading };
}

async function* streamBlocks(
  context: MentorContext,
  port: CurriculumPort,
  request: ModelRequest,
  record: ToolRecord,
  outcome: ModelOutcome,
): AsyncGenerator<string, void> {
  const times = request.times ?? MODEL_TIMES;
  const clock = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const wait = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => clock.abort(new ProviderFault('too-slow')), ms);
  };
  const whole = setTimeout(() => clock.abort(new ProviderFault('too-slow')), times.whole);
  wait(times.first);
  const signal = AbortSignal.any([request.signal, clock.signal]);
  try {
    const result = streamText({
      model: openModel(request.settings, boundFetch(request.fetch)),
      instructions: outcome.sent.instructions,
      messages: [
        ...context.history.slice(-TURNS_SENT).map(({ who, text }) => ({
          role: who === 'learner' ? ('user' as const) : ('assistant' as const),
          content: text.slice(0, 2_000),
        })),
        { role: 'user' as const, content: outcome.sent.question },
      ],
      tools: createTools(context, port, record),
      stopWhen: isStepCount(MOST_STEPS),
      maxOutputTokens: MOST_TOKENS,
      maxRetries: 1,
      streamRetries: 0,
      abortSignal: signal,
      // What went wrong comes with the stream; the default would print it.
      onError: () => undefined,
    });
    const buffer = new BlockBuffer();
    const reader = result.fullStream[Symbol.asyncIterator]();
    for (;;) {
      const step = await untilAborted(reader.next(), signal);
      if (step.done) break;
      const part = step.value;
      if (part.type === 'error') throw part.error;
      if (part.type === 'abort') throw signal.reason;
      if (part.type === 'finish-step') {
        outcome.usage.input += part.usage.inputTokens ?? 0;
        outcome.usage.output += part.usage.outputTokens ?? 0;
      }
      if (part.type !== 'text-delta') continue;
      wait(times.between);
      yield* buffer.add(cleanText(part.text));
    }
    yield* buffer.rest();
  } finally {
    clearTimeout(timer);
    clearTimeout(whole);
    // Lets go of the connection where the answer was cut.
    clock.abort();
  }
}

/** A stream that ignores its signal cannot hold an answer up. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined);
    throw signal.reason;
  }
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, fail) => {
    abort = () => fail(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    work.catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** The passages nearest to the question, of the skill at hand and of the best found. */
function retrieve(context: MentorContext, port: CurriculumPort): Passage[] {
  const found = port.findSkills(context.question, context.atHand?.id ?? null).slice(0, 2);
  const skills = [
    ...new Set([...found.map(({ skill }) => skill), ...(context.atHand ? [context.atHand.id] : [])]),
  ];
  return skills.slice(0, 3).flatMap((skill) => port.findPassage(context.question, skill) ?? []);
}
