import { expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { readExport } from '../../testing/read-export.ts';
import { openTestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { passCheck } from '../../testing/take-items.ts';
import { parseReceipt, verifyReceipt } from '../receipts.ts';
import { hashEvent, type ChainedEvent } from '../store/chain.ts';
import { insertEvents } from '../store/events.ts';
import { LearnerNotFound } from '../store/learners.ts';
import { exportLearner, type LearnerExport } from './export-learner.ts';

describeOnBoth('an export', (kind) => {
  it('can be checked with nothing but itself', async () => {
    const school = await openTestSchool(kind);
    try {
      const learnerId = await startLearner(school);
      await passCheck(school, learnerId, 'a');
      const exported = await readExport(school, learnerId);
      expect(exported).toMatchObject({ version: 1, learner: { id: learnerId, guest: true, email: null } });
      for (const event of exported.ledger.events) expect(hashEvent(learnerId, event)).toBe(event.hash);
      const { id: _, ...receipt } = exported.receipts[0] as { id: string };
      expect(verifyReceipt(parseReceipt(receipt), exported.publicKey.publicKey)).toBe(true);
      await expect(exportLearner(school, 'nobody')).rejects.toThrow(LearnerNotFound);
    } finally {
      await school.remove();
    }
  });

  it('of a long ledger comes in pieces, none of which holds all of it', async () => {
    const school = await openTestSchool(kind);
    try {
      const learnerId = await startLearner(school);
      const { ledger } = await readExport(school, learnerId);
      const last = ledger.events.at(-1) as ChainedEvent;
      const more = Array.from({ length: 2_500 }, (_, i) => ({ ...last, seq: last.seq + 1 + i }));
      await insertEvents(school.db, learnerId, more);
      const pieces: string[] = [];
      for await (const piece of await exportLearner(school, learnerId)) pieces.push(piece);
      const all = JSON.parse(pieces.join('')) as LearnerExport;
      expect(all.ledger.events.map(({ seq }) => seq)).toEqual(
        Array.from({ length: last.seq + 2_500 }, (_, i) => i + 1),
      );
      expect(all.ledger.head.seq).toBe(last.seq + 2_500);
      const longest = Math.max(...pieces.map(({ length }) => length));
      expect(longest).toBeLessThan(pieces.join('').length / 2);
    } finally {
      await school.remove();
    }
  });
});
