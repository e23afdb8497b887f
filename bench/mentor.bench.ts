/**
 * `npm run bench -- mentor [--questions F.jsonl] [--json]`: does the built-in mentor understand what is asked? Each question goes the way
 * a learner's does, from the use case to the stored events. A hit is an answer about the right skill: the first that it cites or offers.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  askMentor,
  readAnswer,
  startGuest,
  withSimulationSchool,
  type MentorEventView,
} from '@edirae/school';
import { z } from 'zod';
import type { Bench } from './main.ts';
import { inMs, percentile } from './percentile.ts';

/** Where the question was asked: a skill's page, in whatever shape the file names it. */
const contextSchema = z.union([z.string(), z.looseObject({ skill: z.string().optional() })]).nullish();

const lineSchema = z.looseObject({
  id: z.coerce.string(),
  question: z.string().min(1),
  skill: z.string().nullable(),
  alternatives: z.array(z.string()).default([]),
  kind: z.enum(['explain', 'practice', 'stuck', 'compare', 'misconception', 'answer-begging', 'off-topic']),
  context: contextSchema,
});
type Line = z.infer<typeof lineSchema>;

/** Chosen on, looked at afterwards, and written by others before they were measured. */
const OWN = [
  'mentor/tune.jsonl',
  'mentor/final.jsonl',
  'mentor/seen.jsonl',
  'mentor/unseen.jsonl',
  'mentor/first-look.jsonl',
];

function readLines(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      const parsed = lineSchema.safeParse(JSON.parse(line));
      if (!parsed.success) throw new Error(`${file}, line ${i + 1}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    });
}

/** The skill of the page, where the context names one that exists. */
function skillAtHand({ context }: Line, known: ReadonlySet<string>): string | undefined {
  const named = typeof context === 'string' ? context : context?.skill;
  return named !== undefined && known.has(named) ? named : undefined;
}

/** What an answer is about: the first skill that it cites or leads to. */
function skillOf(events: readonly MentorEventView[]): string | null {
  for (const event of events)
    if (event.type === 'cite' || event.type === 'offerPractice' || event.type === 'offerLesson')
      return event.skill;
  return null;
}

function isRefused(events: readonly MentorEventView[]): boolean {
  return events.some(
    (event) => event.type === 'refuse' && ['off-topic', 'unknown', 'care'].includes(event.reason),
  );
}

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({ args, options: { questions: { type: 'string' } } });
  const files = values.questions ? [values.questions] : OWN.map((file) => join(import.meta.dirname, file));
  const lines = files.flatMap(readLines);
  progress(`${lines.length} questions`);
  return withSimulationSchool(process.env, 'mentor', async (school) => {
    const known = new Set(school.curriculum.skills.keys());
    const guest = await startGuest(school, { client: 'bench' });
    if (guest.outcome === 'rate-limited') throw new Error('No learner could be made');
    const times: number[] = [];
    const told: { id: string; kind: string; skill: string | null; offTopic: boolean; hit: boolean | null }[] =
      [];
    for (const line of lines) {
      const skill = skillAtHand(line, known);
      const from = performance.now();
      const asked = await askMentor(school, guest.learnerId, {
        text: line.question,
        answers: 'built-in',
        ...(skill === undefined ? {} : { skill }),
      });
      if (asked.outcome !== 'started') throw new Error(`${line.id}: ${asked.outcome}`);
      const events = (await readAnswer(school, guest.learnerId, asked.messageId)).map(({ event }) => event);
      times.push(performance.now() - from);
      const about = skillOf(events);
      const right = [line.skill, ...line.alternatives];
      told.push({
        id: line.id,
        kind: line.kind,
        skill: about,
        offTopic: isRefused(events),
        hit: line.kind === 'off-topic' ? null : about !== null && right.includes(about),
      });
    }
    const on = told.filter(({ kind }) => kind !== 'off-topic');
    const off = told.filter(({ kind }) => kind === 'off-topic');
    const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
    return {
      hit: share(on.filter(({ hit }) => hit).length, on.length),
      offTopic: share(off.filter(({ offTopic }) => offTopic).length, off.length),
      falseAlarms: share(on.filter(({ offTopic }) => offTopic).length, on.length),
      medianMs: inMs(percentile(times, 0.5)),
      lines: told,
    };
  });
};
