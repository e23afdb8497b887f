import {
  emptyState,
  estimatorsNamed,
  foldEvent,
  replay,
  type LearnerState,
  type LedgerEvent,
  type NewEvent,
} from '@edirae/engine';
import { GENESIS, hashEvent, toStorable, type ChainedEvent, type RawEvent } from './chain.ts';
import type { DatabaseKind } from './database-kind.ts';
import { ensureHeld, findEstimatorInForce } from './estimators.ts';
import { insertEvents, listEvents } from './events.ts';
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
  const marked: string[] = [];
  const result = await transact(keeper.db, async (tx) => {
    marked.length = 0;
    const opened = new Map<string, OpenLearner>();
    // Always locked in the same order, so that two such acts cannot wait for each other.
    for (const id of [...new Set(learnerIds)].sort()) opened.set(id, await OpenLearner.open(keeper, tx, id));
    const learners = learnerIds.map((id) => opened.get(id) as OpenLearner);
    const outcome = await work(learners);
    for (const learner of opened.values()) if (await learner.write()) marked.push(learner.learnerId);
    return outcome;
  });
  for (const id of marked) keeper.shiftMarked.add(id);
  return result;
}

/** Creates a learner, of an account or a guest, with the first event of its chain, and lets `work` add to it. */
export async function createLearner<T>(
  keeper: LedgerKeeper,
  userId: string | null,
  work: (tx: LearnerTransaction) => Promise<T>,
): Promise<T> {
  const learnerId = keeper.newId();
  return transact(keeper.db, async (tx) => {
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
    if (await learner.write()) keeper.shiftMarked.add(learnerId);
    return outcome;
  });
}

/** A learner as they are now, for showing. @throws LearnerNotFound */
export async function readLearner(keeper: LedgerKeeper, learnerId: string): Promise<LearnerReader> {
  const row = await keeper.db
    .selectFrom('learners')
    .selectAll()
    .where('id', '=', learnerId)
    .executeTakeFirst();
  if (row === undefined || row.merged_into !== null) throw new LearnerNotFound(learnerId);
  const state = await currentState(keeper.db, row);
  const store = createLearnerStore(keeper.db, learnerId);
  return {
    learnerId,
    userId: row.user_id,
    now: Math.max(keeper.clock(), state.lastAt),
    state,
    head: { seq: row.head_seq, hash: row.head_hash },
    store,
    findEvent: (seq) => findStoredEvent(store, seq),
  };
}

async function findStoredEvent(store: LearnerStore, seq: number): Promise<ChainedEvent | undefined> {
  const [event] = await store.listEvents(seq - 1, 1);
  return event?.seq === seq ? (event as unknown as ChainedEvent) : undefined;
}

/** The cached fold, or the fold of the ledger where the cache lags or was written by another version. */
async function currentState(db: Queries, row: LearnerRow): Promise<LearnerState> {
  if (row.state !== null && row.state_seq === row.head_seq) {
    const cached = JSON.parse(row.state) as LearnerState;
    if (cached.version === emptyState().version) {
      await ensureHeld(db, [cached.estimator.id]);
      return cached;
    }
  }
  // The rows were written by `append`, which takes nothing but these types.
  const events = (await listEvents(db, row.id)) as unknown as LedgerEvent[];
  await ensureHeld(db, estimatorsNamed(events));
  return replay(events);
}

class OpenLearner implements LearnerTransaction {
  readonly learnerId: string;
  readonly userId: string | null;
  readonly now: number;
  readonly store: LearnerStore;
  readonly queries: Queries;
  readonly #offset: number;
  readonly #stateWasCurrent: boolean;
  readonly #pending: ChainedEvent[] = [];
  #state: LearnerState;
  #head: ChainHead;
  #marksShift: boolean;

  private constructor(keeper: LedgerKeeper, tx: Queries, row: LearnerRow, state: LearnerState) {
    this.learnerId = row.id;
    this.userId = row.user_id;
    this.now = Math.max(keeper.clock(), state.lastAt);
    const store = createLearnerStore(tx, row.id);
    this.store = {
      ...store,
      listEvents: async (after, limit) =>
        this.#withPending(await store.listEvents(after, limit), after, limit),
    };
    this.queries = tx;
    this.#offset = keeper.config.clockOffsetMs;
    this.#stateWasCurrent = row.state_seq === row.head_seq;
    this.#state = state;
    this.#head = { seq: row.head_seq, hash: row.head_hash };
    this.#marksShift = this.#offset !== 0 && !keeper.shiftMarked.has(row.id);
  }

  static async open(keeper: LedgerKeeper, tx: Queries, learnerId: string): Promise<OpenLearner> {
    const row = await lockLearner(tx, keeper.kind, learnerId);
    if (row === undefined || row.merged_into !== null) throw new LearnerNotFound(learnerId);
    return new OpenLearner(keeper, tx, row, await currentState(tx, row));
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
      this.#chain({ type: 'clock-shifted', body: { offsetMs: this.#offset } });
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

  /** Writes what was appended, and says whether the clock's shift was among it. */
  async write(): Promise<boolean> {
    if (this.#pending.length === 0 && this.#stateWasCurrent) return false;
    await insertEvents(this.queries, this.learnerId, this.#pending);
    await this.queries
      .updateTable('learners')
      .set({
        head_seq: this.#head.seq,
        head_hash: this.#head.hash,
        state: JSON.stringify(this.#state),
        state_seq: this.#head.seq,
      })
      .where('id', '=', this.learnerId)
      .execute();
    return this.#pending.some((event) => event.type === 'clock-shifted');
  }
}

async function lockLearner(
  tx: Queries,
  kind: DatabaseKind,
  learnerId: string,
): Promise<LearnerRow | undefined> {
  const query = tx.selectFrom('learners').selectAll().where('id', '=', learnerId);
  // SQLite has one connection, whose transactions wait for one another; PostgreSQL needs to be told.
  return (kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}
