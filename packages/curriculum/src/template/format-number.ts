const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/**
 * A number as a reader wants it: integers with thousands separators, others to four significant digits, both as
 * a × 10ⁿ where they would be too long. Noise of binary fractions is rounded away first.
 */
export function formatNumber(value: number): string {
  const settled = Number.isSafeInteger(value) ? value : Number(value.toPrecision(12));
  if (settled === 0) return '0';
  const size = Math.abs(settled);
  if (Number.isInteger(settled) && size < 1e15) return group(String(settled));
  const rounded = Number(settled.toPrecision(4));
  const written = Math.abs(rounded);
  if (written < 1e-4 || written >= 1e15) return scientific(rounded);
  return group(plainDigits(rounded));
}

/** A number with a fixed count of decimals and thousands separators. */
export function formatFixed(value: number, decimals: number): string {
  const settled = Number(value.toPrecision(12));
  if (Math.abs(settled) >= 1e15) return scientific(Number(settled.toPrecision(4)));
  const text = settled.toFixed(decimals);
  return group(Number(text) === 0 ? text.replace('-', '') : text);
}

/** A number with its unit, as one writes it: `16 GiB`, `12.5%`, `$3.20`. */
export function formatQuantity(value: number, unit: string): string {
  const number = formatNumber(value);
  if (unit === '') return number;
  if (unit === '%' || unit.startsWith('/')) return `${number}${unit}`;
  const currency = /^([$€£])(.*)$/.exec(unit);
  if (currency) {
    const [, sign = '', per = ''] = currency;
    return number.startsWith('-') ? `-${sign}${number.slice(1)}${per}` : `${sign}${number}${per}`;
  }
  return `${number} ${unit}`;
}

/** Digits without an exponent; only called for sizes where that is short. */
function plainDigits(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(8).replace(/0+$/, '') : text;
}

function scientific(value: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const raised = [...exponent.replace('+', '')].map((sign) => SUPERSCRIPTS[sign] ?? sign).join('');
  return `${mantissa} × 10${raised}`;
}

function group(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
