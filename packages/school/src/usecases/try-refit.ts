import { createHash } from 'node:crypto';
import { observationOf, type EventBodies, type NewEvent, type Observation } from '@edirae/engine';
import { RefitLog, tryRefit as tryFit, type RefitTrial } from '@edirae/engine/refit';
import type { RawEvent } from '../store/chain.ts';
import { walkDecisions } from '../store/decision-events.ts';
import { ensureHeld, findEstimatorInForce } from '../store/estimators.ts';
import type { Queries } from '../store/transaction.ts';

/** Learners with answers below which no fit is tried: the shipped coefficients are better than a fit on fewer. */
export const REFIT_LEARNERS = 100;

/** One learner in five is held out. */
const HELD_SHARE = 0.2;

export type TryRefit =
  { outcome: 'tried'; trial: RefitTrial } | { outcome: 'too-few'; learners: number; needs: number };

/**
 * Fits the estimator on the answers of this installation's learners and says how it would do on learners held out, beside the one that
 * decides now. Reads only.
 */
export async function tryRefit({ db }: { db: Queries }): Promise<TryRefit> {
  const current = await findEstimatorInForce(db);
  await ensureHeld(db, [current]);
  const log = new RefitLog();
  for await (const { learnerId, events } of walkDecisions(db)) {
    const answers = answersIn(events);
    if (!log.hasRoomFor(answers.length)) break;
    // Without a first try alone there is nothing to fit on and nothing to judge.
    if (answers.some(({ aid, retry }) => aid === 'none' && !retry))
      log.addLearner(answers, isHeld(learnerId));
  }
  const { learners } = log;
  if (learners < REFIT_LEARNERS) return { outcome: 'too-few', learners, needs: REFIT_LEARNERS };
  return { outcome: 'tried', trial: tryFit(log, current) };
}

/** What a learner answered, at its own time; misses on items that were retracted never happened. */
function answersIn(events: readonly RawEvent[]): Observation[] {
  const facts = events.map((event) =>
    event.type === 'adopted' ? (event.body as EventBodies['adopted']) : event,
  ) as (NewEvent & { at: number })[];
  const gone = new Set(facts.flatMap((event) => (event.type === 'item-retracted' ? event.body.issues : [])));
  return facts
    .flatMap((event) =>
      event.type !== 'attempt' || (event.body.outcome !== 'correct' && gone.has(event.body.issueId))
        ? []
        : [observationOf(event.body, event.at)],
    )
    .sort((a, b) => a.at - b.at);
}

/** By the hash of the id: the same learners are held out in every trial. */
function isHeld(learner: string): boolean {
  return createHash('sha256').update(`refit/${learner}`).digest().readUInt32BE(0) / 2 ** 32 < HELD_SHARE;
}
