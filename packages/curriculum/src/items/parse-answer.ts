import type { Answer, ParsedAnswer } from './answer.ts';
import { parseQuantity } from './read-quantity.ts';
import type { Choice, MatchKey, Variant } from './variant.ts';

const LONGEST_TEXT = 500;

/**
 * Reads an answer as sent by a browser or a client. Anything that cannot be read is no answer: it comes back with a
 * sentence on what to change, and nothing is recorded. null is "I don't know yet".
 */
export function parseAnswer(variant: Variant, input: unknown): ParsedAnswer {
  if (input === null) return { ok: true, answer: null };
  const { key } = variant;
  switch (key.kind) {
    case 'choice':
      return parseChoice(key.options, input);
    case 'multi':
      return parseMulti(key.options, input);
    case 'numeric':
      return parseQuantity(input, key);
    case 'order':
      return parseOrder(key.options, input);
    case 'match':
      return parseMatch(key, input);
    case 'cloze':
      return parseCloze(
        key.blanks.map((blank) => blank.id),
        input,
      );
    case 'short':
      return parseText(input);
  }
}

function accept(answer: Answer): ParsedAnswer {
  return { ok: true, answer };
}

function refuse(problem: string): ParsedAnswer {
  return { ok: false, problem };
}

function has(choices: readonly Choice[], id: unknown): id is string {
  return typeof id === 'string' && choices.some((choice) => choice.id === id);
}

function parseChoice(options: readonly Choice[], input: unknown): ParsedAnswer {
  return has(options, input) ? accept(input) : refuse('Choose one of the options.');
}

function parseMulti(options: readonly Choice[], input: unknown): ParsedAnswer {
  const ids: unknown[] = Array.isArray(input) ? input : [input];
  if (ids.length === 0) return refuse('Choose at least one of the options.');
  if (!ids.every((id) => has(options, id))) return refuse('Choose among the options shown.');
  return accept([...new Set(ids)].sort());
}

function parseOrder(options: readonly Choice[], input: unknown): ParsedAnswer {
  const ids: unknown[] = Array.isArray(input) ? input : [];
  const complete = ids.length === options.length && new Set(ids).size === ids.length;
  if (!complete || !ids.every((id) => has(options, id)))
    return refuse('Put every step in its place, each one once.');
  return accept(ids);
}

function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

function parseMatch(key: MatchKey, input: unknown): ParsedAnswer {
  if (!isRecord(input)) return refuse('Match every entry on the left with one on the right.');
  const answer: Record<string, string> = {};
  for (const { id } of key.left) {
    const right = Object.hasOwn(input, id) ? input[id] : undefined;
    if (!has(key.right, right)) return refuse('Match every entry on the left with one on the right.');
    answer[id] = right;
  }
  if (Object.keys(input).length > key.left.length) return refuse('Match only the entries shown.');
  return accept(answer);
}

function parseCloze(blanks: readonly string[], input: unknown): ParsedAnswer {
  const texts = typeof input === 'string' && blanks.length === 1 ? { [blanks[0] as string]: input } : input;
  if (!isRecord(texts)) return refuse('Fill in every blank.');
  const answer: Record<string, string> = {};
  for (const id of blanks) {
    const text = Object.hasOwn(texts, id) ? texts[id] : undefined;
    if (typeof text !== 'string' || text.trim() === '') return refuse('Fill in every blank.');
    if (text.length > LONGEST_TEXT) return refuse('That is too long for a blank; a few words are enough.');
    answer[id] = text.trim();
  }
  if (Object.keys(texts).length > blanks.length) return refuse('Fill in only the blanks shown.');
  return accept(answer);
}

function parseText(input: unknown): ParsedAnswer {
  if (typeof input !== 'string' || input.trim() === '') return refuse('Type an answer.');
  if (input.length > LONGEST_TEXT) return refuse('That is too long; a few words are enough.');
  return accept(input.trim());
}
