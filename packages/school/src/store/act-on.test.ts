import { emptyState, type NewEvent } from '@edirae/engine';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBoth, makePlace, type Place } from '../../testing/databases.ts';
import { openKeeper, type TestKeeper } from '../../testing/ledger-keeper.ts';
import { actOn, actOnAll, createLearner, readLearner } from './act-on.ts';
import { GENESIS, hashEvent } from './chain.ts';
import { listEvents } from './events.ts';
import { StateMemory, STORED_EVERY } from './learner-state.ts';
import { LearnerNotFound, setMergedInto } from './learners.ts';

const opened = (...skills: string[]): NewEvent => ({ type: 'skills-opened', body: { skills } });

describeOnBoth('acting on a learner', (kind) => {
  let place: Place;
  let keeper: TestKeeper;
  let learnerId: string;
  beforeEach(async () => {
    place = await makePlace(kind);
    keeper = await openKeeper(place);
    learnerId = await createLearner(keeper, null, async (tx) => tx.learnerId);
  });
  afterEach(async () => {
    await keeper.close();
    await place.remove();
  });

  /** As a process that has just started. */
  const forgetEverything = () => void (keeper.states = new StateMemory());
  const storedState = () =>
    keeper.db
      .selectFrom('learners')
      .select(['state', 'state_seq'])
      .where('id', '=', learnerId)
      .executeTakeFirstOrThrow();

  it('chains every event to the one before it', async () => {
    await actOn(keeper, learnerId, async (tx) => tx.append([opened('a'), opened('b')]));
    const events = await listEvents(keeper.db, learnerId);
    expect(events.map((event) => [event.seq, event.type])).toEqual([
      [1, 'learner-created'],
      [2, 'skills-opened'],
      [3, 'skills-opened'],
    ]);
    let prev = GENESIS;
    for (const event of events) {
      expect(event.prev).toBe(prev);
      expect(event.hash).toBe(hashEvent(learnerId, event));
      prev = event.hash;
    }
    expect((await readLearner(keeper, learnerId)).head).toEqual({ seq: 3, hash: prev });
  });

  it('shows the work its own events at once', async () => {
    await actOn(keeper, learnerId, async (tx) => {
      const [event] = tx.append([opened('a')]);
      expect(tx.state.opened).toEqual(['a']);
      expect(tx.head).toEqual({ seq: 2, hash: event?.hash });
      expect(await tx.findEvent(2)).toEqual(event);
      expect((await tx.store.listEvents()).map(({ seq }) => seq)).toEqual([1, 2]);
      expect((await tx.store.listEvents(0, 1)).map(({ seq }) => seq)).toEqual([1]);
    });
  });

  it('keeps nothing of an act that throws', async () => {
    const act = actOn(keeper, learnerId, async (tx) => {
      tx.append([opened('a')]);
      await tx.store.insertCheck({ id: 'c1', skill: 'a', startedAt: tx.now });
      throw new Error('on purpose');
    });
    await expect(act).rejects.toThrow('on purpose');
    const learner = await readLearner(keeper, learnerId);
    expect(learner.head.seq).toBe(1);
    expect(await learner.store.findCheck('c1')).toBeUndefined();
  });

  it('loses none of fifty acts on one learner at once', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        actOn(keeper, learnerId, async (tx) => {
          await new Promise((resolve) => setTimeout(resolve, n % 4));
          tx.append([opened(`skill-${n}`)]);
        }),
      ),
    );
    const learner = await readLearner(keeper, learnerId);
    expect(learner.head.seq).toBe(51);
    expect(new Set(learner.state.opened).size).toBe(50);
  });

  it('never lets time go back', async () => {
    keeper.time.now += 1_000;
    await actOn(keeper, learnerId, async (tx) => tx.append([opened('a')]));
    const later = keeper.time.now;
    keeper.time.now -= 500_000;
    await actOn(keeper, learnerId, async (tx) => tx.append([opened('b')]));
    const [last] = await listEvents(keeper.db, learnerId, 2);
    expect(last?.at).toBe(later);
    expect((await readLearner(keeper, learnerId)).now).toBe(later);
  });

  it('folds the ledger again where the stored state is of another version, cannot be read or runs ahead', async () => {
    await actOn(keeper, learnerId, async (tx) => tx.append([opened('a')]));
    for (const [state, seq] of [
      ['{"version":0}', 2],
      ['{', 2],
      ['{}', 1],
      [null, 0],
      [JSON.stringify({ ...emptyState(), seq: 9 }), 9],
    ] as const) {
      await keeper.db
        .updateTable('learners')
        .set({ state, state_seq: seq })
        .where('id', '=', learnerId)
        .execute();
      forgetEverything();
      expect((await readLearner(keeper, learnerId)).state.opened).toEqual(['a']);
    }
    await actOn(keeper, learnerId, async (tx) => tx.append([opened('b')]));
    expect(JSON.parse((await storedState()).state as string).opened).toEqual(['a', 'b']);
  });

  it('stores the state every so many events and folds what came since on top', async () => {
    for (let n = 1; n <= STORED_EVERY + 3; n++)
      await actOn(keeper, learnerId, async (tx) => tx.append([opened(`skill-${n}`)]));
    const { state, state_seq } = await storedState();
    expect(state_seq).toBe(1 + STORED_EVERY);
    expect(JSON.parse(state as string).seq).toBe(1 + STORED_EVERY);
    const remembered = (await readLearner(keeper, learnerId)).state;
    forgetEverything();
    expect((await readLearner(keeper, learnerId)).state).toEqual(remembered);
    expect(remembered.opened).toHaveLength(STORED_EVERY + 3);
  });

  it('sees what another process appended', async () => {
    const other = { ...keeper, states: new StateMemory() };
    await readLearner(keeper, learnerId);
    await actOn(other, learnerId, async (tx) => tx.append([opened('there')]));
    expect((await readLearner(keeper, learnerId)).state.opened).toEqual(['there']);
    await actOn(keeper, learnerId, async (tx) => tx.append([opened('here')]));
    await actOn(other, learnerId, async (tx) => expect(tx.state.opened).toEqual(['there', 'here']));
  });

  it('stores what has no canonical form in a form that has one', async () => {
    await actOn(keeper, learnerId, async (tx) =>
      tx.append([
        { type: 'dispute-opened', body: { disputeId: 'd', issueId: 'i', text: 'half \ud800 and \u0000' } },
      ]),
    );
    const [event] = await listEvents(keeper.db, learnerId, 1);
    expect(event?.body).toMatchObject({ text: 'half \ufffd and \u0000' });
    expect(hashEvent(learnerId, event as never)).toBe(event?.hash);
  });

  it('refuses a learner who does not exist, and one whose progress moved on', async () => {
    await expect(actOn(keeper, 'nobody', async () => 0)).rejects.toThrow(LearnerNotFound);
    await expect(readLearner(keeper, 'nobody')).rejects.toThrow(LearnerNotFound);
    const other = await createLearner(keeper, null, async (tx) => tx.learnerId);
    await setMergedInto(keeper.db, other, learnerId);
    await expect(actOn(keeper, other, async () => 0)).rejects.toThrow(LearnerNotFound);
  });

  it('acts on two learners at once without waiting for itself', async () => {
    const other = await createLearner(keeper, null, async (tx) => tx.learnerId);
    const both = (ids: string[]) =>
      actOnAll(keeper, ids, async (learners) => learners.forEach((tx) => tx.append([opened('x')])));
    await Promise.all([both([learnerId, other]), both([other, learnerId]), both([learnerId, other])]);
    expect((await readLearner(keeper, other)).head.seq).toBe(4);
    expect((await readLearner(keeper, learnerId)).head.seq).toBe(4);
  });

  it('says once a process, before the first event, that the clock is shifted', async () => {
    await keeper.close();
    keeper = await openKeeper(place, 86_400_000);
    await actOn(keeper, learnerId, async (tx) => void tx.append([]));
    await actOn(keeper, learnerId, async (tx) => void tx.append([opened('a')])).then(() =>
      actOn(keeper, learnerId, async (tx) => void tx.append([opened('b')])),
    );
    expect((await listEvents(keeper.db, learnerId, 1)).map((event) => event.type)).toEqual([
      'clock-shifted',
      'skills-opened',
      'skills-opened',
    ]);
  });

  it('says it again when the act that said it first was undone', async () => {
    await keeper.close();
    keeper = await openKeeper(place, 1_000);
    await actOn(keeper, learnerId, async (tx) => {
      tx.append([opened('a')]);
      throw new Error('on purpose');
    }).catch(() => {});
    await actOn(keeper, learnerId, async (tx) => void tx.append([opened('a')]));
    expect((await listEvents(keeper.db, learnerId, 1)).map((event) => event.type)).toEqual([
      'clock-shifted',
      'skills-opened',
    ]);
  });
});
