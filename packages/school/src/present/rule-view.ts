import { judgeCheck, RULE_SENTENCE, RULE_VERSION, type CheckState } from '@edirae/engine';
import type { CheckProgressView, RuleView } from '../views.ts';

/** The rule as it stands for an open check. */
export function ruleView(check: CheckState, p: number): RuleView {
  return { version: RULE_VERSION, sentence: RULE_SENTENCE, conditions: judgeCheck(check, p).conditions };
}

export function checkProgress(check: CheckState, p: number): CheckProgressView {
  const judged = judgeCheck(check, p);
  return {
    checkId: check.checkId,
    status: judged.status,
    streak: judged.streak,
    misses: judged.misses,
    asked: judged.asked,
    missing: judged.missing,
    conditions: judged.conditions,
    run: check.answers.map((answer) => answer.outcome),
  };
}
