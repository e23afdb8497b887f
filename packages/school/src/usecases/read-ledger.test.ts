import type { NewEvent } from '@edirae/engine';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { openTestSchool, type TestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { actOn } from '../store/act-on.ts';
import { verifyChain } from '../verify/verify-chain.ts';
import { LEDGER_PIECE, readLedger } from './read-ledger.ts';

describeOnBoth('a long ledger', (kind) => {
  let school: TestSchool;
  beforeEach(async () => {
    school = await openTestSchool(kind);
  });
  afterEach(async () => {
    await school.remove();
  });

  it('is given in pieces that make up the whole chain', async () => {
    const learner = await startLearner(school);
    const disputes = Array.from({ length: LEDGER_PIECE + 10 }, (_, n): NewEvent => ({
      type: 'dispute-opened',
      body: { disputeId: `${n}`, issueId: 'i', text: '' },
    }));
    await actOn(school, learner, async (tx) => void tx.append(disputes));
    const first = await readLedger(school, learner);
    expect(first.events).toHaveLength(LEDGER_PIECE);
    const rest = await readLedger(school, learner, { after: LEDGER_PIECE });
    expect(rest.events).toHaveLength(11);
    expect(verifyChain(learner, [...first.events, ...rest.events], rest.head)).toEqual([]);
    expect((await readLedger(school, learner, { after: rest.head.seq })).events).toEqual([]);
  });
});
