/**
 * The numbers of mastery rule 1. Source, unless said otherwise: the rule itself (docs/engine.md), whose thresholds come from public logs of
 * real learners: at equal over-practice, (3 in a row and p ≥ .80) or 8 in a row let 22–41% fewer through who then failed than BKT ≥ .95.
 * rule.test.ts pins them.
 */

/** Version of the rule that new decisions are pinned to. */
export const RULE_VERSION = 1;

/** Answers right in a row that pass together with `PASS_P`. */
export const PASS_STREAK = 3;

/** p that passes together with `PASS_STREAK`. Compared unrounded. */
export const PASS_P = 0.8;

/** Answers right in a row that pass whatever p is: for skills whose slip rate keeps an honest p under .80. */
export const PASS_LONG_STREAK = 8;

/** Families that the streak must span. */
export const PASS_FAMILIES = 2;

/** Kinds that the streak must span, where the skill has that many. */
export const PASS_KINDS = 2;

/** The streak must hold an item of this level or higher. */
export const PASS_LEVEL = 2;

/** A check ends not yet at this many misses. */
export const CHECK_MISSES = 2;

/** A check ends at this many answers at the latest. */
export const CHECK_ANSWERS = 10;

/** Milliseconds without an answer after which a check or a placement is closed. */
export const SESSION_CLOSES_AFTER = 24 * 3_600_000;

/** Correct, fresh, first-try, unaided practice answers that open the next check after a not yet. */
export const MEND_ANSWERS = 3;

/** Not-yets in a row that stop without mastery. */
export const STOP_AFTER = 3;

/** Milliseconds that pass before the next check after a stop. */
export const STOP_FOR = 12 * 3_600_000;

/** p from which a placement places a skill. Compared unrounded. */
export const PLACE_P = 0.85;

/** Items in a placement, at most. */
export const PLACEMENT_ITEMS = 15;

/** The earlier of the two reviews that retain: this long after the pass, or after the last miss since. */
export const RETAIN_FIRST_AFTER = 48 * 3_600_000;

/** The later one. */
export const RETAIN_SECOND_AFTER = 168 * 3_600_000;

/** A variant is fresh again this long after it was last issued. */
export const FRESH_AFTER = 90 * 86_400_000;

/** Share of a rubric's lines that a passed lab must have earned for the skills they carry to be Applied. */
export const APPLIED_SHARE = 0.7;

/** Questions about one's own work that must be right for it to count as explained. */
export const EXPLAIN_RIGHT = 2;

/** How many are asked. */
export const EXPLAIN_QUESTIONS = 3;

/** Milliseconds before other questions can be asked after too few were right: as after a stop. */
export const EXPLAIN_AGAIN_AFTER = 12 * 3_600_000;
