import type { Family } from '../curriculum.ts';
import { errorIn } from '../finding.ts';
import type { Finding } from '../finding.ts';
import type { Answer } from '../items/answer.ts';
import { compileVariant, listVariants } from '../items/compile-variant.ts';
import { gradeAnswer } from '../items/grade-answer.ts';
import { parseAnswer } from '../items/parse-answer.ts';
import { toItem } from '../items/to-item.ts';
import type { Variant } from '../items/variant.ts';
import { listAnswers } from './list-answers.ts';
import type { TestAnswer } from './list-answers.ts';

/** Seeds each parametric family must stand. */
export const SEEDS = 200;
/** Failing seeds after which the rest are not tried. */
const FAILURES = 3;

/**
 * Plays a family: every variant compiles, its key is graded correct, every authored wrong answer incorrect and with
 * its misconception. Each kind of problem is reported once, with the first variant that shows it.
 */
export function verifyFamily(family: Family): Finding[] {
  const problems = new Map<string, { message: string; variant: string; times: number }>();
  const note = (kind: string, variant: string, message: string): void => {
    const known = problems.get(kind);
    if (known) known.times++;
    else problems.set(kind, { message, variant, times: 1 });
  };
  const variants = family.parametric
    ? Array.from({ length: SEEDS }, (_, seed) => String(seed))
    : listVariants(family);
  const keys = new Map<string, string>();
  for (const id of variants) {
    try {
      const variant = compileVariant(family, id);
      verifyVariant(variant, note);
      const key = JSON.stringify(comparableKey(variant));
      const before = keys.get(variant.fingerprint);
      if (before !== undefined && before !== key) {
        note(
          'twins',
          id,
          'reads the same as another variant but has another answer; show what differs, in the prompt or among the givens',
        );
      }
      keys.set(variant.fingerprint, key);
    } catch (error) {
      note('compile', id, error instanceof Error ? error.message : String(error));
      // Each failing seed costs a thousand draws; a few tell as much as all.
      if ((problems.get('compile')?.times ?? 0) >= FAILURES) break;
    }
  }
  return [...problems].map(([, { message, variant, times }]) => {
    const what = family.parametric ? 'seed' : 'variant';
    const often = times > 1 ? ` (and ${times - 1} more)` : '';
    return errorIn('verify', family.file, `${what} ${variant}${often}: ${message}`);
  });
}

/** The right answer in words that do not depend on letters or order. */
function comparableKey({ key }: Variant): unknown {
  switch (key.kind) {
    case 'numeric':
      return Number(key.value.toPrecision(9));
    case 'choice':
    case 'multi':
      return key.options
        .filter((option) => option.correct)
        .map((option) => option.text)
        .sort();
    case 'order':
      return key.sequence.map((id) => key.options.find((option) => option.id === id)?.text);
    default:
      return null;
  }
}

type Note = (kind: string, variant: string, message: string) => void;

function verifyVariant(variant: Variant, note: Note): void {
  if (variant.prompt === '')
    note('prompt', variant.variant, 'has no prompt; give one beside variants or in the variant');
  if (variant.solution === '') note('solution', variant.variant, 'has no solution; show the working');
  if (variant.hints.length < 2) note('hints', variant.variant, 'has fewer than two hints');
  const { right, wrong } = listAnswers(variant);
  for (const answer of right) {
    const grade = gradeParsed(variant, answer.input);
    if (typeof grade === 'string')
      note('key', variant.variant, `its key ${show(answer)} cannot be read: ${grade}`);
    else if (!grade.correct)
      note('key', variant.variant, `its key ${show(answer)} is graded incorrect; check answer and tolerance`);
  }
  wrong.forEach((answer, n) => verifyWrong(variant, answer, n, note));
  if (JSON.stringify(toItem(variant)).length > 20_000)
    note('size', variant.variant, 'is longer than 20,000 characters');
}

function verifyWrong(variant: Variant, answer: TestAnswer, n: number, note: Note): void {
  const grade = gradeParsed(variant, answer.input);
  if (typeof grade === 'string') {
    note(`wrong-${n}`, variant.variant, `its wrong answer ${show(answer)} cannot be read: ${grade}`);
  } else if (grade.correct) {
    note(
      `wrong-${n}`,
      variant.variant,
      `its wrong answer ${show(answer)} is graded correct; it lies within the tolerance or the accepted texts`,
    );
  } else if (answer.misconception !== null) {
    const named = [grade.misconception, ...grade.alsoPossible].map((each) => each?.id);
    if (!named.includes(answer.misconception)) {
      note(
        `wrong-${n}`,
        variant.variant,
        `its wrong answer ${show(answer)} does not name ${answer.misconception}; is the id in skill.yaml?`,
      );
    }
  }
}

function show(answer: TestAnswer): string {
  return JSON.stringify(answer.shown).slice(0, 80);
}

function gradeParsed(variant: Variant, input: unknown): ReturnType<typeof gradeAnswer> | string {
  const parsed = parseAnswer(variant, input);
  if (!parsed.ok) return parsed.problem;
  const answer: Answer | null = parsed.answer;
  return gradeAnswer(variant, answer);
}
