import { Opaque, Ref, Tuple } from '../contract/value.ts';
import type { Difference } from './compare-values.ts';

const SHORT = 200;

/** A value for people, in the notation that Python and JavaScript share as far as they do; at most `max` characters. */
export function describeValue(value: unknown, max = SHORT): string {
  const text = write(value, max, 0);
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

function write(value: unknown, budget: number, depth: number): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > budget ? value.slice(0, budget) : value);
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') return String(value);
  if (value instanceof Opaque) return `a value of type ${value.type.slice(0, 80)}, which cannot be compared`;
  if (value instanceof Ref) return value.name;
  if (depth > 6) return '…';
  if (value instanceof Uint8Array) return `bytes(${value.slice(0, 40).join(' ')})`;
  if (value instanceof Tuple) return `(${join(value, budget, depth)})`;
  if (Array.isArray(value)) return `[${join(value, budget, depth)}]`;
  if (value instanceof Set) return `set(${join([...value], budget, depth)})`;
  if (value instanceof Map)
    return `map(${joined(
      [...value].map(
        ([key, item]) =>
          () =>
            `${write(key, 40, depth + 1)}: ${write(item, budget, depth + 1)}`,
      ),
      budget,
    )})`;
  const parts = Object.entries(value).map(
    ([key, item]) =>
      () =>
        `${key}: ${write(item, budget, depth + 1)}`,
  );
  return `{${joined(parts, budget)}}`;
}

function join(items: readonly unknown[], budget: number, depth: number): string {
  return joined(
    Array.from(items, (item) => () => write(item, budget, depth + 1)),
    budget,
  );
}

/** Writes parts until the budget is spent, so that a list of a million costs no more than its beginning. */
function joined(parts: readonly (() => string)[], budget: number): string {
  let text = '';
  for (const [at, part] of parts.entries()) {
    if (text.length > budget) return `${text}, … ${parts.length - at} more`;
    text += `${at === 0 ? '' : ', '}${part()}`;
  }
  return text;
}

/** Why two values are not equal, in one or two sentences. */
export function describeDifference(difference: Difference): string {
  const where = difference.path === '' ? '' : ` at ${difference.path.slice(0, 200)}`;
  const note = difference.note === undefined ? '' : ` (${difference.note.slice(0, 120)})`;
  return `expected ${describeValue(difference.expected)}${where}, got ${describeValue(difference.actual)}${note}`;
}
