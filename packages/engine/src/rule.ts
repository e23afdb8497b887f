import type { CheckAnswer, CheckState } from './state.ts';
import type { ItemKind, Level } from './events.ts';
import {
  CHECK_ANSWERS,
  CHECK_MISSES,
  PASS_FAMILIES,
  PASS_KINDS,
  PASS_LEVEL,
  PASS_LONG_STREAK,
  PASS_P,
  PASS_STREAK,
} from './rule-numbers.ts';

/** One requirement of the rule, as it stands. */
export interface Condition {
  name: 'streak' | 'p' | 'families' | 'kinds' | 'level';
  value: number;
  needs: number;
  met: boolean;
  /** What is needed, in words that fit after "The rule asks for". */
  text: string;
}

/** What rule 1 says of a check after its latest answer. */
export interface CheckVerdict {
  status: 'open' | 'passed' | 'not-yet';
  /** Why it ended; absent while it is open. */
  reason?: 'rule' | 'second-miss' | 'tenth-answer';
  /** Right answers in a row at the end. */
  streak: number;
  /** The longest run of right answers so far. */
  longest: number;
  misses: number;
  asked: number;
  /** Families, kinds and levels of the streak, each once, in order of appearance. */
  families: string[];
  kinds: ItemKind[];
  levels: Level[];
  conditions: Condition[];
  /** Texts of the conditions not met. Empty exactly when the check is passed. */
  missing: string[];
}

/**
 * Rule 1 on the answers of a check. A pass is tested first; not yet comes at the second miss or the tenth answer.
 * @param p the model's chance, unrounded, for an item of the check's pinned difficulty, after the latest answer.
 */
export function judgeCheck(check: Pick<CheckState, 'answers' | 'kinds'>, p: number): CheckVerdict {
  const run = currentRun(check.answers);
  const families = unique(run.map((answer) => answer.family));
  const kinds = unique(run.map((answer) => answer.kind));
  const levels = unique(run.map((answer) => answer.level));
  const conditions = conditionsOf(run.length, p, families.length, kinds.length, check.kinds, levels);
  const misses = check.answers.filter((answer) => answer.outcome !== 'correct').length;
  const asked = check.answers.length;
  const facts = {
    streak: run.length,
    longest: longestRun(check.answers),
    misses,
    asked,
    families,
    kinds,
    levels,
    conditions,
  };
  const missing = conditions.filter((condition) => !condition.met).map((condition) => condition.text);
  if (missing.length === 0) return { status: 'passed', reason: 'rule', ...facts, missing };
  if (misses >= CHECK_MISSES) return { status: 'not-yet', reason: 'second-miss', ...facts, missing };
  if (asked >= CHECK_ANSWERS) return { status: 'not-yet', reason: 'tenth-answer', ...facts, missing };
  return { status: 'open', ...facts, missing };
}

/** Whether right answers alone could still pass the check. Shown, never used to end one: the rule ends it. */
export function canPass(check: Pick<CheckState, 'answers' | 'kinds'>, p: number): boolean {
  const { status, streak, misses, asked } = judgeCheck(check, p);
  if (status !== 'open') return status === 'passed';
  return misses < CHECK_MISSES && streak + (CHECK_ANSWERS - asked) >= PASS_STREAK;
}

function conditionsOf(
  streak: number,
  p: number,
  families: number,
  kinds: number,
  skillKinds: number,
  levels: Level[],
): Condition[] {
  const long = streak >= PASS_LONG_STREAK;
  const kindsNeeded = Math.min(PASS_KINDS, Math.max(1, skillKinds));
  const level = Math.max(0, ...levels);
  return [
    condition('streak', streak, PASS_STREAK, `${PASS_STREAK} right answers in a row`),
    {
      ...condition('p', p, PASS_P, `p of at least .80, or ${PASS_LONG_STREAK} right answers in a row`),
      met: p >= PASS_P || long,
    },
    condition('families', families, PASS_FAMILIES, `${PASS_FAMILIES} different item families in that run`),
    condition(
      'kinds',
      kinds,
      kindsNeeded,
      kindsNeeded > 1 ? `${kindsNeeded} kinds of item in that run` : 'one item in that run',
    ),
    condition('level', level, PASS_LEVEL, 'one item of level 2 or 3 in that run'),
  ];
}

function condition(name: Condition['name'], value: number, needs: number, text: string): Condition {
  return { name, value, needs, met: value >= needs, text };
}

/** The right answers since the last miss. One that does not count (it cannot happen in a check) neither adds nor breaks. */
function currentRun(answers: readonly CheckAnswer[]): CheckAnswer[] {
  const lastMiss = answers.findLastIndex((answer) => answer.outcome !== 'correct');
  return answers.slice(lastMiss + 1).filter((answer) => answer.counts);
}

function longestRun(answers: readonly CheckAnswer[]): number {
  let longest = 0;
  let run = 0;
  for (const answer of answers) {
    if (answer.outcome !== 'correct') run = 0;
    else if (answer.counts) run += 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
