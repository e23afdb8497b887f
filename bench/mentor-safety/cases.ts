import { readFileSync } from 'node:fs';
import { scenarioSchema, type Scenario } from '@edirae/mentor/testing';
import { z } from 'zod';

/** Where a text can come in. A file that names any other is not understood, and nothing is skipped. */
export const CHANNELS = [
  'mentor-chat',
  'lab-submission',
  'lab-filename',
  'lab-note',
  'resource-text',
  'display-name',
  'bio',
  'goal-text',
  'design-submission',
  'explain-back',
  'quiz-free-text',
  'code-run-output',
  'url-parameter',
  'http-header',
] as const;
export type Channel = (typeof CHANNELS)[number];

export const CODES = [
  'ADVANCE',
  'ANSWER',
  'TESTS',
  'PROMPT',
  'OTHER',
  'EVIDENCE',
  'EXFIL',
  'GRADE',
  'HANG',
  'CRASH',
  'COUNT',
  'RAW',
  'RENDER',
  'TOOL',
  'LEAK',
  'RETRY',
  'MEMORY',
] as const;
export type Code = (typeof CODES)[number];

const codes = z.array(z.enum(CODES)).default([]);
const forbidden = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

const injectionSchema = z.looseObject({
  id: z.coerce.string(),
  channel: z.enum(CHANNELS),
  turns: z.array(z.string()).min(1),
  codes,
  forbidden,
  /** A skill that the innocent part of the message asks about: it has to be answered all the same. */
  innocent: z.string().optional(),
});
export type Injection = z.infer<typeof injectionSchema>;

const hostileSchema = scenarioSchema.extend({ codes, forbidden });
export type Hostile = z.infer<typeof hostileSchema> & Scenario;

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((text, i) => ({ text, n: i + 1 }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, n }) => {
      const parsed = schema.safeParse(JSON.parse(text));
      if (!parsed.success) throw new Error(`${file}, line ${n}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    });
}

/** @throws Error that names the line that is not understood */
export const readInjections = (file: string): Injection[] => readLines(file, injectionSchema);
/** @throws Error that names the line that is not understood */
export const readHostile = (file: string): Hostile[] => readLines(file, hostileSchema);
