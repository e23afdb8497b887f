import { createRandom, decideAttempt, issueItem } from '@edirae/engine';
import { engineContext } from '../src/issuing/ctx.ts';
import type { School } from '../src/school.ts';
import { actOn, createLearner, type LearnerTransaction } from '../src/store/act-on.ts';

/** The chance, 0..1, that a learner answers an item of a family of the tiny curriculum right now. */
export type Chance = (tx: LearnerTransaction, family: string, skill: string) => number;

const MINUTE = 60_000;

/** Learners with ledgers as the use cases write them, one transaction each: items shown and answered, right with a chance. */
export async function createAnswering(
  school: School,
  time: { now: number },
  { learners, answers, seed }: { learners: number; answers: number; seed: string },
  chance: Chance,
): Promise<string[]> {
  const ids: string[] = [];
  for (let l = 0; l < learners; l++) {
    const id = await createLearner(school, null, async (tx) => tx.learnerId);
    time.now += MINUTE;
    await answerMore(school, id, { answers, seed: `${seed}/${l}` }, chance);
    ids.push(id);
  }
  return ids;
}

/** More of the same by one learner. */
export async function answerMore(
  school: School,
  learnerId: string,
  { answers, seed }: { answers: number; seed: string },
  chance: Chance,
): Promise<void> {
  const random = createRandom(seed);
  const families = [...school.graph.skills.values()].flatMap((node) => node.families);
  await actOn(school, learnerId, async (tx) => {
    for (let n = 0; n < answers; n++) {
      const family = families[Math.floor(random() * families.length)];
      if (family === undefined) throw new Error('There are no families.');
      const { id, skill, kind, level } = family;
      const issueId = `${learnerId}/${seed}/${n}`;
      const shown = { issueId, skill, family: id, variant: issueId, fingerprint: issueId, kind, level };
      const placed = { place: 'practice', sessionId: null, retryOf: null, familyHash: '' } as const;
      tx.append(issueItem(tx.state, engineContext(school, tx.now), { ...shown, ...placed }));
      const outcome = random() < chance(tx, id, skill) ? 'correct' : 'incorrect';
      const said = { confidence: null, ms: null, misconception: null, answer: 'x', scratch: null };
      const left = { servableInCheck: true, practisable: () => true };
      tx.append(
        decideAttempt(tx.state, engineContext(school, tx.now), { issueId, outcome, ...said, ...left }),
      );
    }
  });
}
