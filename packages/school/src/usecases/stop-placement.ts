import { endPlacement } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import { placementResultView } from '../present/placement-result.ts';
import type { School } from '../school.ts';
import { actOn, readLearner } from '../store/act-on.ts';
import type { PlacementResultView } from '../views.ts';
import type { NotFound } from './refusals.ts';

export type EndedPlacement = { outcome: 'ended'; result: PlacementResultView } | NotFound;

/** Stops the open placement; what was shown so far counts. */
export async function stopPlacement(
  school: School,
  learnerId: string,
  placementId: string,
): Promise<EndedPlacement> {
  return actOn(school, learnerId, async (tx): Promise<EndedPlacement> => {
    await closeOverdue(school, tx);
    if (tx.state.placement?.placementId === placementId) {
      await appendDecisions(
        school,
        tx,
        endPlacement(tx.state, engineContext(school, tx.now), { reason: 'stopped' }),
      );
    }
    const result = await placementResultView(school, tx, placementId);
    return result ? { outcome: 'ended', result } : { outcome: 'not-found' };
  });
}

/** The result of an ended placement. */
export async function getPlacementResult(
  school: School,
  learnerId: string,
  placementId: string,
): Promise<EndedPlacement> {
  const result = await placementResultView(school, await readLearner(school, learnerId), placementId);
  return result ? { outcome: 'ended', result } : { outcome: 'not-found' };
}
