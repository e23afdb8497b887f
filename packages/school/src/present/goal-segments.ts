import { readTime, type GoalReading, type Span } from '@edirae/curriculum';
import type { GoalPhrase, GoalSegment } from '../goal-views.ts';

import type { School } from '../school.ts';
import { skillTitle } from './titles.ts';

interface Marked {
  kind: GoalPhrase['kind'];
  spans: Span[];
  words: string;
  became: string;
  skills: string[];
}

/** The goal quoted with its phrases marked and numbered, and what each became. @param today YYYY-MM-DD, the day it was stated */
export function readPhrases(
  school: School,
  text: string,
  reading: GoalReading,
  { deadline, hoursPerWeek, today }: { deadline: string | null; hoursPerWeek: number; today: string },
): { segments: GoalSegment[]; phrases: GoalPhrase[] } {
  const time = readTime(text, today);
  const marked = [
    ...askedPhrases(reading),
    ...reading.outside.map(({ title, words, spans }) => ({
      kind: 'outside' as const,
      spans,
      words: words.join(', '),
      became: `${title}: not taught here`,
      skills: [],
    })),
    ...refusedPhrases(reading),
    ...(time.deadline && time.deadline.date === deadline
      ? [toTime(text, time.deadline, `Wanted by ${time.deadline.date}`)]
      : []),
    ...(time.hoursPerWeek && time.hoursPerWeek.hours === hoursPerWeek
      ? [toTime(text, time.hoursPerWeek, `${time.hoursPerWeek.hours} hours a week`)]
      : []),
  ].sort((a, b) => (a.spans[0]?.from ?? 0) - (b.spans[0]?.from ?? 0));
  return {
    segments: toSegments(text, marked),
    phrases: marked.map((one, i) => toPhrase(school, one, i + 1)),
  };
}

/** Targets by the words that ask for them: one phrase may ask for several. */
function askedPhrases(reading: GoalReading): Marked[] {
  const byWords = new Map<string, Marked>();
  for (const { skill, words, spans } of reading.targets) {
    const key = words.join(', ');
    const known = byWords.get(key);
    if (known) known.skills.push(skill);
    else byWords.set(key, { kind: 'asked', spans, words: key, became: '', skills: [skill] });
  }
  for (const named of [...(reading.career ? [reading.career] : []), ...reading.exams]) {
    const phrase = byWords.get(named.words.join(', '));
    if (phrase)
      phrase.became = 'code' in named ? `${named.code}, ${named.title}` : `The work of ${named.title}`;
  }
  return [...byWords.values()];
}

function refusedPhrases(reading: GoalReading): Marked[] {
  const byWords = new Map<string, Marked>();
  for (const { skill, words, spans } of reading.refused) {
    const key = words.join(', ');
    const known = byWords.get(key);
    if (known) known.skills.push(skill);
    else
      byWords.set(key, {
        kind: 'refused',
        spans,
        words: key,
        became: 'Left out, as you say',
        skills: [skill],
      });
  }
  return [...byWords.values()];
}

function toTime(text: string, { from, to }: Span, became: string): Marked {
  return { kind: 'time', spans: [{ from, to }], words: text.slice(from, to), became, skills: [] };
}

function toPhrase(school: School, { kind, words, became, skills }: Marked, n: number): GoalPhrase {
  return {
    n,
    kind,
    words,
    became,
    skills: skills.map((id) => ({
      id,
      title: skillTitle(school, id),
      criterion: school.curriculum.skills.get(id)?.criterion ?? '',
    })),
  };
}

/** The text cut at the phrases; where two overlap, the first keeps the words. */
function toSegments(text: string, marked: readonly Marked[]): GoalSegment[] {
  const cuts = marked
    .flatMap(({ kind, spans }, i) => spans.map((span) => ({ ...span, kind, n: i + 1 })))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const segments: GoalSegment[] = [];
  let at = 0;
  for (const { from, to, kind, n } of cuts) {
    if (from < at) continue;
    if (from > at) segments.push({ text: text.slice(at, from), n: null, kind: null });
    segments.push({ text: text.slice(from, to), n, kind });
    at = to;
  }
  if (at < text.length) segments.push({ text: text.slice(at), n: null, kind: null });
  return segments;
}
