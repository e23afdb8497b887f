/** The answers of one learner on one skill, with what each model believed after each. */
export interface Sequence {
  /** 1 right, 0 wrong. */
  outcomes: number[];
  /** p of a typical item after each answer. */
  p: number[];
  /** BKT's chance that the skill is known, after each answer. */
  known: number[];
}

/** The number of answers after which mastery is declared, or null for never. */
export type DecisionRule = (sequence: Sequence) => number | null;

export interface DecisionFigures {
  /** Of those declared with at least five answers to follow: the share with fewer than three of the next five right. */
  far: number;
  /** Mean answers beyond the point of mastery, over sequences that hindsight calls mastered. */
  waste: number;
  /** Of these, the share never declared. */
  missed: number;
}

/** Shorter sequences are not judged. */
export const SHORTEST = 10;
const AHEAD = 5;

/**
 * The number of answers after which hindsight calls the skill mastered: the first point from which at least 4 of the next 5 and at least
 * 80% of the rest are right. Null if there is none with five to follow.
 */
export function masteredAt(outcomes: readonly number[]): number | null {
  const n = outcomes.length;
  let rest = outcomes.reduce((a, b) => a + b, 0);
  let next = outcomes.slice(0, AHEAD).reduce((a, b) => a + b, 0);
  for (let t = 0; t + AHEAD <= n; t++) {
    if (next >= 4 && rest >= 0.8 * (n - t)) return t;
    rest -= outcomes[t]!;
    next += (outcomes[t + AHEAD] ?? 0) - outcomes[t]!;
  }
  return null;
}

/** FAR, waste and missed of a rule. A sequence never declared counts to its end in waste. */
export function judgeRule(sequences: readonly Sequence[], rule: DecisionRule): DecisionFigures {
  let declared = 0;
  let failed = 0;
  let mastered = 0;
  let wasted = 0;
  let missed = 0;
  for (const sequence of sequences) {
    const { outcomes } = sequence;
    const at = rule(sequence);
    if (at !== null && at + AHEAD <= outcomes.length) {
      declared += 1;
      let right = 0;
      for (let k = at; k < at + AHEAD; k++) right += outcomes[k]!;
      if (right < 3) failed += 1;
    }
    const point = masteredAt(outcomes);
    if (point === null) continue;
    mastered += 1;
    if (at === null) missed += 1;
    wasted += Math.max(0, (at ?? outcomes.length) - point);
  }
  return { far: failed / declared, waste: wasted / mastered, missed: missed / mastered };
}

/** The shipped rule with its threshold on p: (3 in a row and p ≥ threshold) or 8 in a row. */
export function shippedRule(threshold: number): DecisionRule {
  return ({ outcomes, p }) => {
    let streak = 0;
    for (let t = 0; t < outcomes.length; t++) {
      streak = outcomes[t] === 1 ? streak + 1 : 0;
      if ((streak >= 3 && p[t]! >= threshold) || streak >= 8) return t + 1;
    }
    return null;
  };
}

/** BKT's chance of knowing at or over a threshold. */
export function bktRule(threshold: number): DecisionRule {
  return ({ known }) => {
    const at = known.findIndex((value) => value >= threshold);
    return at < 0 ? null : at + 1;
  };
}

/** So many right answers in a row. */
export function inARowRule(length: number): DecisionRule {
  return ({ outcomes }) => {
    let streak = 0;
    for (let t = 0; t < outcomes.length; t++) {
      streak = outcomes[t] === 1 ? streak + 1 : 0;
      if (streak >= length) return t + 1;
    }
    return null;
  };
}

/**
 * FAR where a rule's waste is the one asked for, linear between neighbouring thresholds. Where the sweep never reaches it, FAR at the
 * nearest waste.
 */
export function farAtWaste(
  sequences: readonly Sequence[],
  rules: readonly DecisionRule[],
  waste: number,
): number {
  const points = rules.map((rule) => judgeRule(sequences, rule)).filter(({ far }) => Number.isFinite(far));
  points.sort((a, b) => a.waste - b.waste);
  const above = points.findIndex((point) => point.waste >= waste);
  const high = points[above];
  const low = points[above - 1];
  if (high === undefined) return points.at(-1)?.far ?? Number.NaN;
  if (low === undefined || high.waste === low.waste) return high.far;
  return low.far + ((high.far - low.far) * (waste - low.waste)) / (high.waste - low.waste);
}
