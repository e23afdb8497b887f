import { beliefOf, stateOf } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { issueNext, recordIssue } from '../issuing/issue-item.ts';
import type { ShownIssue } from '../issuing/shown-issue.ts';
import { hintLadder } from '../present/hint-ladder.ts';
import { owedView } from '../present/owed-view.ts';
import { toItemView } from '../present/item-view.ts';
import { lastCheckOf } from '../present/check-summary.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn, type LearnerTransaction } from '../store/act-on.ts';
import type { PracticeView } from '../views.ts';
import {
  refuseIfCheckOpen,
  refuseIfLocked,
  refuseIfUnknown,
  type CheckOpen,
  type Locked,
  type NotFound,
  type NotWritten,
  type NoVariant,
} from './refusals.ts';

export interface PracticeRequest {
  skill: string;
  /** Puts the unanswered item aside and shows another. */
  fresh?: boolean | undefined;
  /** Shows the variant of an answered practice issue again; the answer is a retry. */
  retryOf?: string | undefined;
}

export type StartPractice =
  | { outcome: 'open'; existing: boolean; practice: PracticeView }
  | NotFound
  | Locked
  | CheckOpen
  | NotWritten
  | NoVariant
  | RateLimited;

/** An item to practise: the unanswered one, or a new one. */
export async function startPractice(
  school: School,
  learnerId: string,
  { skill, fresh, retryOf }: PracticeRequest,
): Promise<StartPractice> {
  const unknown = refuseIfUnknown(school, skill);
  if (unknown) return unknown;
  const limited = await school.limiter.take('issue', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx): Promise<StartPractice> => {
    await closeOverdue(school, tx);
    // After a challenge that ended not yet, practice is owed: it is open although the skill is not.
    const isOwed = owedView(school, tx.state, skill, tx.now) !== null;
    const refusal =
      refuseIfCheckOpen(tx.state) ?? (isOwed ? undefined : refuseIfLocked(school, tx.state, skill));
    if (refusal) return refusal;

    const open = Object.values(tx.state.openIssues).find(
      (issue) => issue.place === 'practice' && issue.skill === skill,
    );
    if (open && !fresh && (retryOf === undefined || open.retryOf === retryOf)) {
      const shown = await tx.store.findIssue(open.issueId);
      if (shown)
        return { outcome: 'open', existing: true, practice: await toPracticeView(school, tx, shown) };
    }
    const retried = retryOf === undefined ? undefined : await tx.store.findIssue(retryOf);
    if (
      retryOf !== undefined &&
      (!retried?.verdict || retried.facts.place !== 'practice' || retried.facts.skill !== skill)
    )
      return { outcome: 'not-found' };
    if (open)
      await appendDecisions(school, tx, [
        { type: 'issue-voided', body: { issueId: open.issueId, reason: 'fresh-asked' } },
      ]);

    const issued = retried
      ? await recordIssue(school, tx, retried.variant, {
          place: 'practice',
          sessionId: null,
          skill,
          retryOf: retried.facts.issueId,
        })
      : await issueNext(school, tx, {
          place: 'practice',
          sessionId: null,
          skill,
          seed: `${learnerId}/${tx.head.seq}`,
          allowStale: true,
        });
    if (!issued) return { outcome: 'no-variant' };
    return { outcome: 'open', existing: false, practice: await toPracticeView(school, tx, issued) };
  });
}

async function toPracticeView(
  school: School,
  tx: LearnerTransaction,
  shown: ShownIssue,
): Promise<PracticeView> {
  const { facts } = shown;
  const skill = school.curriculum.skills.get(facts.skill);
  if (!skill) throw new Error(`Skill ${facts.skill} is not in the curriculum`);
  const record = tx.state.skills[facts.skill];
  return {
    skill: { id: skill.id, title: skill.title, criterion: skill.criterion, state: stateOf(record) },
    item: toItemView(shown),
    hints: hintLadder(shown, tx.state.openIssues[facts.issueId]?.hints ?? 0),
    p: beliefOf(tx.state, school.graph, facts.skill, tx.now),
    mend: owedView(school, tx.state, facts.skill, tx.now),
    lastCheck: record?.checks.lastCheckId ? await lastCheckOf(tx, facts.skill) : null,
  };
}
