import { appendDecisions } from '../issuing/append-decisions.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { NotFound } from './refusals.ts';

export type OpenDispute = { outcome: 'recorded'; disputeId: string } | NotFound | RateLimited;

/** Records a learner's objection to an item they were shown. The verdict stands until a person has looked. */
export async function openDispute(
  school: School,
  learnerId: string,
  { issueId, text }: { issueId: string; text: string },
): Promise<OpenDispute> {
  const limited = await school.limiter.take('dispute', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx): Promise<OpenDispute> => {
    const row = await tx.store.findIssue(issueId);
    if (!row) return { outcome: 'not-found' };
    const known = (await tx.store.listDisputes()).find(
      (dispute) => dispute.issueId === issueId && dispute.text === text,
    );
    if (known) return { outcome: 'recorded', disputeId: known.id };
    const disputeId = school.newId();
    await appendDecisions(school, tx, [{ type: 'dispute-opened', body: { disputeId, issueId, text } }]);
    await tx.store.insertDispute({
      id: disputeId,
      issueId,
      family: row.facts.family,
      variant: row.facts.variant,
      text,
      at: tx.now,
    });
    return { outcome: 'recorded', disputeId };
  });
}
