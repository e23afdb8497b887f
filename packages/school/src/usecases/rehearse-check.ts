import {
  canPass,
  CURRENT_ESTIMATOR,
  getEstimator,
  judgeCheck,
  levelDifficulty,
  RULE_VERSION,
  type CheckAnswer,
  type ItemKind,
  type Level,
} from '@edirae/engine';
import { RULE_SENTENCE } from '../present/rule-view.ts';
import type { CheckProgressView, RuleView } from '../views.ts';

/** The skill of the example: four families, as most skills have, over two kinds and three levels. */
const FAMILIES: readonly { family: string; kind: ItemKind; level: Level }[] = [
  { family: 'A', kind: 'numeric', level: 2 },
  { family: 'B', kind: 'choice', level: 2 },
  { family: 'C', kind: 'numeric', level: 3 },
  { family: 'D', kind: 'choice', level: 1 },
];
const KINDS = 2;
const MEAN = FAMILIES.reduce((sum, { level }) => sum + levelDifficulty(level), 0) / FAMILIES.length;
const SKILL = 'example';
const MINUTE = 60_000;

/** One answer of the example, and p after it. */
export interface RehearsedAnswer {
  family: string;
  kind: ItemKind;
  level: Level;
  right: boolean;
  p: number;
}

/** A check that nobody takes: the real rule and the real model on answers that a visitor makes up. */
export interface RehearsedCheck {
  /** The answers that were heard, `y` right and `n` missed: those after the end of the check are left out. */
  run: string;
  answers: RehearsedAnswer[];
  /** The chance before the first answer: a learner about whom nothing is known. */
  start: number;
  p: number;
  status: CheckProgressView['status'];
  reason: 'rule' | 'second-miss' | 'tenth-answer' | null;
  progress: CheckProgressView;
  rule: RuleView;
  /** The item that a check would ask now; null where it has ended. */
  next: { family: string; kind: ItemKind; level: Level } | null;
}

/** Plays a made-up run of answers through the rule. Records nothing. @param run `y` and `n`; anything else is left out */
export function rehearseCheck(run: string): RehearsedCheck {
  const estimator = getEstimator(CURRENT_ESTIMATOR);
  let state = estimator.initial();
  const pAt = (at: number) =>
    estimator.predict(state, { skill: SKILL, family: null, difficulty: MEAN, at }).p;
  const start = pAt(0);
  const heard: RehearsedAnswer[] = [];
  const answers: CheckAnswer[] = [];
  let judged = judgeCheck({ answers, kinds: KINDS }, start);
  for (const sign of run.replaceAll(/[^yn]/g, '')) {
    if (judged.status !== 'open') break;
    const item = itemAt(answers.length);
    const at = (answers.length + 1) * MINUTE;
    const outcome = sign === 'y' ? 'correct' : 'incorrect';
    state = estimator.observe(state, {
      skill: SKILL,
      family: item.family,
      difficulty: levelDifficulty(item.level),
      skillDifficulty: MEAN,
      outcome,
      aid: 'none',
      retry: false,
      implies: [],
      at,
    });
    answers.push({
      issueId: `${answers.length}`,
      variant: `${answers.length}`,
      ...item,
      outcome,
      counts: true,
      misconception: null,
      at,
    });
    const p = pAt(at);
    heard.push({ ...item, right: sign === 'y', p });
    judged = judgeCheck({ answers, kinds: KINDS }, p);
  }
  const { status, reason, streak, misses, asked, missing, conditions } = judged;
  return {
    run: heard.map(({ right }) => (right ? 'y' : 'n')).join(''),
    answers: heard,
    start,
    p: heard.at(-1)?.p ?? start,
    status,
    reason: reason ?? null,
    progress: {
      checkId: SKILL,
      status,
      streak,
      misses,
      asked,
      missing,
      conditions,
      canPass: canPass({ answers, kinds: KINDS }, heard.at(-1)?.p ?? start),
      run: answers.map((answer) => answer.outcome),
    },
    rule: { version: RULE_VERSION, sentence: RULE_SENTENCE, conditions },
    next: status === 'open' ? itemAt(answers.length) : null,
  };
}

function itemAt(n: number): (typeof FAMILIES)[number] {
  return FAMILIES[n % FAMILIES.length] as (typeof FAMILIES)[number];
}
