import type { Outcome } from '@edirae/engine';
import type { Answer, NumericAnswer } from './answer.ts';
import { judgeNumeric } from './grade-numeric.ts';
import type { Judgement } from './judgement.ts';
import { normaliseText } from './normalise-text.ts';
import type { ClozeKey, Diagnosis, MatchKey, OptionsKey, OrderKey, ShortKey, Variant } from './variant.ts';

/** The verdict on one answer. */
export interface Grade {
  correct: boolean;
  outcome: Outcome;
  /** The misconception the answer shows; its title is the belief. */
  misconception: { id: string; title: string } | null;
  /** Further misconceptions that lead to the same answer. */
  alsoPossible: { id: string; title: string }[];
  /** Markdown. It never holds the key of an answer that was wrong. */
  feedback: string;
  /** One plain sentence, without markup. */
  headline: string;
}

/** Grades an answer that `parseAnswer` accepted; null is "I don't know yet", a miss said honestly. */
export function gradeAnswer(variant: Variant, answer: Answer | null): Grade {
  if (answer === null) {
    return {
      correct: false,
      outcome: 'skipped',
      misconception: null,
      alsoPossible: [],
      feedback: '',
      headline: 'Not known yet',
    };
  }
  const judgement = judge(variant, answer);
  const named = judgement.matches.flatMap((match) => findMisconception(variant, match));
  const [misconception, ...others] = named.filter(
    ({ id }, n) => named.findIndex((each) => each.id === id) === n,
  );
  return {
    correct: judgement.correct,
    outcome: judgement.correct ? 'correct' : 'incorrect',
    misconception: misconception ?? null,
    alsoPossible: others,
    feedback: judgement.feedback,
    headline: headlineOf(judgement),
  };
}

function headlineOf({ correct, headline, complete }: Judgement): string {
  if (complete && headline !== null) return headline;
  const verdict = correct ? 'Correct' : 'Not this time';
  if (headline === null || headline === '') return verdict;
  return `${verdict}. ${headline.charAt(0).toUpperCase()}${headline.slice(1)}`;
}

function findMisconception(variant: Variant, match: Diagnosis): { id: string; title: string }[] {
  const found = variant.misconceptions.find(({ id }) => id === match.misconception);
  return found ? [{ id: found.id, title: found.belief }] : [];
}

function judge(variant: Variant, answer: Answer): Judgement {
  const { key } = variant;
  switch (key.kind) {
    case 'choice':
    case 'multi':
      return judgeOptions(key, Array.isArray(answer) ? answer : [String(answer)]);
    case 'numeric':
      return judgeNumeric(key, answer as NumericAnswer);
    case 'order':
      return judgeOrder(key, answer as string[]);
    case 'match':
      return judgeMatch(key, answer as Record<string, string>);
    case 'cloze':
      return judgeCloze(key, answer as Record<string, string>);
    case 'short':
      return judgeShort(key, String(answer));
  }
}

/** Feedback of several parts as one text, each part said once. */
function join(parts: readonly string[]): string {
  return [...new Set(parts.filter((part) => part !== ''))].join('\n\n');
}

function judgeOptions(key: OptionsKey, picked: readonly string[]): Judgement {
  const wrong = key.options.filter((option) => option.correct !== picked.includes(option.id));
  if (wrong.length === 0) {
    const right = key.options.filter((option) => option.correct);
    return {
      correct: true,
      headline: null,
      matches: [],
      feedback: join([...right.map((o) => o.feedback), key.feedback]),
    };
  }
  // What was picked and should not have been tells most about a belief; what is missing is not given away.
  const taken = wrong.filter((option) => !option.correct);
  const missed = wrong.length - taken.length;
  const partial =
    key.kind === 'multi' && missed > 0
      ? [missed === 1 ? 'One statement that belongs is missing.' : `${missed} that belong are missing.`]
      : [];
  return {
    correct: false,
    headline: taken[0]?.headline ?? null,
    matches: taken.length > 0 ? taken : wrong,
    feedback: join([...taken.map((option) => option.feedback), ...partial, key.feedback]),
  };
}

function judgeOrder(key: OrderKey, order: readonly string[]): Judgement {
  const same = (sequence: readonly string[]): boolean => sequence.every((id, n) => id === order[n]);
  if (same(key.sequence)) return { correct: true, headline: null, matches: [], feedback: '' };
  const known = key.wrong.find((wrong) => same(wrong.sequence));
  return {
    correct: false,
    headline: known?.headline ?? null,
    matches: known ? [known] : [],
    feedback: join([known?.feedback ?? '', key.feedback]),
  };
}

function judgeMatch(key: MatchKey, matched: Readonly<Record<string, string>>): Judgement {
  const wrong = key.pairs.filter((pair) => matched[pair.left] !== pair.right);
  if (wrong.length === 0) return { correct: true, headline: null, matches: [], feedback: '' };
  const right = key.pairs.length - wrong.length;
  return {
    correct: false,
    headline: `${right} of ${key.pairs.length} match`,
    // Several wrong pairs tell of a belief only where they all tell of the same one.
    matches: new Set(wrong.map((pair) => pair.misconception)).size === 1 ? wrong : [],
    feedback: join([
      ...wrong.map((pair) => {
        const row = key.left.find((each) => each.id === pair.left)?.text;
        return pair.feedback === '' || row === undefined ? pair.feedback : `**${row}:** ${pair.feedback}`;
      }),
      key.feedback,
    ]),
  };
}

function accepts(list: readonly string[], text: string): boolean {
  const typed = normaliseText(text);
  return list.some((each) => normaliseText(each) === typed);
}

function judgeCloze(key: ClozeKey, texts: Readonly<Record<string, string>>): Judgement {
  const wrong = key.blanks.filter((blank) => !accepts(blank.accept, texts[blank.id] ?? ''));
  if (wrong.length === 0) return { correct: true, headline: null, matches: [], feedback: '' };
  const known = wrong.flatMap((blank) =>
    blank.wrong.filter((each) => accepts(each.accept, texts[blank.id] ?? '')),
  );
  const right = key.blanks.length - wrong.length;
  const count = key.blanks.length > 1 ? `${right} of ${key.blanks.length} blanks are right` : null;
  return {
    correct: false,
    headline: known[0]?.headline ?? count,
    matches: known,
    feedback: join([...known.map((each) => each.feedback), key.feedback]),
  };
}

function judgeShort(key: ShortKey, text: string): Judgement {
  if (accepts(key.accept, text)) return { correct: true, headline: null, matches: [], feedback: '' };
  const known = key.wrong.filter((each) => accepts(each.accept, text));
  return {
    correct: false,
    headline: known[0]?.headline ?? null,
    matches: known,
    feedback: join([...known.map((each) => each.feedback), key.feedback]),
  };
}
