import { judgeCheck, RULE_VERSION, type CheckState } from '@edirae/engine';
import type { CheckProgressView, RuleView } from '../views.ts';

/** Rule version 1 for passing a check, in one sentence. */
export const RULE_SENTENCE =
  'Three right answers in a row with p at .80 or above, or eight in a row; over at least two item families, two kinds of item where the skill has two, and one item of level 2 or 3. Two misses or ten answers end the check.';

/** The rule as it stands for an open check. */
export function ruleView(check: CheckState, p: number): RuleView {
  return { version: RULE_VERSION, sentence: RULE_SENTENCE, conditions: judgeCheck(check, p).conditions };
}

/** How the open check stands. @param canPass see {@link CheckProgressView} */
export function checkProgress(check: CheckState, p: number, canPass: boolean): CheckProgressView {
  const judged = judgeCheck(check, p);
  return {
    checkId: check.checkId,
    status: judged.status,
    streak: judged.streak,
    misses: judged.misses,
    asked: judged.asked,
    missing: judged.missing,
    conditions: judged.conditions,
    canPass,
    run: check.answers.map((answer) => answer.outcome),
  };
}
