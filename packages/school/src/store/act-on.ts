import { foldEvent, type LearnerState, type NewEvent } from '@edirae/engine';
import { GENESIS, hashEvent, toStorable, type ChainedEvent, type RawEvent } from './chain.ts';
import type { DatabaseKind } from './database-kind.ts';
import { ensureHeld, findEstimatorInForce } from './estimators.ts';
import { insertEvents } from './events.ts';
import { loadState, STORED_EVERY, type FoldedState, type StateMemory } from './learner-state.ts';
import { createLearnerStore, type LearnerStore } from './learner-store.ts';
import { LearnerNotFound } from './learners.ts';
import type { LearnerRow } from './schema.ts';
import { transact, type Queries } from './transaction.ts';

/** What the ledger needs of the school. */
export interface LedgerKeeper {
  db: Queries;
  kind: DatabaseKind;
  /** Epoch milliseconds, with the configured offset. */
  clock(): number;
  newId(): string;
  config: { clockOffsetMs: number };
  /** Learners whose chain already says, in this run, that the clock is shifted. */
  shiftMarked: Set<string>;
  /** States of learners who acted lately. */
  states: StateMemory;
  /** Told of events once they are committed. */
  onAppended?(events: readonly ChainedEvent[]): void;
}

/** The last link of a chain. */
export interface ChainHead {
  seq: number;
  hash: string;
}

/** One learner as they are now: what a use case that only shows something needs, in a transaction or without one. */
export interface LearnerReader {
  readonly learnerId: string;
  readonly userId: string | null;
  readonly now: number;
  readonly state: LearnerState;
  readonly head: ChainHead;
  readonly store: LearnerStore;
  findEvent(seq: number): Promise<ChainedEvent | undefined>;
}

/** One learner inside one transaction: everything written through it is kept together, or not at all. */
export interface LearnerTransaction extends LearnerReader {
  /** The later of the clock and the learner's last event: the ledger's time never goes back. */
  readonly now: number;
  /** The state after everything appended so far. */
  readonly state: LearnerState;
  /** The open transaction, for what belongs into it beside the learner's own rows: a job, an entry of the audit log. */
  readonly queries: Queries;
  /** Chains and folds events; they are written when the work has ended. */
  append(events: readonly NewEvent[]): ChainedEvent[];
}

/**
 * Runs `work` on one learner in one transaction, alone: a second act on the same learner waits. The work may
 * be run again after a serialisation failure, so it touches nothing but its transaction.
 * @throws LearnerNotFound
 */
export async function actOn<T>(
  keeper: LedgerKeeper,
  learnerId: string,
  work: (tx: LearnerTransaction) => Promise<T>,
): Promise<T> {
  return actOnAll(keeper, [learnerId], ([learner]) => work(learner as LearnerTransaction));
}

/** Like {@link actOn} for several learners at once, handed over in the order given. */
export async function actOnAll<T>(
  keeper: LedgerKeeper,
  learnerIds: readonly string[],
  work: (learners: LearnerTransaction[]) => Promise<T>,
): Promise<T> {
  let written: OpenLearner[] = [];
  const result = await transact(keeper.db, async (tx) => {
    const opened = new Map<string, OpenLearner>();
    // Always locked in the same order, so that two such acts cannot wait for each other.
    for (const id of [...new Set(learnerIds)].sort()) opened.set(id, await OpenLearner.open(keeper, tx, id));
    const learners = learnerIds.map((id) => opened.get(id) as OpenLearner);
    const outcome = await work(learners);
    written = [...opened.values()];
    for (const learner of written) await learner.write();
    return outcome;
  });
  for (const learner of written) learner.remember();
  return result;
}

/** Creates a learner, of an account or a guest, with the first event of its chain, and lets `work` add to it. */
export async function createLearner<T>(
  keeper: LedgerKeeper,
  userId: string | null,
  work: (tx: LearnerTransaction) => Promise<T>,
): Promise<T> {
  const learnerId = keeper.newId();
  let written: OpenLearner | undefined;
  const result = await transact(keeper.db, async (tx) => {
    await tx
      .insertInto('learners')
      .values({
        id: learnerId,
        user_id: userId,
        created_at: keeper.clock(),
        head_seq: 0,
        head_hash: GENESIS,
        state: null,
        state_seq: 0,
        merged_into: null,
      })
      .execute();
    const learner = await OpenLearner.open(keeper, tx, learnerId);
    const estimator = await findEstimatorInForce(tx);
    await ensureHeld(tx, [estimator]);
    learner.append([{ type: 'learner-created', body: { guest: userId === null, estimator } }]);
    const outcome = await work(learner);
    await learner.write();
    written = learner;
    return outcome;
  });
  written?.remember();
  return result;
}

/** What acting needs of a learner's row; its copy of the state is read only where it is missing in memory. */
const HEAD_COLUMNS = ['id', 'user_id', 'head_seq', 'head_hash', 'merged_into'] as const;

type HeadRow = Pick<LearnerRow, (typeof HEAD_COLUMNS)[number]>;

/** A learner as they are now, for showing. @throws LearnerNotFound */
export async function readLearner(keeper: LedgerKeeper, learnerId: string): Promise<LearnerReader> {
  const { row, folded } = await readFolded(keeper, learnerId);
  const store = createLearnerStore(keeper.db, learnerId);
  return {
    learnerId,
    userId: row.user_id,
    now: Math.max(keeper.clock(), folded.state.lastAt),
    state: folded.state,
    head: { seq: row.head_seq, hash: row.head_hash },
    store,
    findEvent: (seq) => findStoredEvent(store, seq),
  };
}

/** From memory in one query; else row and ledger of one moment, since an act may come in between. */
async function readFolded(
  keeper: LedgerKeeper,
  learnerId: string,
): Promise<{ row: HeadRow; folded: FoldedState }> {
  const find = async (db: Queries): Promise<HeadRow> => {
    const row = await db
      .selectFrom('learners')
      .select(HEAD_COLUMNS)
      .where('id', '=', learnerId)
      .executeTakeFirst();
    if (row === undefined || row.merged_into !== null) throw new LearnerNotFound(learnerId);
    return row;
  };
  const row = await find(keeper.db);
  const remembered = keeper.states.find(learnerId);
  if (remembered?.seq === row.head_seq && remembered.hash === row.head_hash)
    return { row, folded: remembered };
  const read = await transact(
    keeper.db,
    async (tx) => {
      const current = await find(tx);
      return { row: current, folded: await loadState(tx, keeper.states, current) };
    },
    'snapshot',
  );
  keeper.states.keep(learnerId, read.folded);
  return read;
}

async function findStoredEvent(store: LearnerStore, seq: number): Promise<ChainedEvent | undefined> {
  const [event] = await store.listEvents(seq - 1, 1);
  return event?.seq === seq ? (event as unknown as ChainedEvent) : undefined;
}

class OpenLearner implements LearnerTransaction {
  readonly learnerId: string;
  readonly userId: string | null;
  readonly now: number;
  readonly store: LearnerStore;
  readonly queries: Queries;
  readonly #keeper: LedgerKeeper;
  readonly #pending: ChainedEvent[] = [];
  #state: LearnerState;
  #head: ChainHead;
  #storedSeq: number;
  #marksShift: boolean;

  private constructor(keeper: LedgerKeeper, tx: Queries, row: HeadRow, folded: FoldedState) {
    this.learnerId = row.id;
    this.userId = row.user_id;
    this.now = Math.max(keeper.clock(), folded.state.lastAt);
    const store = createLearnerStore(tx, row.id);
    this.store = {
      ...store,
      listEvents: async (after, limit) =>
        this.#withPending(await store.listEvents(after, limit), after, limit),
      listEventsAt: async (seqs) => [
        ...(await store.listEventsAt(seqs)),
        ...this.#pending.filter((event) => seqs.includes(event.seq)),
      ],
    };
    this.queries = tx;
    this.#keeper = keeper;
    this.#state = folded.state;
    this.#storedSeq = folded.storedSeq;
    this.#head = { seq: row.head_seq, hash: row.head_hash };
    this.#marksShift = keeper.config.clockOffsetMs !== 0 && !keeper.shiftMarked.has(row.id);
  }

  static async open(keeper: LedgerKeeper, tx: Queries, learnerId: string): Promise<OpenLearner> {
    const row = await lockLearner(tx, keeper.kind, learnerId);
    if (row === undefined || row.merged_into !== null) throw new LearnerNotFound(learnerId);
    return new OpenLearner(keeper, tx, row, await loadState(tx, keeper.states, row));
  }

  get state(): LearnerState {
    return this.#state;
  }

  get head(): ChainHead {
    return this.#head;
  }

  append(events: readonly NewEvent[]): ChainedEvent[] {
    if (events.length > 0 && this.#marksShift) {
      this.#marksShift = false;
      this.#chain({ type: 'clock-shifted', body: { offsetMs: this.#keeper.config.clockOffsetMs } });
    }
    return events.map((event) => this.#chain(event));
  }

  async findEvent(seq: number): Promise<ChainedEvent | undefined> {
    return findStoredEvent(this.store, seq);
  }

  /** What was appended here reads as if it had been written already. */
  #withPending(stored: RawEvent[], after = 0, limit = Infinity): RawEvent[] {
    return [...stored, ...this.#pending.filter((event) => event.seq > after)].slice(0, limit);
  }

  #chain(event: NewEvent): ChainedEvent {
    const link = { ...toStorable(event), seq: this.#head.seq + 1, at: this.now, prev: this.#head.hash };
    const chained: ChainedEvent = { ...link, hash: hashEvent(this.learnerId, link) };
    this.#state = foldEvent(this.#state, chained);
    this.#head = { seq: chained.seq, hash: chained.hash };
    this.#pending.push(chained);
    return chained;
  }

  /** Writes what was appended; the state only every so often, because it is the largest part of a commit. */
  async write(): Promise<void> {
    if (this.#pending.length === 0) return;
    await insertEvents(this.queries, this.learnerId, this.#pending);
    const { seq, hash } = this.#head;
    const isDue = this.#storedSeq === 0 || seq - this.#storedSeq >= STORED_EVERY;
    await this.queries
      .updateTable('learners')
      .set({
        head_seq: seq,
        head_hash: hash,
        ...(isDue ? { state: JSON.stringify(this.#state), state_seq: seq } : {}),
      })
      .where('id', '=', this.learnerId)
      .execute();
    if (isDue) this.#storedSeq = seq;
  }

  /** To be called once the transaction was committed. */
  remember(): void {
    this.#keeper.onAppended?.(this.#pending);
    const { seq, hash } = this.#head;
    this.#keeper.states.keep(this.learnerId, { seq, hash, state: this.#state, storedSeq: this.#storedSeq });
    if (this.#pending.some((event) => event.type === 'clock-shifted'))
      this.#keeper.shiftMarked.add(this.learnerId);
  }
}

async function lockLearner(tx: Queries, kind: DatabaseKind, learnerId: string): Promise<HeadRow | undefined> {
  const query = tx.selectFrom('learners').select(HEAD_COLUMNS).where('id', '=', learnerId);
  // SQLite has one connection, whose transactions wait for one another; PostgreSQL needs to be told.
  return (kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}
