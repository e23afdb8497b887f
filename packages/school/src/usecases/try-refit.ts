import { createHash } from 'node:crypto';
import type { EventBodies } from '@edirae/engine';
import { tryRefit as tryFit, type RefitAnswer, type RefitTrial } from '@edirae/engine/refit';
import { walkDecisions } from '../store/decision-events.ts';
import type { Queries } from '../store/transaction.ts';

/** Learners with answers below which no fit is tried: the shipped coefficients are better than a fit on fewer. */
export const REFIT_LEARNERS = 100;

/** One learner in five is held out. */
const HELD_SHARE = 0.2;

export type TryRefit =
  | { outcome: 'tried'; trial: RefitTrial; adopted: false }
  | { outcome: 'too-few'; learners: number; needs: number };

/**
 * Fits the mixer on the answers of this installation's learners and says how it would do on learners held out, beside what is shipped.
 * Reads only; adopts nothing.
 */
export async function tryRefit({ db }: { db: Queries }): Promise<TryRefit> {
  const answers: RefitAnswer[] = [];
  let learners = 0;
  for await (const { learnerId, events } of walkDecisions(db)) {
    const own = events.flatMap((event): RefitAnswer[] => {
      const adopted = event.type === 'adopted' ? (event.body as EventBodies['adopted']) : null;
      const { type, body, at } = adopted ?? event;
      return type === 'attempt' ? [toAnswer(learnerId, body as EventBodies['attempt'], at)] : [];
    });
    if (own.length === 0) continue;
    learners += 1;
    for (const answer of own.sort((a, b) => a.observation.at - b.observation.at)) answers.push(answer);
  }
  if (learners < REFIT_LEARNERS) return { outcome: 'too-few', learners, needs: REFIT_LEARNERS };
  return { outcome: 'tried', trial: tryFit(answers, isHeld), adopted: false };
}

function toAnswer(learner: string, body: EventBodies['attempt'], at: number): RefitAnswer {
  const { skill, difficulty, skillDifficulty, outcome, aid, family } = body;
  const implies = body.requires ?? [];
  return {
    learner,
    family,
    observation: { skill, difficulty, skillDifficulty, outcome, aid, retry: !body.firstTry, implies, at },
  };
}

/** By the hash of the id: the same learners are held out in every trial. */
function isHeld(learner: string): boolean {
  return createHash('sha256').update(`refit/${learner}`).digest().readUInt32BE(0) / 2 ** 32 < HELD_SHARE;
}
