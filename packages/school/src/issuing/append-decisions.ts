import { stateOf, type NewEvent } from '@edirae/engine';
import { signReceipt } from '../receipts.ts';
import type { School } from '../school.ts';
import type { ChainedEvent } from '../store/chain.ts';
import type { LearnerTransaction } from '../store/act-on.ts';

/** Appends events and carries their consequences into the rows beside the ledger: ended checks, voided issues, explained work, receipts. */
export async function appendDecisions(
  school: School,
  tx: LearnerTransaction,
  events: NewEvent[],
): Promise<ChainedEvent[]> {
  const appended = events.length > 0 ? tx.append(events) : [];
  for (const event of appended) {
    switch (event.type) {
      case 'check-started':
        await tx.store.insertCheck({ id: event.body.checkId, skill: event.body.skill, startedAt: event.at });
        break;
      case 'check-ended':
        await tx.store.endCheck({
          id: event.body.checkId,
          endedAt: event.at,
          outcome: event.body.outcome,
          seq: event.seq,
        });
        if (event.body.outcome === 'passed') await giveReceipt(school, tx, event);
        break;
      case 'placement-started':
        await tx.store.insertPlacement({ id: event.body.placementId, startedAt: event.at });
        break;
      case 'placement-ended':
        await tx.store.endPlacement({ id: event.body.placementId, endedAt: event.at, seq: event.seq });
        break;
      case 'explain-ended':
        await tx.store.labs.endExplanation({
          id: event.body.explainId,
          endedAt: event.at,
          right: event.body.right,
          outcome: event.body.outcome,
        });
        break;
      case 'issue-voided':
        await tx.store.voidIssue(event.body.issueId);
        break;
      default:
    }
  }
  return appended;
}

/** A signed statement of the pass and of the chain's head at that moment. None while the clock is shifted for a test. */
async function giveReceipt(
  school: School,
  tx: LearnerTransaction,
  event: Extract<ChainedEvent, { type: 'check-ended' }>,
): Promise<void> {
  if (school.config.clockOffsetMs !== 0) return;
  const receipt = signReceipt(school.signingKey, {
    learnerId: tx.learnerId,
    seq: event.seq,
    hash: event.hash,
    at: event.at,
    skill: event.body.skill,
    decision: stateOf(tx.state.skills[event.body.skill]),
    rule: event.body.pins.rule,
  });
  await tx.store.insertReceipt({
    id: school.newId(),
    seq: event.seq,
    at: event.at,
    skill: event.body.skill,
    receipt,
  });
}
