import { z } from 'zod';

/**
 * The fields that every item form posts, and what they mean to the API. Plain names, so that a form works without
 * a script: `answer` (choice, multi), `value` and `unit` (numeric), `place-<option>` (order), `match-<left>`,
 * `blank-<id>` (cloze), `text` (short); `skip` is "I don't know yet".
 */
export const itemKinds = ['choice', 'multi', 'numeric', 'order', 'match', 'cloze', 'short'] as const;

const submission = z.object({
  issueId: z.string().min(1).max(100),
  kind: z.enum(itemKinds),
  confidence: z.enum(['25', '50', '75', '95']).optional(),
  ms: z.coerce.number().int().min(0).max(86_400_000).optional().catch(undefined),
  scratch: z.string().max(4000).optional().catch(undefined),
});

export interface Submission {
  issueId: string;
  answer: unknown;
  confidence?: 25 | 50 | 75 | 95;
  ms?: number;
  scratch?: string;
}

/** What a form post says, or null where it is not one of our forms. */
export function parseSubmission(form: FormData): Submission | null {
  const parsed = submission.safeParse(
    Object.fromEntries(
      ['issueId', 'kind', 'confidence', 'ms', 'scratch'].map((name) => [name, text(form, name) || undefined]),
    ),
  );
  if (!parsed.success) return null;
  const { issueId, kind, confidence, ms, scratch } = parsed.data;
  return {
    issueId,
    answer: form.has('skip') ? null : toAnswer(form, kind),
    ...(confidence ? { confidence: Number(confidence) as 25 | 50 | 75 | 95 } : {}),
    ...(ms === undefined ? {} : { ms }),
    ...(scratch ? { scratch } : {}),
  };
}

/** The API's `answer` for an item of this kind. What is missing stays missing: the grader says what to change. */
export function toAnswer(form: FormData, kind: (typeof itemKinds)[number]): unknown {
  switch (kind) {
    case 'choice':
      return text(form, 'answer');
    case 'multi':
      return form.getAll('answer').filter((value) => typeof value === 'string');
    case 'numeric':
      return toQuantity(text(form, 'value'), text(form, 'unit'));
    case 'order':
      return toOrder(withPrefix(form, 'place-'));
    case 'match':
      return withPrefix(form, 'match-');
    case 'cloze':
      return withPrefix(form, 'blank-');
    case 'short':
      return text(form, 'text');
  }
}

/** Everything typed so far, so that a page that comes back still holds it. */
export function keepValues(form: FormData): Record<string, string[]> {
  const kept: Record<string, string[]> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string' && name !== 'ms') (kept[name] ??= []).push(value);
  }
  return kept;
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

function withPrefix(form: FormData, prefix: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of form) {
    if (name.startsWith(prefix) && typeof value === 'string' && value.trim() !== '')
      found[name.slice(prefix.length)] = value.trim();
  }
  return found;
}

/** A number with its unit; a text that is more than a number ("17.2 GB") goes on as it was typed. */
function toQuantity(typed: string, unit: string): unknown {
  const bare = typed.replaceAll(/[\s,_’']/g, '').replace('−', '-');
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare))
    return { value: Number(bare), ...(unit ? { unit } : {}) };
  return typed;
}

/** Ids by their chosen place; empty where two share a place, for then there is no order. */
function toOrder(places: Record<string, string>): string[] {
  const entries = Object.entries(places).map(([id, place]) => ({ id, place: Number(place) }));
  if (new Set(entries.map(({ place }) => place)).size < entries.length) return [];
  return entries.sort((a, b) => a.place - b.place).map(({ id }) => id);
}
