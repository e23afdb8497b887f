import { parseNumber } from '../numbers/parse-number.ts';
import { findScale } from '../numbers/unit-table.ts';
import { findUnit, isSameDimension } from '../numbers/unit.ts';
import type { Unit } from '../numbers/unit.ts';
import type { NumericAnswer, ParsedAnswer } from './answer.ts';
import type { NumericKey } from './variant.ts';

/** Reads `"17.2 GB"`, a number, or `{ value, unit }` where value is a number or a text. */
export function parseQuantity(input: unknown, key: NumericKey): ParsedAnswer {
  if (typeof input === 'object' && input !== null && 'value' in input) {
    const { value } = input;
    const unit = 'unit' in input ? (input.unit ?? '') : '';
    if (typeof unit !== 'string') return refuse('The unit must be text.');
    return parseParts(value, unit, key);
  }
  return parseParts(input, '', key);
}

function refuse(problem: string): ParsedAnswer {
  return { ok: false, problem };
}

function parseParts(value: unknown, chosenUnit: string, key: NumericKey): ParsedAnswer {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? settle(value, chosenUnit, key) : refuse('That is not a finite number.');
  }
  if (typeof value !== 'string') return refuse('Type a number.');
  const parsed = parseNumber(value);
  if (!parsed.ok) return parsed;
  // What was typed behind the number is more deliberate than what a menu happened to show.
  const typed = parsed.currency === '' ? parsed.unit : `${parsed.currency}${parsed.unit}`;
  const scale = typed === '' ? undefined : findScale(typed);
  const asked = findUnit(key.unit);
  const bytesAsked = asked?.dimension['byte'] !== undefined;
  if (scale !== undefined && !(typed === 'B' && bytesAsked)) {
    // 8B where billions are asked is 8, not 8e9 billions; 8k where tokens are asked is 8,000 of them.
    const counted = asked !== undefined && asked.factor !== 1 && Object.keys(asked.dimension).length === 0;
    return settle(parsed.value * scale, counted ? 'times' : chosenUnit, key);
  }
  return settle(parsed.value, typed === '' ? chosenUnit : typed, key);
}

/** Takes the unit if it is one that can be told apart from a slip of the keyboard. */
function settle(value: number, unit: string, key: NumericKey): ParsedAnswer {
  const trimmed = unit.trim();
  if (trimmed === '' || trimmed === key.unit) return accept(value, trimmed);
  const found = readUnit(trimmed, key.unit);
  const asked = findUnit(key.unit);
  if (!found || (!found.known && !(asked && isSameDimension(found, asked)))) {
    const units = [key.unit, ...key.accepts].filter((each) => each !== '');
    const hint = units.length > 0 ? `Answer in ${units.join(' or ')}.` : 'Answer with a plain number.';
    return refuse(`“${trimmed.slice(0, 30)}” is not a unit known here. ${hint}`);
  }
  return accept(value, trimmed);
}

function accept(value: number, unit: string): ParsedAnswer {
  const answer: NumericAnswer = { value, unit };
  return { ok: true, answer };
}

/** A unit as meant where `asked` is expected: FLOPs is a count, but next to a rate people mean FLOP/s by it. */
export function readUnit(unit: string, asked: string): Unit | undefined {
  const found = findUnit(unit);
  const expected = findUnit(asked);
  if (found && expected && !isSameDimension(found, expected)) {
    const rate = findUnit(unit.replace(/(FL)?OPs$/i, (word) => word.toUpperCase()));
    if (rate && isSameDimension(rate, expected)) return rate;
  }
  return found;
}
