import { endCheck } from '@edirae/engine';
import type { School } from '../school.ts';
import type { LearnerTransaction } from '../store/act-on.ts';
import { appendDecisions } from './append-decisions.ts';
import { engineContext } from './ctx.ts';
import { issueNext } from './issue-item.ts';
import type { ShownIssue } from './shown-issue.ts';

/** The next item of the open check; where no fresh one is left the check ends as *no variant* and null is returned. */
export async function issueNextInCheck(school: School, tx: LearnerTransaction): Promise<ShownIssue | null> {
  const check = tx.state.check;
  if (!check) throw new Error('No check is open');
  const issued = await issueNext(school, tx, {
    place: 'check',
    sessionId: check.checkId,
    skill: check.skill,
    seed: `${check.checkId}/${check.issued.length}`,
    allowStale: false,
  });
  if (!issued)
    await appendDecisions(
      school,
      tx,
      endCheck(tx.state, engineContext(school, tx.now), { reason: 'no-variant' }),
    );
  return issued;
}
