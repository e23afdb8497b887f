import { findUnitWord } from './unit-table.ts';

/** A unit as a factor on base units and the powers of what it measures. */
export interface Unit {
  factor: number;
  /** Powers by base: `{ byte: 1, second: -1 }`. Zero powers are left out. */
  dimension: Readonly<Record<string, number>>;
  /** False where some word is not in the table and stands for itself (replicas, heads). */
  known: boolean;
}

/** Reads `GiB`, `tokens/s`, `$/1M tokens`, `GPU-hours`. Undefined where it cannot be a unit. */
export function findUnit(text: string): Unit | undefined {
  const cleaned = text
    .normalize('NFKC')
    .replaceAll('μ', 'µ')
    .replace(/\bper\b/g, '/')
    .trim();
  if (cleaned === '') return { factor: 1, dimension: {}, known: true };
  if (cleaned.length > 60) return undefined;
  const [over = '', ...under] = cleaned.split('/').map((part) => part.trim());
  const units = [findProduct(over), ...under.map((part) => invert(findProduct(part)))];
  return units.reduce((left, right) => (left && right ? multiply(left, right) : undefined));
}

/** True where one can be converted into the other. */
export function isSameDimension(a: Unit, b: Unit): boolean {
  const keys = new Set([...Object.keys(a.dimension), ...Object.keys(b.dimension)]);
  return [...keys].every((key) => a.dimension[key] === b.dimension[key]);
}

function findProduct(text: string): Unit | undefined {
  const scaled = /^([\d.,]+)\s*(.*)$/.exec(text);
  if (scaled) {
    const rest = findProduct(scaled[2] ?? '');
    const factor = Number((scaled[1] ?? '').replaceAll(',', ''));
    return rest && Number.isFinite(factor) && factor > 0
      ? { ...rest, factor: rest.factor * factor }
      : undefined;
  }
  const words = text.split(/[\s·*⋅-]+/).filter((word) => word !== '');
  const units = words.map((word, n) => findUnitWord(word, n < words.length - 1));
  return units.reduce<Unit | undefined>(
    (left, right) => (left && right ? multiply(left, right) : undefined),
    {
      factor: 1,
      dimension: {},
      known: true,
    },
  );
}

function invert(unit: Unit | undefined): Unit | undefined {
  if (!unit) return undefined;
  const dimension = Object.fromEntries(Object.entries(unit.dimension).map(([key, power]) => [key, -power]));
  return { ...unit, factor: 1 / unit.factor, dimension };
}

function multiply(a: Unit, b: Unit): Unit {
  const dimension: Record<string, number> = { ...a.dimension };
  for (const [key, power] of Object.entries(b.dimension)) {
    const sum = (dimension[key] ?? 0) + power;
    if (sum === 0) delete dimension[key];
    else dimension[key] = sum;
  }
  return { factor: a.factor * b.factor, dimension, known: a.known && b.known };
}
