import { expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { openTestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { passCheck } from '../../testing/take-items.ts';
import { parseReceipt, verifyReceipt } from '../receipts.ts';
import { hashEvent } from '../store/chain.ts';
import { LearnerNotFound } from '../store/learners.ts';
import { exportLearner } from './export-learner.ts';

describeOnBoth('an export', (kind) => {
  it('can be checked with nothing but itself', async () => {
    const school = await openTestSchool(kind);
    try {
      const learnerId = await startLearner(school);
      await passCheck(school, learnerId, 'a');
      const exported = JSON.parse(JSON.stringify(await exportLearner(school, learnerId))) as Awaited<
        ReturnType<typeof exportLearner>
      >;
      expect(exported).toMatchObject({ version: 1, learner: { id: learnerId, guest: true, email: null } });
      for (const event of exported.ledger.events) expect(hashEvent(learnerId, event)).toBe(event.hash);
      const { id: _, ...receipt } = exported.receipts[0] as { id: string };
      expect(verifyReceipt(parseReceipt(receipt), exported.publicKey.publicKey)).toBe(true);
      await expect(exportLearner(school, 'nobody')).rejects.toThrow(LearnerNotFound);
    } finally {
      await school.remove();
    }
  });
});
