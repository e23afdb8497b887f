import { createHash } from 'node:crypto';
import {
  beliefAt,
  CURRENT_ESTIMATOR,
  levelDifficulty,
  replay,
  startCheck,
  type LedgerEvent,
} from '@edirae/engine';
import { afterEach, expect, it } from 'vitest';
import { answerMore, createAnswering, type Chance } from '../../testing/answer-by-chance.ts';
import { readExport } from '../../testing/read-export.ts';
import { describeOnBoth } from '../../testing/databases.ts';
import { openTestSchool, type TestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { passCheck } from '../../testing/take-items.ts';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import { actOn, readLearner } from '../store/act-on.ts';
import { toCanonical } from '../store/chain.ts';
import { EstimatorChangedError, findEstimatorInForce, listEstimators } from '../store/estimators.ts';
import { adoptGuest } from './adopt-guest.ts';
import { adoptRefit } from './adopt-refit.ts';
import { getGateRecord } from './get-gate-record.ts';
import { getHealth } from './get-health.ts';
import { tryRefit } from './try-refit.ts';
import { verifyLedgers } from './verify-ledgers.ts';

const LEARNERS = 110;
const ANSWERS = 24;

/** What nobody told the authors: one family of each skill is much easier than its level, the other much harder. */
const asItIs: Chance = (_, family) => (family.endsWith('-one') ? 0.92 : 0.25);

/** Learners who are exactly as the shipped estimator believes. */
const asBelieved: Chance = (tx, family, skill) =>
  beliefAt(tx.state, skill, levelDifficulty(2), tx.now, family).p;

describeOnBoth('adopting a re-fit', (kind) => {
  let school: TestSchool;
  let learners: string[];
  const begin = async (chance: Chance, count = LEARNERS) => {
    school = await openTestSchool(kind);
    // Who is held out follows from the ids.
    let ids = 0;
    school.newId = () => `learner-${(ids += 1)}`;
    learners = await createAnswering(
      school,
      school.time,
      { learners: count, answers: ANSWERS, seed: 'adopt' },
      chance,
    );
  };
  afterEach(async () => school.remove());

  const adopted = async () => {
    const result = await adoptRefit(school, 'test');
    if (result.outcome !== 'adopted') throw new Error(JSON.stringify(result));
    return result;
  };
  const ledgerOf = async (id: string) =>
    (await readExport(school, id)).ledger.events as unknown as LedgerEvent[];
  const whole = async () => expect((await verifyLedgers(school)).problems).toEqual([]);

  it('that is better moves everybody to it, and the past stays as it was', async () => {
    await begin(asItIs);
    const [first = ''] = learners;
    await passCheck(school, first, 'a');
    const before = await ledgerOf(first);
    const tried = await tryRefit(school);
    expect(tried).toMatchObject({ outcome: 'tried', trial: { better: true, estimator: 'mixer-1' } });

    const { estimator, trial, learners: counted } = await adopted();
    expect(trial.after.logLoss).toBeLessThan(trial.before.logLoss);
    expect(counted).toEqual({ moved: LEARNERS, waiting: 0 });
    expect(estimator).toMatch(/^mixer-1\+[0-9a-f]{16}$/);
    expect(await findEstimatorInForce(school.db)).toBe(estimator);
    expect((await getHealth(school)).model).toBe(estimator);
    await whole();

    await answerMore(school, first, { answers: 6, seed: 'later' }, asItIs);
    await passCheck(school, first, 'b');
    const after = await ledgerOf(first);
    expect(after.slice(0, before.length)).toEqual(before);
    const pinned = (events: readonly LedgerEvent[]) =>
      new Set(events.flatMap(({ body }) => ('pins' in body ? [body.pins.estimator] : [])));
    expect(pinned(before)).toEqual(new Set(['mixer-1']));
    expect(pinned(after.slice(before.length))).toEqual(new Set([estimator]));
    await whole();
    const { state } = await readLearner(school, first);
    expect(JSON.stringify(replay(after))).toBe(JSON.stringify(state));

    const newcomer = await startLearner(school);
    expect((await ledgerOf(newcomer))[0]?.body).toEqual({ guest: true, estimator });
  });

  it('outlives a restart, travels with an export and is what its id names', async () => {
    await begin(asItIs);
    const [first = ''] = learners;
    const { estimator, trial } = await adopted();
    school = await school.reopen();
    await answerMore(school, first, { answers: 3, seed: 'reopened' }, asItIs);
    const { estimators } = await readExport(school, first);
    expect(estimators).toHaveLength(1);
    expect(estimators[0]).toMatchObject({ id: estimator, base: 'mixer-1', version: trial.version });
    const digest = createHash('sha256').update(toCanonical(estimators[0]?.version)).digest('hex');
    expect(estimator).toBe(`mixer-1+${digest.slice(0, 16)}`);
    const { estimators: recorded } = await getGateRecord(school);
    expect(recorded).toMatchObject([
      { id: CURRENT_ESTIMATOR, adoptedAt: null, trial: null },
      { id: estimator, adoptedAt: school.time.now, trial: { before: trial.before, after: trial.after } },
    ]);
    await whole();
  });

  it('is refused where it is not better, and changes nothing', async () => {
    await begin(asBelieved, 130);
    const [first = ''] = learners;
    const before = await ledgerOf(first);
    expect((await adoptRefit(school, 'test')).outcome).toBe('not-better');
    expect(await listEstimators(school.db)).toEqual([]);
    expect(await findEstimatorInForce(school.db)).toBe(CURRENT_ESTIMATOR);
    expect(await ledgerOf(first)).toEqual(before);
    expect((await readExport(school, first)).estimators).toEqual([]);
  });

  it('is refused a second time on the same answers: nothing is left to gain', async () => {
    await begin(asItIs);
    const { estimator } = await adopted();
    const again = await adoptRefit(school, 'test');
    expect(again).toMatchObject({ outcome: 'not-better', trial: { estimator, gain: { mean: 0 } } });
    expect(await listEstimators(school.db)).toHaveLength(1);
  });

  it('waits for those in a check, and reaches them with the next act after it', async () => {
    await begin(asItIs);
    const [first = ''] = learners;
    await openCheck(first);
    const { estimator, learners: counted } = await adopted();
    expect(counted).toEqual({ moved: LEARNERS - 1, waiting: 1 });
    expect((await readLearner(school, first)).state.estimator.id).toBe('mixer-1');
    school.time.now += 25 * 3_600_000;
    await actOn(school, first, (tx) => closeOverdue(school, tx));
    expect((await readLearner(school, first)).state.estimator.id).toBe(estimator);
    await whole();
  });

  it('holds for a guest’s chain that an account takes over', async () => {
    await begin(asItIs);
    const [account = '', guest = ''] = learners;
    const { estimator } = await adopted();
    await answerMore(school, guest, { answers: 4, seed: 'guest' }, asItIs);
    await adoptGuest(school, guest, account);
    await answerMore(school, account, { answers: 4, seed: 'account' }, asItIs);
    const { state } = await readLearner(school, account);
    expect(state.estimator.id).toBe(estimator);
    expect(JSON.stringify(replay(await ledgerOf(account)))).toBe(JSON.stringify(state));
    await whole();
    // What the guest's chain said of its own estimator stays in it, and says nothing of the account's.
    const { estimators } = await readExport(school, account);
    expect(estimators.map(({ id }) => id)).toEqual([estimator]);
  });

  it('that somebody changed later is found, and the school does not open on it', async () => {
    await begin(asItIs);
    const { estimator, trial } = await adopted();
    const version = JSON.stringify({ ...trial.version, intercept: 1 });
    await school.db.updateTable('estimators').set({ version }).where('id', '=', estimator).execute();
    expect((await verifyLedgers(school)).problems).toEqual([
      {
        learner: '',
        seq: 0,
        problem: `The stored coefficients of the estimator ${estimator} are not those that its id names.`,
      },
    ]);
    await expect(school.reopen()).rejects.toThrow(EstimatorChangedError);
    school = await openTestSchool(kind);
  });

  async function openCheck(learnerId: string): Promise<void> {
    const check = { checkId: school.newId(), skill: 'a' };
    await actOn(school, learnerId, async (tx) => {
      const events = startCheck(tx.state, engineContext(school, tx.now), check);
      await appendDecisions(school, tx, events);
    });
  }
});
