import type { CertificationView, FactView } from '@edirae/school';
import { longDate } from '#lib/words.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2024`, `2024-05` or `2024-05-31` as one says it. */
export function dateWords(date: string): string {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return year;
  if (day === undefined) return `${months[Number(month) - 1]} ${year}`;
  return longDate(Date.parse(date));
}

export const confidenceWords: Record<FactView['confidence'], string> = {
  high: 'Confidence: high',
  medium: 'Confidence: medium',
  low: 'Confidence: low',
  estimate: 'Our estimate',
};

/** How far a figure is trusted, in a sentence: "Confidence: high for the figure, medium as an anchor." */
export function trust({
  confidence,
  confidenceNote: note,
}: Pick<FactView, 'confidence' | 'confidenceNote'>): string {
  return note === null
    ? `${confidenceWords[confidence]}.`
    : `Confidence: ${note.charAt(0).toLowerCase()}${note.slice(1)}`;
}

export const coverageWords: Record<'most' | 'part' | 'none', string> = {
  most: 'Most of it',
  part: 'Part of it',
  none: 'Not taught here',
};

export const statusWords: Record<CertificationView['status'], string> = {
  active: 'Active',
  retired: 'Retired',
  unconfirmed: 'Check status',
};

/** Per cent of an exam: "28%", "25 to 30%". */
export function weightWords({ from, to }: { from: number; to: number }): string {
  return from === to ? `${from}%` : `${from} to ${to}%`;
}

const signs: Record<string, string> = { USD: '$', EUR: '€', GBP: '£' };

/** An amount of money without cents: "$150". */
export function money(amount: number, currency: string): string {
  const sign = signs[currency];
  const digits = amount.toLocaleString('en');
  return sign === undefined ? `${digits} ${currency}` : `${sign}${digits}`;
}

/** How much of an exam's weight is covered, counting a range by its middle. Shares of 100. */
export function coverageShares(
  domains: CertificationView['domains'],
): Record<'most' | 'part' | 'none', number> {
  const shares = { most: 0, part: 0, none: 0 };
  for (const { coverage, weight } of domains) shares[coverage] += (weight.from + weight.to) / 2;
  const sum = shares.most + shares.part + shares.none;
  if (sum === 0) return shares;
  const rounded = {
    most: Math.round((shares.most / sum) * 100),
    part: Math.round((shares.part / sum) * 100),
  };
  return { ...rounded, none: 100 - rounded.most - rounded.part };
}
