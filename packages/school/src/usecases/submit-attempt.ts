import { gradeAnswer, parseAnswer } from '@edirae/curriculum';
import { beliefOf, decideAttempt, stateOf, type Confidence } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import { firstFresh, type VariantChooser } from '../issuing/fresh-variant.ts';
import { variantsFor } from '../issuing/issue-item.ts';
import { issueNextInCheck } from '../issuing/next-in-check.ts';
import { issueNextInPlacement } from '../issuing/next-in-placement.ts';
import type { ShownIssue } from '../issuing/shown-issue.ts';
import { checkProgressOf } from '../present/check-progress.ts';
import { toItemView } from '../present/item-view.ts';
import { toVerdictView, type VerdictRecord } from '../present/verdict-view.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { refuseIfCheckOpen, type CheckOpen } from './refusals.ts';
import { actOn, type LearnerTransaction } from '../store/act-on.ts';
import type { ItemView, VerdictView } from '../views.ts';

export interface SubmittedAnswer {
  issueId: string;
  /** In the form of the item's kind; null is "I don't know yet". */
  answer?: unknown;
  confidence?: Confidence | undefined;
  /** Milliseconds between showing and answering, as the browser measured. */
  ms?: number | undefined;
  scratch?: string | undefined;
}

export type SubmitAttempt =
  | { outcome: 'recorded'; verdict: VerdictView }
  | { outcome: 'invalid-answer'; detail: string }
  | { outcome: 'issue-void' }
  | { outcome: 'not-found' }
  | CheckOpen
  | RateLimited;

/** Grades an answer and records it with all that follows from it, in one transaction. The first valid answer decides an issue. */
export async function submitAttempt(
  school: School,
  learnerId: string,
  input: SubmittedAnswer,
): Promise<SubmitAttempt> {
  const limited = await school.limiter.take('attempt', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx): Promise<SubmitAttempt> => {
    await closeOverdue(school, tx);
    const row = await tx.store.findIssue(input.issueId);
    if (!row) return { outcome: 'not-found' };
    const first = row.verdict;
    if (first) return { outcome: 'recorded', verdict: await repeat(school, tx, row, first) };
    if (row.status !== 'open') return { outcome: 'issue-void' };
    // A practice answer would show a worked solution and move the p that the check reads.
    const elsewhere = row.facts.place === 'check' ? undefined : refuseIfCheckOpen(tx.state);
    if (elsewhere) return elsewhere;

    const { variant, facts } = row;
    const parsed =
      input.answer === null ? { ok: true as const, answer: null } : parseAnswer(variant, input.answer);
    if (!parsed.ok) return { outcome: 'invalid-answer', detail: parsed.problem };
    const grade = gradeAnswer(variant, parsed.answer);

    const chooser = await variantsFor(school, tx);
    const openedBefore = new Set(tx.state.opened);
    const before = beliefOf(tx.state, school.graph, facts.skill, tx.now);
    const appended = await appendDecisions(
      school,
      tx,
      decideAttempt(tx.state, engineContext(school, tx.now), {
        issueId: facts.issueId,
        outcome: grade.outcome,
        confidence: input.confidence ?? null,
        ms: input.ms ?? null,
        misconception: grade.misconception?.id ?? null,
        answer: parsed.answer,
        scratch: input.scratch ?? null,
        servableInCheck: facts.place !== 'check' || hasFreshItem(school, chooser, facts.skill),
        practisable: (family) => chooser.canPractise(family),
      }),
    );
    const attempt = appended.find((event) => event.type === 'attempt');
    if (!attempt || attempt.type !== 'attempt')
      throw new Error(`The answer to ${facts.issueId} left no attempt`);

    const record: VerdictRecord = {
      outcome: grade.outcome,
      headline: grade.headline,
      feedback: grade.feedback,
      misconception: grade.misconception,
      answer: parsed.answer,
      firstTry: attempt.body.firstTry,
      aid: attempt.body.aid,
      confidence: attempt.body.confidence,
      p: { ...attempt.body.p, before: attempt.body.p.before ?? before.p },
      state: stateOf(tx.state.skills[facts.skill]),
      opened: tx.state.opened.filter((skill) => !openedBefore.has(skill)),
      scratch: input.scratch ?? null,
    };
    const isFirst = await tx.store.answerIssue({
      id: facts.issueId,
      answeredAt: tx.now,
      attemptSeq: attempt.seq,
      verdict: record,
    });
    if (!isFirst) throw new Error(`Issue ${facts.issueId} was answered twice`);

    const next = await issueWhatFollows(school, tx, row);
    const check = facts.place === 'check' ? await checkProgressOf(school, tx, facts.sessionId) : undefined;
    return {
      outcome: 'recorded',
      verdict: toVerdictView(school, row, record, { repeated: false, check, next }),
    };
  });
}

async function repeat(
  school: School,
  tx: LearnerTransaction,
  issue: ShownIssue,
  record: VerdictRecord,
): Promise<VerdictView> {
  const check =
    issue.facts.place === 'check' ? await checkProgressOf(school, tx, issue.facts.sessionId) : undefined;
  return toVerdictView(school, issue, record, { repeated: true, check, checkOpen: tx.state.check !== null });
}

async function issueWhatFollows(
  school: School,
  tx: LearnerTransaction,
  { facts }: ShownIssue,
): Promise<ItemView | undefined> {
  let next: ShownIssue | null = null;
  if (facts.place === 'check' && tx.state.check) next = await issueNextInCheck(school, tx);
  if (facts.place === 'placement' && tx.state.placement) next = await issueNextInPlacement(school, tx);
  return next ? toItemView(next) : undefined;
}

function hasFreshItem(school: School, chooser: VariantChooser, skill: string): boolean {
  const families = school.graph.skills.get(skill)?.families ?? [];
  return firstFresh(chooser, families, 'probe') !== null;
}
