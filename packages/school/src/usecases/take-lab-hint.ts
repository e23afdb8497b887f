import { aidLab } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import type { LabHintView } from '../labs/lab-views.ts';
import { toHintView } from '../labs/present-lab.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { refuseIfCheckOpen, type CheckOpen, type NotFound } from './refusals.ts';

export type TakeLabHint =
  ({ outcome: 'hint'; of: number } & LabHintView) | { outcome: 'no-more-hints' } | CheckOpen | NotFound;

/** The next hint of a lab, recorded as aid before it is shown. */
export async function takeLabHint(school: School, learnerId: string, lab: string): Promise<TakeLabHint> {
  const shelved = await school.labs.find(lab);
  if (!shelved) return { outcome: 'not-found' };
  return actOn(school, learnerId, async (tx): Promise<TakeLabHint> => {
    await closeOverdue(school, tx);
    // A hint shown during a check would be help with it.
    const refused = refuseIfCheckOpen(tx.state);
    if (refused) return refused;
    const n = (tx.state.labs[lab]?.hints ?? 0) + 1;
    if (n > shelved.hints.length) return { outcome: 'no-more-hints' };
    await appendDecisions(school, tx, aidLab(tx.state, { lab, aid: 'hint', n }));
    return { outcome: 'hint', of: shelved.hints.length, ...toHintView(shelved, n) };
  });
}
