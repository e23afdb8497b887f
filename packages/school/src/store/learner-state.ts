import {
  emptyState,
  estimatorsNamed,
  foldEvent,
  replay,
  type LearnerState,
  type LedgerEvent,
} from '@edirae/engine';
import { ensureHeld } from './estimators.ts';
import type { RawEvent } from './chain.ts';
import { listEvents } from './events.ts';
import type { Queries } from './transaction.ts';

/**
 * The state is a fold over the ledger. Two copies spare the folding: one in the row, written every so many events, and one in this
 * process's memory. Neither is believed further than the chain agrees with it: what came since is folded on top, what does not fit is
 * thrown away.
 */
export interface FoldedState {
  /** The last event folded, by number and hash. */
  seq: number;
  hash: string;
  state: LearnerState;
  /** Up to which event the row's copy is good; 0 where it is not. */
  storedSeq: number;
}

/** Events after which the row's copy is written anew: a reader without memory folds at most this many, and few commits carry the state. */
export const STORED_EVERY = 32;

/** Learners whose state is remembered; one takes some hundred kilobytes. */
const REMEMBERED = 400;

/** States of the learners who acted last, in this process. */
export class StateMemory {
  readonly #states = new Map<string, FoldedState>();

  find(learnerId: string): FoldedState | undefined {
    return this.#states.get(learnerId);
  }

  /** Keeps a committed state; the one longest unused makes room. */
  keep(learnerId: string, folded: FoldedState): void {
    this.#states.delete(learnerId);
    this.#states.set(learnerId, folded);
    const [oldest] = this.#states.keys();
    if (this.#states.size > REMEMBERED && oldest !== undefined) this.#states.delete(oldest);
  }

  forget(learnerId: string): void {
    this.#states.delete(learnerId);
  }
}

/** Columns of a learner that name the end of their chain. */
interface Head {
  id: string;
  head_seq: number;
  head_hash: string;
}

/** The learner's state at their head: remembered, or stored and folded on, or folded from the first event. */
export async function loadState(db: Queries, memory: StateMemory, head: Head): Promise<FoldedState> {
  const remembered = memory.find(head.id);
  if (remembered?.seq === head.head_seq && remembered.hash === head.head_hash) return remembered;
  // Another process may have appended since.
  const caughtUp = remembered && (await foldOn(db, remembered, head));
  return caughtUp ?? foldStored(db, head);
}

/** Undefined where the copy is no part of this chain. */
async function foldOn(db: Queries, from: FoldedState, head: Head): Promise<FoldedState | undefined> {
  if (from.seq >= head.head_seq) return undefined;
  const events = await listEvents(db, head.id, from.seq);
  if (events[0]?.prev !== from.hash || events.at(-1)?.hash !== head.head_hash) return undefined;
  const state = (await replayable(db, events)).reduce(foldEvent, from.state);
  return { ...from, seq: head.head_seq, hash: head.head_hash, state };
}

async function foldStored(db: Queries, head: Head): Promise<FoldedState> {
  const row = await db
    .selectFrom('learners')
    .select(['state', 'state_seq'])
    .where('id', '=', head.id)
    .executeTakeFirst();
  const at = { seq: head.head_seq, hash: head.head_hash };
  const stored = row && row.state !== null ? parseState(row.state) : undefined;
  if (row && stored?.seq === row.state_seq && row.state_seq <= head.head_seq) {
    await ensureHeld(db, [stored.estimator.id]);
    const since = await replayable(db, await listEvents(db, head.id, row.state_seq));
    return { ...at, state: since.reduce(foldEvent, stored), storedSeq: row.state_seq };
  }
  return { ...at, state: replay(await replayable(db, await listEvents(db, head.id))), storedSeq: 0 };
}

/** Events whose estimators this process knows. The rows were written by `append`, which takes nothing but these types. */
async function replayable(db: Queries, rows: RawEvent[]): Promise<LedgerEvent[]> {
  const events = rows as unknown as LedgerEvent[];
  await ensureHeld(db, estimatorsNamed(events));
  return events;
}

/** Undefined for a copy that was written by another version, or cannot be read. */
function parseState(text: string): LearnerState | undefined {
  try {
    const state = JSON.parse(text) as Partial<LearnerState>;
    return state.version === emptyState().version ? (state as LearnerState) : undefined;
  } catch {
    return undefined;
  }
}
