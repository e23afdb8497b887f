import { CURRENT_ESTIMATOR, holdEstimator, holdsEstimator, type RatedVersion } from '@edirae/engine';
import { estimatorId, parseVersion } from '../refit/estimator-version.ts';
import { parseReport, type TrialReport } from '../refit/trial-report.ts';
import { toCanonical } from './chain.ts';
import type { EstimatorRow } from './schema.ts';
import type { Queries } from './transaction.ts';

/** A re-fitted estimator that was adopted. */
export interface StoredEstimator {
  id: string;
  /** The shipped estimator that it is a version of. */
  base: string;
  version: RatedVersion;
  /** What was found when it was adopted. */
  trial: TrialReport;
  /** Epoch ms. */
  adoptedAt: number;
}

/** A stored estimator is not what its id names: decisions that rest on it cannot be replayed. */
export class EstimatorChangedError extends Error {
  override readonly name = 'EstimatorChangedError';

  constructor(ids: readonly string[]) {
    super(
      `The stored coefficients of ${ids.join(', ')} are not those that the id names: they were changed. Restore the table estimators from a backup.`,
    );
  }
}

/** Keeps an adopted estimator for ever, under the id that its version has. */
export async function insertEstimator(
  db: Queries,
  { version, trial, at }: { version: RatedVersion; trial: TrialReport; at: number },
): Promise<string> {
  const id = estimatorId(version);
  await db
    .insertInto('estimators')
    .values({
      id,
      base: CURRENT_ESTIMATOR,
      version: toCanonical(version),
      trial: JSON.stringify(trial),
      adopted_at: at,
    })
    .execute();
  return id;
}

/** All adopted estimators, oldest first. @throws EstimatorChangedError */
export async function listEstimators(db: Queries): Promise<StoredEstimator[]> {
  return (await listRows(db)).map((row) => {
    const version = findVersion(row);
    if (version === undefined) throw new EstimatorChangedError([row.id]);
    const { id, base, trial, adopted_at: adoptedAt } = row;
    return { id, base, version, trial: parseReport(trial), adoptedAt };
  });
}

/** The estimator that new learners begin with: the latest adopted version of the shipped one, or the shipped one itself. */
export async function findEstimatorInForce(db: Queries): Promise<string> {
  return (await findAdoptedEstimator(db)) ?? CURRENT_ESTIMATOR;
}

/**
 * The latest adopted version of the shipped estimator, if there is one. A release that ships another leaves the versions of the old one
 * to those who rest on them.
 */
export async function findAdoptedEstimator(db: Queries): Promise<string | undefined> {
  const row = await db
    .selectFrom('estimators')
    .select('id')
    .where('base', '=', CURRENT_ESTIMATOR)
    .orderBy('adopted_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Makes sure that this process can replay with these estimators; another process may have adopted one meanwhile. @throws EstimatorChangedError */
export async function ensureHeld(db: Queries, ids: Iterable<string>): Promise<void> {
  if ([...ids].every(holdsEstimator)) return;
  const changed = await loadEstimators(db);
  if (changed.length > 0) throw new EstimatorChangedError(changed);
}

/** Makes all adopted estimators known to this process, but for those that are not what their ids name: their ids are given back. */
export async function loadEstimators(db: Queries): Promise<string[]> {
  const changed: string[] = [];
  for (const row of await listRows(db)) {
    const version = findVersion(row);
    if (version === undefined) changed.push(row.id);
    else holdEstimator(row.id, version);
  }
  return changed;
}

function listRows(db: Queries): Promise<EstimatorRow[]> {
  return db.selectFrom('estimators').selectAll().orderBy('adopted_at').orderBy('id').execute();
}

/** The version that the id names; undefined where the row holds another, or none. */
function findVersion(row: EstimatorRow): RatedVersion | undefined {
  try {
    const version = parseVersion(row.version);
    return estimatorId(version, row.base) === row.id ? version : undefined;
  } catch {
    return undefined;
  }
}
