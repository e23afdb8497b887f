import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlace, type Place } from '../../testing/databases.ts';
import { openKeeper, type TestKeeper } from '../../testing/ledger-keeper.ts';
import { createLearner } from '../store/act-on.ts';
import { tryRefit } from './try-refit.ts';

describe('a trial fit on the ledger', () => {
  let place: Place;
  let keeper: TestKeeper;

  beforeEach(async () => {
    place = await makePlace('sqlite');
    keeper = await openKeeper(place);
    // Who is held out follows from the ids.
    let ids = 0;
    keeper.newId = () => `learner-${(ids += 1)}`;
  });
  afterEach(async () => {
    await keeper.close();
    await place.remove();
  });

  async function learn(count: number): Promise<void> {
    for (let l = 0; l < count; l++)
      await createLearner(keeper, null, async (tx) => {
        for (let n = 0; n < 12; n++)
          tx.append([
            {
              type: 'attempt',
              body: {
                issueId: `i${l}-${n}`,
                place: 'practice',
                sessionId: null,
                skill: `s${n % 3}`,
                family: `f${n % 6}`,
                variant: `${n}`,
                fingerprint: `${n}`,
                kind: 'choice',
                level: 2,
                difficulty: 0.4,
                skillDifficulty: 0.4,
                fresh: true,
                retryOf: null,
                pins: { rule: 1, estimator: 'mixer-1', curriculum: '', family: '' },
                firstTry: true,
                outcome: (l * 7 + n * (n % 6)) % 4 === 0 ? 'incorrect' : 'correct',
                aid: 'none',
                confidence: null,
                ms: null,
                misconception: null,
                answer: 'x',
                scratch: null,
                p: { before: 0.5, after: 0.5, low: 0.4, high: 0.6 },
              },
            },
          ]);
      });
  }

  it('is refused under a hundred learners', async () => {
    await learn(3);
    expect(await tryRefit(keeper)).toEqual({ outcome: 'too-few', learners: 3, needs: 100 });
  });

  it('says how it would do on learners held out', async () => {
    await learn(100);
    const tried = await tryRefit(keeper);
    if (tried.outcome !== 'tried') throw new Error(tried.outcome);
    const { learners, answers, before, after } = tried.trial;
    expect(learners.fitted + learners.held).toBe(100);
    expect(learners.held).toBeGreaterThan(8);
    expect(answers.fitted).toBe(learners.fitted * 12);
    for (const { logLoss, ece } of [before, after]) {
      expect(logLoss).toBeGreaterThan(0);
      expect(ece).toBeLessThan(1);
    }
    expect(await tryRefit(keeper)).toEqual(tried);
  });
});
