import { startCheck as decideStart } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import { firstFresh } from '../issuing/fresh-variant.ts';
import { variantsFor } from '../issuing/issue-item.ts';
import { issueNextInCheck } from '../issuing/next-in-check.ts';
import { openCheckView } from '../present/check-view.ts';
import { checkNow } from './get-check.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { CheckView } from '../views.ts';
import {
  refuseByGate,
  refuseIfUnknown,
  type CheckOpen,
  type NotFound,
  type NotWritten,
  type NoVariant,
  type PracticeFirst,
  type Stopped,
} from './refusals.ts';

export type StartCheck =
  | { outcome: 'open'; existing: boolean; check: CheckView }
  | CheckOpen
  | PracticeFirst
  | Stopped
  | NotWritten
  | NoVariant
  | NotFound
  | RateLimited;

/** Opens a mastery check, or returns the open one. On a skill that is not open it is a challenge. */
export async function startCheck(school: School, learnerId: string, skill: string): Promise<StartCheck> {
  const unknown = refuseIfUnknown(school, skill);
  if (unknown) return unknown;
  const limited = await school.limiter.take('issue', learnerId, school.clock());
  if (limited) return limited;
  // What the mentor is saying ends here.
  school.speaking.silence(learnerId);
  return actOn(school, learnerId, async (tx): Promise<StartCheck> => {
    await closeOverdue(school, tx);
    if (tx.state.check?.skill === skill) {
      const open = await checkNow(school, tx, tx.state.check.checkId);
      return open.outcome === 'open' ? { ...open, existing: true } : { outcome: 'no-variant' };
    }

    const chooser = await variantsFor(school, tx);
    const refusal = refuseByGate(school, tx.state, skill, tx.now, (family) => chooser.canPractise(family));
    if (refusal) return refusal;
    if (!firstFresh(chooser, school.graph.skills.get(skill)?.families ?? [], 'probe'))
      return { outcome: 'no-variant' };

    await appendDecisions(
      school,
      tx,
      decideStart(tx.state, engineContext(school, tx.now), { checkId: school.newId(), skill }),
    );
    await issueNextInCheck(school, tx);
    return { outcome: 'open', existing: false, check: await openCheckView(school, tx) };
  });
}
