import { endCheck } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { checkNow, type GetCheck } from './get-check.ts';

/** Ends the open check: withdrawn if it holds no miss, else not yet. An ended one stays as it ended. */
export async function leaveCheck(
  school: School,
  learnerId: string,
  checkId: string,
): Promise<Exclude<GetCheck, { outcome: 'open' }>> {
  return actOn(school, learnerId, async (tx) => {
    await closeOverdue(school, tx);
    if (tx.state.check?.checkId === checkId) {
      await appendDecisions(
        school,
        tx,
        endCheck(tx.state, engineContext(school, tx.now), { reason: 'left' }),
      );
    }
    const now = await checkNow(school, tx, checkId);
    if (now.outcome === 'open') throw new Error(`Check ${checkId} did not end`);
    return now;
  });
}
