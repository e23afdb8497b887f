import { findUnit, isSameDimension } from '../numbers/unit.ts';
import { formatNumber, formatQuantity } from '../template/format-number.ts';
import type { NumericAnswer } from './answer.ts';
import type { Judgement } from './judgement.ts';
import { readUnit } from './read-quantity.ts';
import { isWithin } from './tolerance.ts';
import type { NumericKey, WrongValue } from './variant.ts';

const UNKNOWN =
  'This does not match a mistake we know. Write each factor on a line of its own and check which one is missing or extra.';

/** Units people mix up although they measure the same: a right number read in one of them is a slip, said as such. */
const TWINS: readonly (readonly [string, string])[] = [
  ['kB', 'KiB'],
  ['MB', 'MiB'],
  ['GB', 'GiB'],
  ['TB', 'TiB'],
  ['PB', 'PiB'],
  ['GB', 'Gbit'],
  ['MB', 'Mbit'],
  ['TB', 'Tbit'],
  ['GB/s', 'GiB/s'],
  ['GB/s', 'Gbit/s'],
  ['MB/s', 'Mbit/s'],
  ['TB/s', 'TiB/s'],
  ['MB', 'GB'],
  ['GB', 'TB'],
  ['MiB', 'GiB'],
  ['GiB', 'TiB'],
  ['kB', 'MB'],
  ['KiB', 'MiB'],
  ['GB/s', 'TB/s'],
  ['MB/s', 'GB/s'],
  ['s', 'ms'],
  ['ms', 'µs'],
  ['µs', 'ns'],
  ['min', 's'],
  ['h', 'min'],
  ['h', 's'],
  ['day', 'h'],
];

/** Judges a number: in the unit it came in, first against the right value, then against the wrong ones people reach. */
export function judgeNumeric(key: NumericKey, answer: NumericAnswer): Judgement {
  const readings = readingsOf(key, answer);
  if (readings.some((value) => isWithin(value, key.value, key.tolerance))) {
    return {
      correct: true,
      headline: formatQuantity(key.value, key.unit),
      matches: [],
      feedback: key.feedback,
    };
  }
  const known = readings.flatMap((value) => matchesOf(key, value));
  if (known.length > 0) {
    const headline = known.find((match) => match.headline !== null)?.headline ?? null;
    const feedback = [...new Set(known.map((match) => match.feedback))].join('\n\n');
    return { correct: false, headline, matches: known, feedback };
  }
  return (
    judgeUnit(key, answer) ?? {
      correct: false,
      headline: null,
      matches: [],
      feedback: key.feedback || UNKNOWN,
    }
  );
}

/** Values in the asked unit that the answer may stand for; none where its unit measures something else. */
function readingsOf(key: NumericKey, answer: NumericAnswer): number[] {
  const asked = findUnit(key.unit);
  if (answer.unit === '' || answer.unit === key.unit) {
    const scale = answer.unit === '' && asked && Object.keys(asked.dimension).length === 0 ? asked.factor : 1;
    // 0.125 typed where per cent are asked, or 8,000,000,000 where billions are, is the same amount written in full.
    const inFull = scale < 1 ? Math.abs(answer.value) <= 1 : scale > 1 && Math.abs(answer.value) >= scale;
    return inFull ? [answer.value, answer.value / scale] : [answer.value];
  }
  const given = readUnit(answer.unit, key.unit);
  if (!asked || !given || !isSameDimension(asked, given)) return [];
  return [(answer.value * given.factor) / asked.factor];
}

/** The wrong values the answer matches, nearest first: two formulas can lead to the same number. */
function matchesOf(key: NumericKey, value: number): WrongValue[] {
  return key.wrong
    .filter((wrong) => isWithin(value, wrong.value, key.tolerance))
    .sort((a, b) => Math.abs(a.value - value) - Math.abs(b.value - value));
}

/** A right number in a wrong unit; undefined where the number is wrong as well. */
function judgeUnit(key: NumericKey, answer: NumericAnswer): Judgement | undefined {
  const typed = formatQuantity(answer.value, answer.unit);
  if (answer.unit !== '' && answer.unit !== key.unit) {
    if (isWithin(answer.value, key.value, key.tolerance)) {
      const wanted = key.unit === '' ? 'a plain number' : key.unit;
      return slip(
        `The number fits, the unit does not: the question asks for ${wanted}, you gave ${answer.unit}.`,
      );
    }
    const asked = findUnit(key.unit);
    const given = readUnit(answer.unit, key.unit);
    if (asked && given && !isSameDimension(asked, given)) {
      return slip(
        `${answer.unit} measures something else than the question asks for${key.unit === '' ? '' : ` (${key.unit})`}.`,
      );
    }
  }
  const shown = answer.unit === '' ? key.unit : answer.unit;
  for (const meant of twinsOf(shown)) {
    const unit = findUnit(meant);
    const asked = findUnit(key.unit);
    if (!unit || !asked || !isSameDimension(unit, asked)) continue;
    if (isWithin((answer.value * unit.factor) / asked.factor, key.value, key.tolerance)) {
      return {
        correct: false,
        headline: `Close. ${formatNumber(answer.value)} is the size in ${meant}, not ${shown}`,
        matches: [],
        feedback: `${typed.includes(shown) ? typed : formatQuantity(answer.value, shown)} was read as it stands. The working seems right; convert the unit as the last step.`,
        complete: true,
      };
    }
  }
  return undefined;
}

function slip(feedback: string): Judgement {
  return { correct: false, headline: 'the unit is off', matches: [], feedback };
}

function twinsOf(unit: string): string[] {
  return TWINS.flatMap(([a, b]) => (a === unit ? [b] : b === unit ? [a] : []));
}
