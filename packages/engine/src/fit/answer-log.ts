import { Interner } from './interner.ts';

/** One answer of a log, as read. Ids are any text; an empty item means that the log has none; ts in seconds, null if unknown. */
export interface LoggedAnswer {
  learner: string;
  item: string;
  skill: string;
  correct: boolean;
  ts: number | null;
}

/** Names of items and skills, common to the logs that are fitted and evaluated together. */
export interface Names {
  items: Interner;
  skills: Interner;
}

/** Answers in columns, grouped by learner, each learner's in the order answered. About 21 bytes an answer. */
export interface AnswerLog {
  size: number;
  /** Learner k has rows starts[k] to starts[k + 1] − 1. */
  starts: Int32Array;
  /** −1 where the log has no item. */
  item: Int32Array;
  skill: Int32Array;
  correct: Uint8Array;
  /** Seconds; NaN if unknown. */
  ts: Float64Array;
}

export function newNames(): Names {
  return { items: new Interner(), skills: new Interner() };
}

/** Reads a stream once. Rows of one learner may lie apart; their order is kept. */
export function collectAnswers(answers: Iterable<LoggedAnswer>, names: Names): AnswerLog {
  const learners = new Interner();
  const columns = new Columns();
  for (const { learner, item, skill, correct, ts } of answers)
    columns.push(
      learners.idOf(learner),
      item === '' ? -1 : names.items.idOf(item),
      names.skills.idOf(skill),
      correct ? 1 : 0,
      ts ?? Number.NaN,
    );
  return columns.groupedBy(learners.size);
}

/** The same log with only some learners, in the order given. */
export function pickLearners(log: AnswerLog, learners: readonly number[]): AnswerLog {
  const columns = new Columns();
  for (const [to, from] of learners.entries())
    for (let row = log.starts[from] as number; row < (log.starts[from + 1] as number); row++)
      columns.push(
        to,
        log.item[row] as number,
        log.skill[row] as number,
        log.correct[row] as number,
        log.ts[row] as number,
      );
  return columns.groupedBy(learners.length);
}

/** Learners in the log. */
export function countLearners(log: AnswerLog): number {
  return log.starts.length - 1;
}

class Columns {
  private learner = new Int32Array(1024);
  private item = new Int32Array(1024);
  private skill = new Int32Array(1024);
  private correct = new Uint8Array(1024);
  private ts = new Float64Array(1024);
  private size = 0;

  push(learner: number, item: number, skill: number, correct: number, ts: number): void {
    if (this.size === this.learner.length) this.grow();
    const row = this.size++;
    this.learner[row] = learner;
    this.item[row] = item;
    this.skill[row] = skill;
    this.correct[row] = correct;
    this.ts[row] = ts;
  }

  private grow(): void {
    const capacity = this.learner.length * 2;
    const into = <T extends Int32Array | Uint8Array | Float64Array>(larger: T, old: T): T => {
      larger.set(old);
      return larger;
    };
    this.learner = into(new Int32Array(capacity), this.learner);
    this.item = into(new Int32Array(capacity), this.item);
    this.skill = into(new Int32Array(capacity), this.skill);
    this.correct = into(new Uint8Array(capacity), this.correct);
    this.ts = into(new Float64Array(capacity), this.ts);
  }

  /** A stable counting sort by learner. */
  groupedBy(learners: number): AnswerLog {
    const { size } = this;
    const starts = new Int32Array(learners + 1);
    for (let row = 0; row < size; row++) starts[(this.learner[row] as number) + 1]! += 1;
    for (let k = 0; k < learners; k++) starts[k + 1]! += starts[k] as number;
    const next = starts.slice();
    const item = new Int32Array(size);
    const skill = new Int32Array(size);
    const correct = new Uint8Array(size);
    const ts = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      const learner = this.learner[row] as number;
      const to = next[learner] as number;
      next[learner] = to + 1;
      item[to] = this.item[row] as number;
      skill[to] = this.skill[row] as number;
      correct[to] = this.correct[row] as number;
      ts[to] = this.ts[row] as number;
    }
    return { size, starts, item, skill, correct, ts };
  }
}
