import type { LearnerReader } from '../store/act-on.ts';
import type { CheckSummaryView } from '../views.ts';

/** Ended checks on a skill, newest first. */
export async function listCheckSummaries(
  reader: Pick<LearnerReader, 'store' | 'findEvent'>,
  skill: string,
): Promise<CheckSummaryView[]> {
  const rows = (await reader.store.listChecksOfSkill(skill)).filter((row) => row.seq !== null);
  const summaries: CheckSummaryView[] = [];
  for (const row of rows) {
    const event = row.seq === null ? undefined : await reader.findEvent(row.seq);
    if (event?.type !== 'check-ended') continue;
    const { checkId, outcome, asked, misses, streak, p } = event.body;
    summaries.push({ checkId, at: event.at, outcome, asked, misses, streak, p });
  }
  return summaries.sort((a, b) => b.at - a.at);
}

export async function lastCheckOf(
  reader: Pick<LearnerReader, 'store' | 'findEvent'>,
  skill: string,
): Promise<CheckSummaryView | null> {
  return (await listCheckSummaries(reader, skill))[0] ?? null;
}
