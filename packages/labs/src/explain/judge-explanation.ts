import { z } from 'zod';
import { decodeValue } from '../contract/value.ts';
import type { ExplainQuestion } from './question.ts';

/** How far a typed number may be off, as a share of it: nobody types seventeen digits. */
const SHARE_OFF = 0.001;

export type Judged = { ok: true; right: boolean } | { ok: false; problem: string };

/** Whether an answer is right. Null, or nothing, is "I don't know": wrong, and not invalid. */
export function judgeExplanation(question: ExplainQuestion, answer: string | null): Judged {
  const given = answer?.trim() ?? '';
  if (given === '') return { ok: true, right: false };
  if (question.options !== null) {
    if (!question.options.some(({ id }) => id === given))
      return { ok: false, problem: 'The answer is none of the options.' };
    return { ok: true, right: given === question.key };
  }
  const key = decodeValue(JSON.parse(question.key) as unknown);
  return { ok: true, right: isSame(key, given) };
}

function isSame(key: unknown, given: string): boolean {
  if (typeof key === 'number' || typeof key === 'bigint') {
    const number = Number(given.replaceAll(/[ _]/g, '').replace(/^\+/, ''));
    if (Number.isInteger(Number(key))) return number === Number(key);
    return Math.abs(number - Number(key)) <= Math.abs(Number(key)) * SHARE_OFF;
  }
  if (typeof key === 'string') return given === key || unquote(given) === key;
  const parsed = WORDS.safeParse(given.toLowerCase());
  return parsed.success && parsed.data === String(key);
}

/** Python's and JavaScript's words for the same. */
const WORDS = z
  .enum(['true', 'false', 'null', 'none', 'undefined'])
  .transform((word) => (word === 'none' || word === 'undefined' ? 'null' : word));

function unquote(text: string): string {
  return /^(["'`]).*\1$/s.test(text) ? text.slice(1, -1) : text;
}
