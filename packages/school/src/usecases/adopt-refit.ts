import type { RefitTrial } from '@edirae/engine/refit';
import { moveToEstimator } from '../issuing/move-to-estimator.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { ensureHeld, insertEstimator } from '../store/estimators.ts';
import { LearnerNotFound, listLearnerIds } from '../store/learners.ts';
import { recordAct } from './record-act.ts';
import { tryRefit, type TryRefit } from './try-refit.ts';

const PAGE = 500;

export type AdoptRefit =
  | Exclude<TryRefit, { outcome: 'tried' }>
  | { outcome: 'not-better'; trial: RefitTrial }
  | {
      outcome: 'adopted';
      trial: RefitTrial;
      /** Id of the new estimator. */
      estimator: string;
      /** Learners moved to it now, and those in a check or a placement, who are moved after it. */
      learners: { moved: number; waiting: number };
    };

/**
 * Tries a re-fit and, only if it is better on learners held out, keeps it as a new estimator: new learners begin with it, and every
 * other moves to it by an event of their own ledger. Decisions made before stay pinned to what they were made with. Interrupted, it goes
 * on by itself: whoever was not moved is moved by their next act.
 * @param by who asked for it, for the audit log
 */
export async function adoptRefit(school: School, by: string): Promise<AdoptRefit> {
  const tried = await tryRefit(school);
  if (tried.outcome !== 'tried') return tried;
  const { trial } = tried;
  if (!trial.better) return { outcome: 'not-better', trial };
  const { version, ...report } = trial;
  const estimator = await insertEstimator(school.db, { version, trial: report, at: school.clock() });
  await ensureHeld(school.db, [estimator]);
  await recordAct(school.db, { act: 'refit-adopt', details: { estimator } }, by, school.clock());
  return { outcome: 'adopted', trial, estimator, learners: await moveEverybody(school) };
}

async function moveEverybody(school: School): Promise<{ moved: number; waiting: number }> {
  const learners = { moved: 0, waiting: 0 };
  for (let after = ''; ;) {
    const ids = await listLearnerIds(school.db, after, PAGE);
    for (const id of ids) {
      const moved = await moveOne(school, id);
      if (moved !== undefined) learners[moved ? 'moved' : 'waiting'] += 1;
    }
    const last = ids.at(-1);
    if (last === undefined) return learners;
    after = last;
  }
}

/** Undefined: their progress has moved to another learner, or was erased since. */
async function moveOne(school: School, learnerId: string): Promise<boolean | undefined> {
  try {
    return await actOn(school, learnerId, moveToEstimator);
  } catch (error) {
    if (error instanceof LearnerNotFound) return undefined;
    throw error;
  }
}
