import { renderMarkdown } from '@edirae/curriculum';
import type { Aid } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { hintLadder } from '../present/hint-ladder.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { HintLadderView } from '../views.ts';
import type { CheckOpen, NotFound } from './refusals.ts';

export type TakeHint =
  | { outcome: 'hint'; n: number; text: string; html: string; ladder: HintLadderView }
  | { outcome: 'no-more-hints' }
  | { outcome: 'unaided-only' }
  | { outcome: 'issue-void' }
  | CheckOpen
  | NotFound;

/** The next hint of an unanswered practice item. What was shown is recorded as aid before it is shown. */
export async function takeHint(school: School, learnerId: string, issueId: string): Promise<TakeHint> {
  return actOn(school, learnerId, async (tx): Promise<TakeHint> => {
    await closeOverdue(school, tx);
    const row = await tx.store.findIssue(issueId);
    if (!row) return { outcome: 'not-found' };
    if (tx.state.check)
      return { outcome: 'check-open', checkId: tx.state.check.checkId, skill: tx.state.check.skill };
    if (row.facts.place !== 'practice') return { outcome: 'unaided-only' };
    const open = tx.state.openIssues[issueId];
    if (!open) return { outcome: 'issue-void' };
    const n = open.hints + 1;
    const text = row.variant.hints[n - 1];
    if (text === undefined) return { outcome: 'no-more-hints' };
    await appendDecisions(school, tx, [
      { type: 'aid-given', body: { issueId, aid: `hint-${n}` as Exclude<Aid, 'none'> } },
    ]);
    return { outcome: 'hint', n, text, html: renderMarkdown(text), ladder: hintLadder(row, n) };
  });
}
