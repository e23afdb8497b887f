/**
 * Our review scheduling beside ts-fsrs itself, on random histories: `npm run bench -- review [--histories 2000] [--seed text]`.
 * They must be identical: every difference in the table is the largest there was, and must be 0. Ends with an error where it is not.
 */
import { parseArgs } from 'node:util';
import { createEmptyCard, fsrs, type Card, type Grade } from 'ts-fsrs';
import { createCard, createRandom, rateCard, RECALL_TARGET, recallOf, type ReviewCard } from '@edirae/engine';
import { answeredReview, passedReview } from '../packages/engine/src/review-record.ts';
import type { Bench } from './main.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5, 9);
const LONGEST = 30;

/** FSRS as its documentation sets it up: default parameters, our recall target, nothing by chance, whole days. */
const REFERENCE = fsrs({ request_retention: RECALL_TARGET, enable_fuzz: false, enable_short_term: false });

interface Differences {
  reviews: number;
  dueMs: number;
  stabilityDays: number;
  difficulty: number;
  recall: number;
}

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: { histories: { type: 'string', default: '2000' }, seed: { type: 'string', default: 'review' } },
  });
  const histories = Number(values.histories);
  progress(`${histories} histories of up to ${LONGEST} reviews`);
  const cards = compare(histories, `${values.seed}/cards`, gradeCard);
  const skills = compare(histories, `${values.seed}/skills`, answerSkill);
  const rows = [
    { what: 'flashcards, four grades', histories, ...cards },
    { what: 'skills: pass, right, with help, missed', histories, ...skills },
  ];
  const differs = rows.some((row) => Math.max(row.dueMs, row.stabilityDays, row.difficulty, row.recall) > 0);
  if (differs) throw new Error(`Not identical to ts-fsrs: ${JSON.stringify(rows)}`);
  return rows;
};

/** One review of ours at a time, with the grade that FSRS is to be given. */
type Review = (card: ReviewCard, at: number, random: () => number) => { card: ReviewCard; grade: Grade };

const gradeCard: Review = (card, at, random) => {
  const grade = (1 + Math.floor(random() * 4)) as Grade & (1 | 2 | 3 | 4);
  return { card: rateCard(card, at, grade), grade };
};

/** A skill's record as the fold keeps it: a pass at first, then reviews, a third of them missed. */
const answerSkill: Review = (card, at, random) => {
  if (card.reps === 0) return { card: passedReview(null, at).card, grade: 3 };
  const right = random() < 0.67;
  const unaided = random() < 0.9;
  const review = { ...passedReview(null, at), card };
  const answer = {
    issueId: 'i',
    outcome: right ? ('correct' as const) : ('incorrect' as const),
    unaided,
    counts: unaided,
    at,
  };
  return { card: answeredReview(review, answer).card, grade: right ? (unaided ? 3 : 2) : 1 };
};

function compare(histories: number, seed: string, review: Review): Differences {
  const most: Differences = { reviews: 0, dueMs: 0, stabilityDays: 0, difficulty: 0, recall: 0 };
  for (let run = 0; run < histories; run++) {
    const random = createRandom(`${seed}/${run}`);
    let at = START;
    let ours = createCard(at);
    let theirs: Card = createEmptyCard(new Date(at));
    const length = 1 + Math.floor(random() * LONGEST);
    for (let step = 0; step < length; step++) {
      const next = review(ours, at, random);
      ours = next.card;
      theirs = REFERENCE.next(theirs, new Date(at), next.grade).card;
      most.reviews += 1;
      most.dueMs = Math.max(most.dueMs, Math.abs(ours.due - theirs.due.getTime()));
      most.stabilityDays = Math.max(most.stabilityDays, Math.abs(ours.stability - theirs.stability));
      most.difficulty = Math.max(most.difficulty, Math.abs(ours.difficulty - theirs.difficulty));
      // Early, in time, late, and now and then a year later.
      at += Math.round((random() < 0.05 ? 365 : ours.interval * 2 * random()) * DAY);
      // ts-fsrs counts whole days since the last review; ours counts parts of days too, so they are asked at whole ones.
      const asked = (ours.last ?? at) + Math.floor((at - (ours.last ?? at)) / DAY) * DAY;
      const recall = REFERENCE.get_retrievability(theirs, new Date(asked), false);
      most.recall = Math.max(most.recall, Math.abs((recallOf(ours, asked) ?? 0) - recall));
    }
  }
  return most;
}
