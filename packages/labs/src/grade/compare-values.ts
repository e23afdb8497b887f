import { MAX_DEPTH, Opaque, Tuple } from '../contract/value.ts';

/** How answers are compared: `tol` per number, absolute; `tuples` whether the language has them. */
export interface Comparison {
  tol: number;
  tuples: boolean;
}

/**
 * Where `actual` first differs from `expected`, as a path and two values, or null when they are equal. Both are decoded
 * values; `actual` comes from a sandbox and may be anything. A boolean is no number, a tuple no list, a map no object.
 */
export function findDifference(
  expected: unknown,
  actual: unknown,
  how: Comparison,
  path = '',
): Difference | null {
  const differs = (note?: string): Difference => ({
    path,
    expected,
    actual,
    ...(note !== undefined && { note }),
  });
  if (path.length > 50 * MAX_DEPTH) return differs('nested too deep');
  if (isNumeric(expected)) return isNumeric(actual) && isClose(expected, actual, how.tol) ? null : differs();
  if (expected === null || typeof expected !== 'object') return expected === actual ? null : differs();
  if (actual === null || typeof actual !== 'object' || actual instanceof Opaque) return differs();
  if (expected instanceof Opaque) return differs();
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return differs();
    if (how.tuples && expected instanceof Tuple !== actual instanceof Tuple) return differs();
    return compareLists(expected, actual, how, path) ?? null;
  }
  if (expected instanceof Uint8Array)
    return actual instanceof Uint8Array && sameBytes(expected, actual) ? null : differs();
  if (expected instanceof Set)
    return actual instanceof Set && sameMembers([...expected], [...actual], how) ? null : differs();
  if (expected instanceof Map)
    return actual instanceof Map && sameMap(expected, actual, how) ? null : differs();
  if (!isPlain(actual)) return differs();
  return compareObjects(expected as Record<string, unknown>, actual, how, path);
}

export interface Difference {
  /** Empty for the whole value, else such as `[3].cost`. */
  path: string;
  expected: unknown;
  actual: unknown;
  note?: string;
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isClose(expected: number | bigint, actual: number | bigint, tol: number): boolean {
  if (typeof expected === 'number' && typeof actual === 'number') {
    if (Number.isNaN(expected)) return Number.isNaN(actual);
    return expected === actual || Math.abs(expected - actual) <= tol;
  }
  // A bigint equals a number of the same value, whatever the tolerance; JavaScript compares them exactly.
  // eslint-disable-next-line eqeqeq
  return expected == actual || (tol > 0 && Math.abs(Number(expected) - Number(actual)) <= tol);
}

function compareLists(
  expected: readonly unknown[],
  actual: readonly unknown[],
  how: Comparison,
  path: string,
): Difference | null {
  const shorter = Math.min(expected.length, actual.length);
  for (let at = 0; at < shorter; at++) {
    const found = findDifference(expected[at], actual[at], how, `${path}[${at}]`);
    if (found) return found;
  }
  if (expected.length === actual.length) return null;
  return { path, expected, actual, note: `${actual.length} items instead of ${expected.length}` };
}

function compareObjects(
  expected: Record<string, unknown>,
  actual: Record<string, unknown>,
  how: Comparison,
  path: string,
): Difference | null {
  for (const [key, value] of Object.entries(expected)) {
    const at = `${path}.${key}`;
    if (!Object.hasOwn(actual, key)) return { path, expected, actual, note: `has no ${key}` };
    const found = findDifference(value, actual[key], how, at);
    if (found) return found;
  }
  const extra = Object.keys(actual).find((key) => !Object.hasOwn(expected, key));
  return extra === undefined
    ? null
    : { path, expected, actual, note: `has ${extra}, which is not asked for` };
}

function isPlain(value: object): value is Record<string, unknown> {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function sameBytes(expected: Uint8Array, actual: Uint8Array): boolean {
  return expected.length === actual.length && expected.every((byte, at) => byte === actual[at]);
}

/** Sets of values: each expected member is matched once. Sizes of labs, so n² is bounded by the cap. */
function sameMembers(expected: unknown[], actual: unknown[], how: Comparison): boolean {
  if (expected.length !== actual.length) return false;
  const left = new Set<unknown>(actual);
  for (const member of expected) {
    if (left.delete(member)) continue;
    const match = [...left].find((candidate) => findDifference(member, candidate, how) === null);
    if (match === undefined && !left.has(undefined)) return false;
    left.delete(match);
  }
  return true;
}

function sameMap(expected: Map<unknown, unknown>, actual: Map<unknown, unknown>, how: Comparison): boolean {
  return sameMembers([...expected], [...actual], how);
}
