import type { Observation } from '../estimator.ts';
import type { Aid, Outcome } from '../events.ts';
import { Interner } from '../fit/interner.ts';
import { AID_WEIGHT, RETRY } from '../rated-estimator.ts';

/** Answers that a re-fit reads, at most: whole learners in the order of their ids, which is chance. Some 60 bytes each. */
export const MOST_ANSWERS = 2_000_000;

const OUTCOMES: readonly Outcome[] = ['correct', 'incorrect', 'skipped'];
const AIDS = Object.keys(AID_WEIGHT) as Aid[];

/** The answers of a ledger in columns, learner after learner, each learner's in the order given. */
export class RefitLog {
  /** Learner k has rows starts[k] to starts[k + 1] − 1. */
  readonly starts = [0];
  /** Learner k is kept away from the fit. */
  readonly held: boolean[] = [];
  readonly skill: number[] = [];
  readonly family: number[] = [];
  /** The author's, logits. */
  readonly difficulty: number[] = [];
  /** How much the answer counts as evidence, over 0 to 1. */
  readonly weight: number[] = [];
  readonly right: number[] = [];
  /** A first try without help: foretold and scored. */
  readonly scored: boolean[] = [];
  /** Skills for which the answer is part evidence, by row. */
  readonly implies = new Map<number, number[]>();
  readonly #skillDifficulty: number[] = [];
  readonly #aid: number[] = [];
  readonly #outcome: number[] = [];
  readonly #retry: boolean[] = [];
  readonly #at: number[] = [];
  readonly #skills = new Interner();
  readonly #families = new Interner();

  get size(): number {
    return this.skill.length;
  }

  get learners(): number {
    return this.held.length;
  }

  get skillNames(): readonly string[] {
    return this.#skills.names;
  }

  get familyNames(): readonly string[] {
    return this.#families.names;
  }

  /** Whether another learner with so many answers may still come. */
  hasRoomFor(answers: number): boolean {
    return this.size + answers <= MOST_ANSWERS;
  }

  /** All answers of one more learner. */
  addLearner(answers: readonly Observation[], held: boolean): void {
    for (const answer of answers) this.#push(answer);
    this.held.push(held);
    this.starts.push(this.size);
  }

  #push(answer: Observation): void {
    const row = this.size;
    this.skill.push(this.#skills.idOf(answer.skill));
    this.family.push(this.#families.idOf(answer.family));
    this.difficulty.push(answer.difficulty);
    this.weight.push(AID_WEIGHT[answer.aid] * (answer.retry ? RETRY : 1));
    this.right.push(answer.outcome === 'correct' ? 1 : 0);
    this.scored.push(answer.aid === 'none' && !answer.retry);
    if (answer.implies.length > 0)
      this.implies.set(
        row,
        answer.implies.map((id) => this.#skills.idOf(id)),
      );
    this.#skillDifficulty.push(answer.skillDifficulty);
    this.#aid.push(AIDS.indexOf(answer.aid));
    this.#outcome.push(OUTCOMES.indexOf(answer.outcome));
    this.#retry.push(answer.retry);
    this.#at.push(answer.at);
  }

  /** A row as the estimators see it. */
  observationAt(row: number): Observation {
    const name = (id: number | undefined) => this.skillNames[id ?? 0] ?? '';
    return {
      skill: name(this.skill[row]),
      family: this.familyNames[this.family[row] ?? 0] ?? '',
      difficulty: this.difficulty[row] ?? 0,
      skillDifficulty: this.#skillDifficulty[row] ?? 0,
      outcome: OUTCOMES[this.#outcome[row] ?? 0] ?? 'skipped',
      aid: AIDS[this.#aid[row] ?? 0] ?? 'none',
      retry: this.#retry[row] ?? false,
      implies: (this.implies.get(row) ?? []).map(name),
      at: this.#at[row] ?? 0,
    };
  }
}
