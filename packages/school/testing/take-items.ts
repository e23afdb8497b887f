import {
  decideAttempt,
  issueItem,
  startCheck,
  type Confidence,
  type IssueFacts,
  type Outcome,
} from '@edirae/engine';
import { appendDecisions } from '../src/issuing/append-decisions.ts';
import { engineContext } from '../src/issuing/ctx.ts';
import type { VerdictRecord } from '../src/present/verdict-view.ts';
import type { School } from '../src/school.ts';
import { actOn } from '../src/store/act-on.ts';

/** An item of the tiny curriculum. */
export interface TakenItem {
  skill: string;
  family: string;
  variant: string;
  place?: 'practice' | 'check' | 'review';
  sessionId?: string;
}

/** Shows a learner an item, as the use cases do, and gives the issue's id. */
export async function showItem(school: School, learnerId: string, item: TakenItem): Promise<string> {
  const issueId = school.newId();
  const family = school.graph.skills.get(item.skill)?.families.find(({ id }) => id === item.family);
  if (family === undefined) throw new Error(`No such family: ${item.family}`);
  await actOn(school, learnerId, async (tx) => {
    const { skill, variant, place = 'practice', sessionId = null } = item;
    tx.append(
      issueItem(tx.state, engineContext(school, tx.now), {
        issueId,
        place,
        sessionId,
        skill,
        family: family.id,
        variant,
        fingerprint: variant,
        kind: family.kind,
        level: family.level,
        retryOf: null,
        familyHash: 'f'.repeat(64),
      }),
    );
    const facts = tx.state.openIssues[issueId] as IssueFacts;
    await tx.store.insertIssue({ facts, variant: { variant } as never, issuedAt: tx.now });
  });
  return issueId;
}

/** Answers an issue, with all that the engine decides from it. */
export async function answerItem(
  school: School,
  learnerId: string,
  issueId: string,
  outcome: Outcome = 'correct',
  confidence: Confidence | null = null,
): Promise<void> {
  await actOn(school, learnerId, async (tx) => {
    const input = {
      issueId,
      outcome,
      confidence,
      ms: null,
      misconception: null,
      answer: 'x',
      scratch: null,
      servableInCheck: true,
      practisable: () => true,
    };
    const events = await appendDecisions(
      school,
      tx,
      decideAttempt(tx.state, engineContext(school, tx.now), input),
    );
    await tx.store.answerIssue({
      id: issueId,
      answeredAt: tx.now,
      attemptSeq: events[0]?.seq ?? 0,
      verdict: { outcome } as VerdictRecord,
    });
  });
}

/** Takes and passes a check of a skill: correct answers until the rule is met. */
export async function passCheck(school: School, learnerId: string, skill: string): Promise<void> {
  const checkId = school.newId();
  await actOn(
    school,
    learnerId,
    async (tx) =>
      void (await appendDecisions(
        school,
        tx,
        startCheck(tx.state, engineContext(school, tx.now), { checkId, skill }),
      )),
  );
  for (let n = 0; n < 10; n++) {
    const family = `${skill}-${n % 2 === 0 ? 'one' : 'two'}`;
    await answerItem(
      school,
      learnerId,
      await showItem(school, learnerId, {
        skill,
        family,
        variant: `${checkId}-${n}`,
        place: 'check',
        sessionId: checkId,
      }),
    );
    if (await actOn(school, learnerId, async (tx) => tx.state.check === null)) return;
  }
  throw new Error('Ten correct answers did not pass the check.');
}
