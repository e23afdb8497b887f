import { CURRENT_ESTIMATOR, type Confidence } from '@edirae/engine';
import { brierOf } from '../record/brier.ts';
import {
  ENOUGH,
  type DelayedReviewView,
  type GateRecordView,
  type ShareView,
} from '../record/gate-record-view.ts';
import { addLedger, emptyTally, P_BINS, type GateTally, type SkillTally } from '../record/gate-tally.ts';
import { wilson } from '../record/wilson.ts';
import type { School } from '../school.ts';
import { walkDecisions } from '../store/decision-events.ts';
import { countDisputes } from '../store/disputes.ts';
import { listEstimators } from '../store/estimators.ts';
import { listRetractions } from '../store/retractions.ts';
import type { Queries } from '../store/transaction.ts';

/** How long a computed record is shown before it is computed anew, in ms: at least this, and so long that computing is rare. */
const KEPT_FOR = 10 * 60_000;

/** Of the time that passes, at most one part in so many goes into computing: it reads every ledger. */
const RARELY = 100;

/** What took no longer than this in ms, readers wait for again; where it takes longer, they see the last record meanwhile. */
const WORTH_WAITING = 1_000;

const CONFIDENCES: readonly Confidence[] = [25, 50, 75, 95];

interface Kept {
  from: number;
  /** Milliseconds that computing it took; 0 while it is under way. */
  took: number;
  record: Promise<GateRecordView>;
  /** A newer one, being computed to take its place. */
  next: Promise<void> | undefined;
}

/** The last record of each database. Readers who come while one is computed for them wait for the same one. */
const kept = new WeakMap<Queries, Kept>();

type Source = Pick<School, 'db' | 'clock' | 'curriculum' | 'graph'>;

/**
 * How often the gate was wrong, over all learners of this installation. Computed at most every ten minutes, and more rarely where that takes
 * long; nobody but the first reader after a start waits long for it.
 */
export async function getGateRecord(
  school: Source,
  { worthWaiting = WORTH_WAITING }: { worthWaiting?: number } = {},
): Promise<GateRecordView> {
  const now = school.clock();
  const last = kept.get(school.db);
  const isFresh =
    last !== undefined && now >= last.from && now - last.from < Math.max(KEPT_FOR, last.took * RARELY);
  if (isFresh) return last.record;
  if (last === undefined || last.took <= worthWaiting) {
    const next = begin(school, now);
    kept.set(school.db, next);
    // A failure is for those who waited; the next reader tries again.
    next.record.catch(() => kept.delete(school.db));
    return next.record;
  }
  last.next ??= renew(school, now, last);
  return last.record;
}

/** Computes what is shown once it is there. A failure leaves what there is, and the next reader tries again. */
async function renew(school: Source, now: number, last: Kept): Promise<void> {
  const next = begin(school, now);
  try {
    await next.record;
    kept.set(school.db, next);
  } catch {
    last.next = undefined;
  }
}

function begin(school: Source, from: number): Kept {
  const started = performance.now();
  const begun: Kept = { from, took: 0, record: compute(school, from), next: undefined };
  begun.record.then(
    () => (begun.took = performance.now() - started),
    () => undefined,
  );
  return begun;
}

async function compute(
  { db, curriculum, graph }: Pick<School, 'db' | 'curriculum' | 'graph'>,
  now: number,
): Promise<GateRecordView> {
  const tally = emptyTally();
  for await (const { events } of walkDecisions(db)) addLedger(tally, events);
  const [disputes, retractions, adopted] = await Promise.all([
    countDisputes(db),
    listRetractions(db),
    listEstimators(db),
  ]);
  const all = [...tally.skills.values()];
  const inModule = (id: string) =>
    [...tally.skills]
      .filter(([skill]) => graph.skills.get(skill)?.module === id)
      .map(([, counted]) => counted);
  return {
    computedAt: now,
    learners: tally.learners,
    rows: tally.rows,
    shifted: tally.shifted,
    enough: ENOUGH,
    all: delayedReview(all),
    modules: curriculum.modules.map(({ id, number, title }) => ({
      id,
      number,
      title,
      ...delayedReview(inModule(id)),
    })),
    confidence: confidenceOf(tally),
    p: reliabilityOf(tally),
    estimators: [
      { id: CURRENT_ESTIMATOR, adoptedAt: null, trial: null },
      ...adopted.map(({ id, adoptedAt, trial }) => ({ id, adoptedAt, trial })),
    ],
    disputes: { ...disputes, withdrawn: retractions.length },
  };
}

function delayedReview(skills: readonly SkillTally[]): DelayedReviewView {
  const sum = (of: (skill: SkillTally) => number) => skills.reduce((total, skill) => total + of(skill), 0);
  const failed = sum((skill) => skill.failed);
  const share = shareOf(
    failed,
    sum((skill) => skill.reviewed),
  );
  return {
    ...share,
    decisions: sum((skill) => skill.decisions),
    failed: share.share === null ? null : failed,
  };
}

/** A share where there is enough to say one. */
function shareOf(count: number, n: number): ShareView {
  if (n < ENOUGH) return { n, share: null, low: null, high: null };
  return { n, share: count / n, ...wilson(count, n) };
}

function confidenceOf({ said }: GateTally): GateRecordView['confidence'] {
  const rows = CONFIDENCES.map((level) => ({ said: level, ...said[level] }));
  return {
    n: rows.reduce((sum, row) => sum + row.n, 0),
    brier: brierOf(rows),
    levels: rows.map((row) => ({ said: row.said, ...shareOf(row.correct, row.n) })),
  };
}

function reliabilityOf({ p }: GateTally): GateRecordView['p'] {
  return {
    n: p.n,
    brier: p.n < ENOUGH ? null : p.squares / p.n,
    bins: p.bins.map(({ n, correct, sum }, i) => ({
      from: i / P_BINS,
      to: (i + 1) / P_BINS,
      mean: n < ENOUGH ? null : sum / n,
      ...shareOf(correct, n),
    })),
  };
}
