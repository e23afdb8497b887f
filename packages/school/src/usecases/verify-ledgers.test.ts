import type { NewEvent } from '@edirae/engine';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { readExport } from '../../testing/read-export.ts';
import { openTestSchool, type TestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { passCheck } from '../../testing/take-items.ts';
import { deriveSigningKey } from '../keys.ts';
import { signReceipt } from '../receipts.ts';
import { actOn } from '../store/act-on.ts';
import { GENESIS, hashEvent } from '../store/chain.ts';
import { listEvents } from '../store/events.ts';
import { LearnerNotFound } from '../store/learners.ts';
import { adoptGuest } from './adopt-guest.ts';
import { verifyLedgers } from './verify-ledgers.ts';

const dispute = (text: string): NewEvent => ({
  type: 'dispute-opened',
  body: { disputeId: text, issueId: 'i', text },
});

describeOnBoth('verifying ledgers', (kind) => {
  let school: TestSchool;
  let learner: string;
  beforeEach(async () => {
    school = await openTestSchool(kind);
    learner = await startLearner(school);
    for (const text of ['one', 'two', 'three']) {
      school.time.now += 1_000;
      await actOn(school, learner, async (tx) => void tx.append([dispute(text)]));
    }
  });
  afterEach(async () => school.remove());

  const event = (seq: number) =>
    school.db.updateTable('ledger_events').where('learner_id', '=', learner).where('seq', '=', seq);
  const problems = async () =>
    (await verifyLedgers(school)).problems.map(({ seq, problem }) => `${seq} ${problem}`);

  it('finds nothing wrong with what was written', async () => {
    await startLearner(school);
    expect(await verifyLedgers(school)).toEqual({ ok: true, learners: 2, events: 5, problems: [] });
    expect(await verifyLedgers(school, { learnerId: learner })).toMatchObject({
      ok: true,
      learners: 1,
      events: 4,
    });
  });

  it('finds an edited body', async () => {
    await event(2)
      .set({ body: JSON.stringify({ disputeId: 'one', issueId: 'i', text: 'ONE' }) })
      .execute();
    const result = await verifyLedgers(school);
    expect(result.ok).toBe(false);
    expect(result.problems).toContainEqual({
      learner,
      seq: 2,
      problem: 'It was edited: its content does not match its hash.',
    });
  });

  it('finds a body that is no JSON any more', async () => {
    await event(3).set({ body: '{' }).execute();
    expect(await problems()).toContainEqual(expect.stringMatching(/^3 It was edited/));
  });

  it('finds an edited event whose hash was made to fit', async () => {
    const [row] = await listEvents(school.db, learner, 1, 1);
    const forged = { ...row!, body: { disputeId: 'one', issueId: 'i', text: 'ONE' } };
    await event(2)
      .set({ body: JSON.stringify(forged.body), hash: hashEvent(learner, forged) })
      .execute();
    expect(await problems()).toContainEqual(
      '3 It does not follow the event before it: its link has another hash.',
    );
  });

  it('finds a removed event', async () => {
    await school.db
      .deleteFrom('ledger_events')
      .where('learner_id', '=', learner)
      .where('seq', '=', 3)
      .execute();
    expect(await problems()).toContainEqual('4 The event before it is number 2: 1 missing.');
  });

  it('finds a tail that was cut off', async () => {
    await school.db
      .deleteFrom('ledger_events')
      .where('learner_id', '=', learner)
      .where('seq', '>', 2)
      .execute();
    expect(await problems()).toContainEqual(expect.stringMatching(/^4 .*the last 2 were cut off/));
  });

  it('finds an event added behind the head', async () => {
    const last = (await listEvents(school.db, learner)).at(-1)!;
    const forged = { seq: 5, at: last.at, type: 'dispute-opened', body: {}, prev: last.hash };
    await school.db
      .insertInto('ledger_events')
      .values({ learner_id: learner, ...forged, body: '{}', hash: hashEvent(learner, forged) })
      .execute();
    expect(await problems()).toContainEqual(expect.stringMatching(/^4 .*added behind the head/));
  });

  it('finds time that goes back', async () => {
    await event(3).set({ at: 5 }).execute();
    expect(await problems()).toContainEqual(expect.stringMatching(/^3 Time goes back/));
  });

  it('finds a cached state that the ledger does not fold to', async () => {
    const row = await school.db
      .selectFrom('learners')
      .select('state')
      .where('id', '=', learner)
      .executeTakeFirstOrThrow();
    const state = JSON.stringify({ ...JSON.parse(row.state as string), opened: ['everything'] });
    await school.db.updateTable('learners').set({ state }).where('id', '=', learner).execute();
    expect(await problems()).toEqual(['1 The cached state is not what the ledger folds to.']);
  });

  it('finds a decision that does not follow from the facts, however well it is chained', async () => {
    const pins = { rule: 1, estimator: 'elo-bkt-1', curriculum: 'c', family: '' };
    await actOn(school, learner, async (tx) => {
      const skills = [{ skill: 'a', p: 0.99, skillDifficulty: 0 }];
      tx.append([{ type: 'skills-placed', body: { by: 'placement', sessionId: 'none', skills, pins } }]);
    });
    const { problems: found } = await verifyLedgers(school);
    expect(found.map(({ seq }) => seq)).toContain(5);
  });

  it('says that an unknown learner is unknown', async () => {
    await expect(verifyLedgers(school, { learnerId: 'nobody' })).rejects.toThrow(LearnerNotFound);
  });

  it('finds a ledger that was rewritten as a whole, by the receipt of a pass', async () => {
    await passCheck(school, learner, 'a');
    const { receipts } = await readExport(school, learner);
    expect(receipts).toHaveLength(1);
    const stored = await school.db.selectFrom('receipts').selectAll().executeTakeFirstOrThrow();
    const receipt = { ...JSON.parse(stored.body), signature: stored.signature };
    expect(await verifyLedgers(school, { receipts: [receipt] })).toMatchObject({ ok: true });
    await rewrite();
    const result = await verifyLedgers(school);
    expect(result.problems).toEqual([
      { learner, seq: receipt.seq, problem: expect.stringMatching(/^The ledger was rewritten/) },
    ]);
    await school.db.deleteFrom('receipts').execute();
    expect((await verifyLedgers(school)).ok).toBe(true);
    expect((await verifyLedgers(school, { receipts: [receipt] })).ok).toBe(false);
  });

  it('finds a receipt that was changed, one of a stranger, and one beyond the end', async () => {
    const head = (await listEvents(school.db, learner)).at(-1)!;
    const body = {
      learnerId: learner,
      seq: head.seq,
      hash: head.hash,
      at: head.at,
      skill: 'a',
      decision: 'demonstrated',
      rule: 1,
    };
    const good = signReceipt(school.signingKey, body);
    const check = async (receipt: typeof good) =>
      (await verifyLedgers(school, { receipts: [receipt] })).problems.map(({ problem }) => problem);
    expect(await check(good)).toEqual([]);
    expect(await check({ ...good, skill: 'b' })).toEqual(['The receipt’s signature does not fit its text.']);
    expect(await check(signReceipt(deriveSigningKey('somebody else'.repeat(4)), body))).toEqual([
      expect.stringMatching(/unknown key/),
    ]);
    expect(await check(signReceipt(school.signingKey, { ...body, seq: 99 }))).toEqual([
      'The receipt names an event that the ledger does not have.',
    ]);
  });

  it('still knows the receipts of an earlier secret', async () => {
    await passCheck(school, learner, 'a');
    await school.close();
    const { openSchool } = await import('../school.ts');
    const changed = await openSchool(
      { ...school.config, secret: 'another secret of forty characters or so' },
      { curriculum: school.curriculum },
    );
    expect(await verifyLedgers(changed)).toMatchObject({ ok: true });
    await changed.close();
    school = await school.reopen();
  });

  it('vouches for adopted events, and finds one that was edited with its new chain made to fit', async () => {
    const guest = await startLearner(school);
    await passCheck(school, guest, 'a');
    await adoptGuest(school, guest, learner);
    expect(await verifyLedgers(school)).toMatchObject({ ok: true, learners: 2 });
    await rewrite((stored) =>
      stored.type === 'adopted' && stored.seq === 6 ? { ...(stored.body as object), at: 12 } : stored.body,
    );
    expect(await problems()).toContainEqual(expect.stringMatching(/^6 In the chain adopted from .*edited/));
  });

  /** Rewrites the learner's whole chain so that it agrees with itself. */
  async function rewrite(
    change: (stored: { seq: number; type: string; body: unknown }) => unknown = (stored) =>
      stored.seq === 2 ? { disputeId: 'one', issueId: 'i', text: 'never said' } : stored.body,
  ) {
    let prev = GENESIS;
    let seq = 0;
    for (const stored of await listEvents(school.db, learner)) {
      const link = { ...stored, body: change(stored), prev };
      prev = hashEvent(learner, link);
      seq = stored.seq;
      await event(seq)
        .set({ body: JSON.stringify(link.body), prev: link.prev, hash: prev })
        .execute();
    }
    await school.db.updateTable('learners').set({ head_hash: prev }).where('id', '=', learner).execute();
  }
});
