import { adoptEstimator, type LedgerEvent } from '@edirae/engine';
import type { LearnerTransaction } from '../store/act-on.ts';

/**
 * Moves a learner to the re-fitted estimator in force, if there is one and they do not rest on it yet. Inside a check or a placement it
 * waits for the end. @returns whether they were moved
 */
export async function moveToEstimator(tx: LearnerTransaction): Promise<boolean> {
  const { estimator, check, placement } = tx.state;
  if (check !== null || placement !== null) return false;
  const wanted = await tx.store.findAdoptedEstimator();
  if (wanted === undefined || wanted === estimator.id) return false;
  // Written by `append`, which takes nothing but these types.
  const events = (await tx.store.listEvents()) as unknown as LedgerEvent[];
  return tx.append(adoptEstimator(tx.state, events, wanted)).length > 0;
}
