/** A number as typed, with what stood behind it. */
export type ParsedNumber =
  { ok: true; value: number; unit: string; currency: string } | { ok: false; problem: string };

const SUPERSCRIPT_DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Digits with separators, then an exponent, then whatever is the unit. */
const SHAPE =
  /^(?<sign>[+-]?)\s*(?<currency>[$€£]?)\s*(?<sign2>[+-]?)(?<digits>[\d.,' _]*\d[\d.,]*)\s*(?<exponent>[eE][+-]?\d+|(?:[x*·⋅]\s*10\s*(?:\^|\*\*)\s*[+-]?\d+)|(?:\^|\*\*)\s*\d+)?\s*(?<unit>.*)$/;

/** Reads a number the way people write them. It never guesses: what has two readings is a problem with both named. */
export function parseNumber(text: string): ParsedNumber {
  const plain = normalise(text);
  if (plain === '') return problem('Type a number.');
  if (plain.length > 80) return problem('That is too long for a number.');
  const power = /^10\s*(?:\^|\*\*)\s*([+-]?\d+)\s*(.*)$/.exec(plain);
  if (power) return finish(10 ** Number(power[1]), power[2] ?? '', '');
  const groups = SHAPE.exec(plain)?.groups;
  if (!groups)
    return problem(
      'That could not be read as a number. Write it like 17.2, 17,200 or 1.7e10, with a unit behind it.',
    );
  const digits = parseDigits((groups['digits'] ?? '').trim());
  if (typeof digits === 'string') return problem(digits);
  let value = digits;
  const exponent = groups['exponent'] ?? '';
  const unit = (groups['unit'] ?? '').trim();
  if (/^(\^|\*\*)/.test(exponent)) value **= Number(exponent.replace(/^(\^|\*\*)\s*/, ''));
  else if (exponent !== '') {
    // From the text, not from the number: rounding twice can lose the last digit.
    const mantissa = (groups['digits'] ?? '').replace(/[, '_]/g, '');
    value = Number(`${mantissa}e${/[+-]?\d+$/.exec(exponent)?.[0] ?? '0'}`);
  }
  if (/^\/\s*\d/.test(unit)) return parseFraction(value, unit.slice(1).trim(), groups['sign'] === '-');
  if (groups['sign'] === '-' || groups['sign2'] === '-') value = -value;
  return finish(value, unit, groups['currency'] ?? '');
}

function parseFraction(over: number, rest: string, negative: boolean): ParsedNumber {
  const match = /^(\d+(?:\.\d+)?)\s*(.*)$/.exec(rest);
  const under = Number(match?.[1]);
  if (!match || under === 0)
    return problem('That fraction could not be read. Write it like 3/4, or as 0.75.');
  return finish(((negative ? -1 : 1) * over) / under, match[2] ?? '', '');
}

function finish(value: number, unit: string, currency: string): ParsedNumber {
  if (!Number.isFinite(value)) return problem('That number is too large.');
  return { ok: true, value, unit, currency };
}

function problem(text: string): ParsedNumber {
  return { ok: false, problem: text };
}

/** One minus sign, one times sign, plain spaces, and exponents as ^n. */
function normalise(text: string): string {
  return text
    .replace(/10([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/gu, (_, raised: string) => `10^${[...raised].map(lower).join('')}`)
    .normalize('NFKC')
    .replace(/[−–—]/g, '-')
    .replace(/×/g, 'x')
    .replace(/’/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[~≈=]\s*/, '');
}

function lower(sign: string): string {
  if (sign === '⁻') return '-';
  return sign === '⁺' ? '' : String(SUPERSCRIPT_DIGITS.indexOf(sign));
}

/** The value of digits with separators, or a sentence about what is unclear. */
function parseDigits(text: string): number | string {
  if (/^\d+$/.test(text) || /^\d*\.\d+$/.test(text) || /^\d+\.$/.test(text)) return Number(text);
  const grouped = /^([1-9]\d{0,2})(?:([, '_])\d{3})(?:\2\d{3})*(\.\d+)?$/.test(text);
  if (grouped) return Number(text.replace(/[, '_]/g, ''));
  const comma = /^(\d+),(\d+)$/.exec(text);
  if (comma) {
    const [, whole = '', rest = ''] = comma;
    return `${text} can be read in two ways. Write ${whole}.${rest} if the comma is a decimal point, or ${whole}${rest} if it separates thousands.`;
  }
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(text)) {
    return `${text} has more than one point. Use a point for decimals only: ${text.replaceAll('.', '').replace(',', '.')}.`;
  }
  return `${text} could not be read as one number. Thousands are separated by threes, like 17,200 or 17 200, decimals by a point.`;
}
