import { checkProgressOf } from '../present/check-progress.ts';
import { hintLadder } from '../present/hint-ladder.ts';
import { toItemView } from '../present/item-view.ts';
import { toVerdictView } from '../present/verdict-view.ts';
import type { School } from '../school.ts';
import { readSettled } from '../present/read-settled.ts';
import type { HintLadderView, ItemView, VerdictView } from '../views.ts';
import type { NotFound } from './refusals.ts';

export type FindVerdict =
  { outcome: 'verdict'; verdict: VerdictView; item: ItemView; hints: HintLadderView } | NotFound;

/** The verdict on an answered issue, as a page shows it after a reload. */
export async function findVerdict(school: School, learnerId: string, issueId: string): Promise<FindVerdict> {
  const reader = await readSettled(school, learnerId);
  const row = await reader.store.findIssue(issueId);
  if (!row?.verdict) return { outcome: 'not-found' };
  const check =
    row.facts.place === 'check' ? await checkProgressOf(school, reader, row.facts.sessionId) : undefined;
  const taken = row.verdict.aid.startsWith('hint-') ? Number(row.verdict.aid.slice(5)) : 0;
  return {
    outcome: 'verdict',
    verdict: toVerdictView(school, row, row.verdict, {
      repeated: true,
      check,
      checkOpen: reader.state.check !== null,
    }),
    item: toItemView(row),
    hints: hintLadder(row, reader.state.check ? 0 : taken),
  };
}
