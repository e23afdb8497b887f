import type { LearnerReader } from '../store/act-on.ts';
import type { ChainedEvent } from '../store/chain.ts';
import type { CheckSummaryView } from '../views.ts';

/** As many as anybody looks at; the ledger has them all. */
const SHOWN = 20;

/** The last ended checks on a skill, newest first. */
export async function listCheckSummaries(
  { store }: Pick<LearnerReader, 'store'>,
  skill: string,
): Promise<CheckSummaryView[]> {
  const rows = await store.listEndedChecks(skill, SHOWN);
  const events = await store.listEventsAt(rows.flatMap((row) => row.seq ?? []));
  return (events as unknown as ChainedEvent[])
    .flatMap((event): CheckSummaryView[] => {
      if (event.type !== 'check-ended') return [];
      const { checkId, outcome, asked, misses, streak, p } = event.body;
      return [{ checkId, at: event.at, outcome, asked, misses, streak, p }];
    })
    .sort((a, b) => b.at - a.at);
}

export async function lastCheckOf(
  reader: Pick<LearnerReader, 'store'>,
  skill: string,
): Promise<CheckSummaryView | null> {
  return (await listCheckSummaries(reader, skill))[0] ?? null;
}
