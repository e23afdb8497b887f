import type { Unit } from './unit.ts';

const DECIMAL: readonly [string, number][] = [
  ['k', 1e3],
  ['K', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['E', 1e18],
  ['Z', 1e21],
];
const BINARY: readonly [string, number][] = [
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
  ['Pi', 2 ** 50],
  ['Ei', 2 ** 60],
];

const TABLE = new Map<string, Unit>();

function define(words: readonly string[], factor: number, dimension: Readonly<Record<string, number>>): void {
  for (const word of words) TABLE.set(word, { factor, dimension, known: true });
}

function definePrefixed(
  words: readonly string[],
  factor: number,
  dimension: Readonly<Record<string, number>>,
  prefixes: readonly (readonly [string, number])[] = DECIMAL,
): void {
  define(words, factor, dimension);
  for (const [prefix, scale] of prefixes)
    define(
      words.map((word) => prefix + word),
      factor * scale,
      dimension,
    );
}

definePrefixed(['B', 'byte', 'bytes', 'Byte', 'Bytes'], 1, { byte: 1 }, [...DECIMAL, ...BINARY]);
for (const [name, scale] of [
  ['kilo', 1e3],
  ['mega', 1e6],
  ['giga', 1e9],
  ['tera', 1e12],
  ['peta', 1e15],
] as const) {
  define([`${name}byte`, `${name}bytes`], scale, { byte: 1 });
}
for (const [name, scale] of [
  ['kibi', 2 ** 10],
  ['mebi', 2 ** 20],
  ['gibi', 2 ** 30],
  ['tebi', 2 ** 40],
] as const) {
  define([`${name}byte`, `${name}bytes`], scale, { byte: 1 });
}
definePrefixed(['b', 'bit', 'bits'], 1 / 8, { byte: 1 }, [...DECIMAL, ...BINARY]);
definePrefixed(['bps'], 1 / 8, { byte: 1, second: -1 });

define(['s', 'sec', 'secs', 'second', 'seconds'], 1, { second: 1 });
define(['ms', 'msec', 'millisecond', 'milliseconds'], 1e-3, { second: 1 });
define(['µs', 'us', 'usec', 'microsecond', 'microseconds'], 1e-6, { second: 1 });
define(['ns', 'nsec', 'nanosecond', 'nanoseconds'], 1e-9, { second: 1 });
define(['min', 'mins', 'minute', 'minutes'], 60, { second: 1 });
define(['h', 'hr', 'hrs', 'hour', 'hours'], 3600, { second: 1 });
define(['d', 'day', 'days'], 86_400, { second: 1 });
define(['week', 'weeks'], 604_800, { second: 1 });
// Twelve equal months of a year of 365 days: what cloud prices mean by 730 hours.
define(['month', 'months', 'mo'], 2_628_000, { second: 1 });
define(['year', 'years', 'yr'], 31_536_000, { second: 1 });

definePrefixed(['FLOP', 'FLOPs', 'flop', 'flops', 'OP', 'OPs'], 1, { flop: 1 });
definePrefixed(['FLOPS', 'OPS'], 1, { flop: 1, second: -1 });
definePrefixed(['Hz', 'hertz'], 1, { second: -1 });
definePrefixed(['J', 'joule', 'joules'], 1, { joule: 1 }, [...DECIMAL, ['m', 1e-3], ['µ', 1e-6]]);
definePrefixed(['W', 'watt', 'watts'], 1, { joule: 1, second: -1 }, [...DECIMAL, ['m', 1e-3]]);
definePrefixed(['Wh'], 3600, { joule: 1 });

definePrefixed(['$', 'USD', 'usd', 'dollar', 'dollars'], 1, { dollar: 1 });
define(['¢', 'cent', 'cents'], 0.01, { dollar: 1 });
definePrefixed(['€', 'EUR', 'eur', 'euro', 'euros'], 1, { euro: 1 });
definePrefixed(['£', 'GBP', 'gbp'], 1, { pound: 1 });

definePrefixed(['token', 'tokens', 'tok', 'toks'], 1, { token: 1 });
definePrefixed(['request', 'requests', 'req', 'reqs'], 1, { request: 1 });
definePrefixed(['query', 'queries'], 1, { query: 1 });
define(['rps', 'RPS'], 1, { request: 1, second: -1 });
define(['qps', 'QPS'], 1, { query: 1, second: -1 });
define(['tps', 'TPS'], 1, { token: 1, second: -1 });

define(['%', 'percent', 'pct'], 0.01, {});
define(['×', 'x', 'times', '-fold'], 1, {});
define(['thousand'], 1e3, {});
define(['million', 'millions', 'mn'], 1e6, {});
define(['billion', 'billions', 'bn'], 1e9, {});
define(['trillion', 'trillions'], 1e12, {});

/** Prefixes that may stand before a word of their own: `1M tokens`, `k requests`, `8B parameters`. */
const COUNTS = new Map<string, number>([
  ['k', 1e3],
  ['K', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['B', 1e9],
  ['T', 1e12],
]);

/** Lower-case spellings, for people who type gb and mean GB. Bytes come before bits, rates after counts. */
const FOLDED = new Map<string, Unit>();
for (const [word, unit] of TABLE) {
  const folded = word.toLowerCase();
  if (!FOLDED.has(folded)) FOLDED.set(folded, unit);
}

/**
 * A single word of a unit. A word the table does not have stands for itself, singular and plural alike; `beforeMore`
 * says that another word follows, so that M in `M tokens` is a million.
 */
export function findUnitWord(word: string, beforeMore: boolean): Unit | undefined {
  const count = COUNTS.get(word);
  if (count !== undefined && beforeMore) return { factor: count, dimension: {}, known: true };
  const found = TABLE.get(word) ?? FOLDED.get(word.toLowerCase());
  if (found) return found;
  if (!/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(word)) return undefined;
  return { factor: 1, dimension: { [`word:${singular(word)}`]: 1 }, known: false };
}

/** A bare suffix that only scales: the k of 1.5k, the B of 8B. */
export function findScale(word: string): number | undefined {
  return COUNTS.get(word);
}

/** The three irregular plurals that occur, and the s of all others. */
function singular(word: string): string {
  const lower = word.toLowerCase();
  if (lower.endsWith('ies') && lower.length > 4) return `${lower.slice(0, -3)}y`;
  if (/(ch|sh|x|ss|z)es$/.test(lower)) return lower.slice(0, -2);
  return lower.endsWith('s') && !lower.endsWith('ss') && lower.length > 2 ? lower.slice(0, -1) : lower;
}
