import type { LearnerReader } from '../store/act-on.ts';
import type { ChainedEvent } from '../store/chain.ts';

/** Events of the learner's ledger after `seq`. What is stored was written by `append`, which takes nothing but these types. */
export async function listEventsAfter(
  reader: Pick<LearnerReader, 'store'>,
  seq: number,
  limit?: number,
): Promise<ChainedEvent[]> {
  return (await reader.store.listEvents(seq, limit)) as unknown as ChainedEvent[];
}
