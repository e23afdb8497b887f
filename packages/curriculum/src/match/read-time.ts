/** A stretch of a text as written. */
export interface Span {
  from: number;
  to: number;
}

/** What a goal says of time. */
export interface TimeReading {
  /** The day it is wanted by, YYYY-MM-DD. */
  deadline: (Span & { date: string }) | null;
  hoursPerWeek: (Span & { hours: number }) | null;
}

const DAY = 86_400_000;
const NUMBERS = [
  'a',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const NUMBER = String.raw`(\d{1,3}(?:[.,]\d)?|${NUMBERS.join('|')}|an)`;
const MONTH = String.raw`(${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')})`;
/** Time that lies ahead: "the bill doubled in two months" is a story. */
const AHEAD =
  /\b(?:want|need|must|have to|should|exam|interview|pass|prepare|present|ready|learn|able|deadline|deliver|finish|due|start|launch|go live|left|become|certif\w*|understand|get|know)\b/;

type ToDate = (match: RegExpExecArray, today: Date) => Date | undefined;
/** `said`: "by January" lies ahead by itself; "in two months" may tell of what has been. */
type Rule = [said: 'ahead' | 'either', RegExp, ToDate];

const RULES: Rule[] = [
  [
    'ahead',
    /\b(?:by|until|before|till|on)?\s*(20\d\d)-(\d\d)-(\d\d)\b/g,
    ([, y, m, d]) => dayOf(Number(y), Number(m) - 1, Number(d)),
  ],
  [
    'ahead',
    new RegExp(
      String.raw`\b(?:by|until|before|till) (?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH}\b(?:,? (20\d\d))?`,
      'g',
    ),
    ([, d, m, y], today) => coming(today, monthOf(m), Number(d), y),
  ],
  [
    'ahead',
    new RegExp(
      String.raw`\b(?:by|until|before|till) ${MONTH} (\d{1,2})(?:st|nd|rd|th)?\b(?:,? (20\d\d))?`,
      'g',
    ),
    ([, m, d, y], today) => coming(today, monthOf(m), Number(d), y),
  ],
  [
    'ahead',
    new RegExp(
      String.raw`\b(?:by|until|before|till) (?:the )?(end|middle|mid|start|beginning) (?:of )?${MONTH}\b(?:,? (20\d\d))?`,
      'g',
    ),
    ([, part = '', m, y], today) =>
      coming(
        today,
        monthOf(m),
        part === 'end' ? lastDay(today, monthOf(m), y) : part.startsWith('mid') ? 15 : 1,
        y,
      ),
  ],
  [
    'ahead',
    new RegExp(String.raw`\b(by|until|before|till) ${MONTH}\b(?:,? (20\d\d))?`, 'g'),
    ([, word, m, y], today) =>
      coming(today, monthOf(m), word === 'before' ? 1 : lastDay(today, monthOf(m), y), y),
  ],
  [
    'either',
    /\b(?:by|before|until) (?:the )?(?:end of (?:the|this) year|year[- ]end|new year)\b|\bthis year\b/g,
    (_, today) => dayOf(today.getUTCFullYear(), 11, 31),
  ],
  [
    'ahead',
    /\b(?:by|before|until) (?:the )?end of (?:the|this) month\b/g,
    (_, today) => dayOf(today.getUTCFullYear(), today.getUTCMonth() + 1, 0),
  ],
  [
    'either',
    /\b(?:(?:by|before|until) (?:the )?(?:end of )?)?next month\b/g,
    (_, today) => dayOf(today.getUTCFullYear(), today.getUTCMonth() + 2, 0),
  ],
  [
    'either',
    /\b(?:(?:by|before|until) (?:the )?(?:end of )?)?next week\b/g,
    (_, today) => new Date(today.getTime() + 14 * DAY),
  ],
  [
    'either',
    /\b(?:(?:by|before|until|in) (?:the )?(?:end of )?)?next quarter\b/g,
    (_, today) => dayOf(today.getUTCFullYear(), (Math.floor(today.getUTCMonth() / 3) + 2) * 3, 0),
  ],
  [
    'either',
    new RegExp(
      String.raw`\b(?:in|within|over the next|in the next|i have|only|have) (?:about |only |just |less than )?${NUMBER} (day|week|month)s?\b`,
      'g',
    ),
    ([, n, unit], today) => later(today, toNumber(n), unit),
  ],
  [
    'either',
    new RegExp(
      String.raw`\b${NUMBER} (day|week|month)s? (?:left|to go|from now|to prepare|until|before)\b`,
      'g',
    ),
    ([, n, unit], today) => later(today, toNumber(n), unit),
  ],
  [
    'either',
    new RegExp(String.raw`(?<=[.!?]\s)${NUMBER} (day|week|month)s?(?=,|\.)`, 'g'),
    ([, n, unit], today) => later(today, toNumber(n), unit),
  ],
];

const HOURS = new RegExp(
  String.raw`\b${NUMBER} ?(?:h|hr|hrs|hour|hours)(?: (?:a|per|each|every) | ?/ ?)(week|day)\b`,
);

/** Working days that "an hour a day" is meant for (judgement). */
const DAYS_A_WEEK = 5;

/** The deadline and the hours a week that a goal states in English. @param today YYYY-MM-DD */
export function readTime(text: string, today: string): TimeReading {
  const plain = text.toLowerCase();
  const now = new Date(`${today}T00:00:00Z`);
  return {
    deadline: Number.isNaN(now.getTime()) ? null : readDeadline(plain, now),
    hoursPerWeek: readHours(plain),
  };
}

function readDeadline(plain: string, today: Date): TimeReading['deadline'] {
  for (const [said, pattern, toDate] of RULES) {
    for (const match of plain.matchAll(pattern)) {
      const date = toDate(match as RegExpExecArray, today);
      if (!date || Number.isNaN(date.getTime()) || date.getUTCFullYear() > 2199) continue;
      if (said === 'either' && !isAhead(plain, match.index)) continue;
      const from = match.index + (match[0].length - match[0].trimStart().length);
      return { from, to: match.index + match[0].length, date: date.toISOString().slice(0, 10) };
    }
  }
  return null;
}

function isAhead(plain: string, at: number): boolean {
  if (plain.length < 80) return true;
  const start = Math.max(plain.lastIndexOf('.', at - 3), plain.lastIndexOf('\n', at)) + 1;
  const end = plain.slice(at).search(/[.!?\n]/);
  return AHEAD.test(plain.slice(Math.max(0, start - 120), end === -1 ? undefined : at + end));
}

function readHours(plain: string): TimeReading['hoursPerWeek'] {
  const match = HOURS.exec(plain);
  if (!match) return null;
  const hours = toNumber(match[1]) * (match[2] === 'day' ? DAYS_A_WEEK : 1);
  if (!(hours >= 0.5 && hours <= 80)) return null;
  return { from: match.index, to: match.index + match[0].length, hours };
}

function toNumber(word = ''): number {
  const named = NUMBERS.indexOf(word === 'an' ? 'a' : word);
  return named === -1 ? Number(word.replace(',', '.')) : Math.max(1, named);
}

const monthOf = (word = ''): number => MONTHS.findIndex((name) => name.startsWith(word.slice(0, 3)));

/** A day that exists; 31 February does not. */
function dayOf(year: number, month: number, day: number): Date | undefined {
  const date = new Date(Date.UTC(year, month, day));
  return day === 0 || date.getUTCDate() === day ? date : undefined;
}

/** The next such day, unless a year is given. */
function coming(today: Date, month: number, day: number, year?: string): Date | undefined {
  const date = dayOf(Number(year ?? today.getUTCFullYear()), month, day);
  if (year !== undefined || !date || date >= today) return date;
  return dayOf(today.getUTCFullYear() + 1, month, day);
}

function lastDay(today: Date, month: number, year?: string): number {
  return new Date(Date.UTC(Number(year ?? today.getUTCFullYear()), month + 1, 0)).getUTCDate();
}

function later(today: Date, n: number, unit = ''): Date | undefined {
  if (!(n > 0)) return undefined;
  if (unit === 'month') {
    const date = new Date(today);
    date.setUTCMonth(date.getUTCMonth() + Math.round(n));
    return date;
  }
  return new Date(today.getTime() + Math.round(n * (unit === 'week' ? 7 : 1)) * DAY);
}
