import { endCheck, endExplaining, endPlacement, type EventType, type NewEvent } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { engineContext } from '../issuing/ctx.ts';
import type { School } from '../school.ts';
import { actOnAll, type LearnerTransaction } from '../store/act-on.ts';

/** What a guest's chain holds before anything was learned. */
const NOTHING_DONE: readonly string[] = ['learner-created', 'clock-shifted'] satisfies EventType[];

/**
 * Takes a guest's events over into an account's chain, each with its own place, time and hash, and gives how
 * many. The guest's chain stays readable and takes no more; its tokens end; its issues, checks and receipts move.
 */
export async function adoptGuest(school: School, guestId: string, learnerId: string): Promise<number> {
  return actOnAll(school, [guestId, learnerId], async ([guest, account]) => {
    if (guest === undefined || account === undefined || guest.userId !== null) return 0;
    await closeEverything(school, guest);
    const events = await guest.store.listEvents();
    const done = events.some((event) => !NOTHING_DONE.includes(event.type)) ? events : [];
    account.append(
      done.map(({ seq, at, type, body, prev, hash }): NewEvent => ({
        type: 'adopted',
        body: { learnerId: guestId, seq, at, type: type as EventType, body, prev, hash },
      })),
    );
    await guest.store.moveTo(learnerId);
    return done.length;
  });
}

/** Closes what the guest has open: two chains cannot both have an open check. */
async function closeEverything(school: School, guest: LearnerTransaction): Promise<void> {
  const context = engineContext(school, guest.now);
  if (guest.state.check !== null)
    await appendDecisions(school, guest, endCheck(guest.state, context, { reason: 'left' }));
  if (guest.state.placement !== null)
    await appendDecisions(school, guest, endPlacement(guest.state, context, { reason: 'stopped' }));
  if (guest.state.explaining !== null)
    await appendDecisions(school, guest, endExplaining(guest.state, context, { reason: 'left', right: 0 }));
  const open = Object.keys(guest.state.openIssues);
  await appendDecisions(
    school,
    guest,
    open.map((issueId): NewEvent => ({ type: 'issue-voided', body: { issueId, reason: 'fresh-asked' } })),
  );
}
