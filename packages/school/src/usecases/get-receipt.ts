import type { Receipt } from '../receipts.ts';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import type { NotFound } from './refusals.ts';

/** A signed receipt of a pass, for the learner to keep. */
export async function getReceipt(
  school: School,
  learnerId: string,
  receiptId: string,
): Promise<{ outcome: 'receipt'; receipt: Receipt } | NotFound> {
  const { store } = await readLearner(school, learnerId);
  const found = await store.findReceipt(receiptId);
  return found ? { outcome: 'receipt', receipt: found.receipt } : { outcome: 'not-found' };
}
