import { findPublicKey } from '../keys.ts';
import { RECEIPT_KEY_PREFIX, verifyReceipt, type Receipt } from '../receipts.ts';
import { loadEstimators } from '../store/estimators.ts';
import { listEvents } from '../store/events.ts';
import { findLearner, LearnerNotFound, listLearnerIds } from '../store/learners.ts';
import { findLedgerSnapshot, listOrphans } from '../store/ledger-snapshot.ts';
import { listMeta } from '../store/meta.ts';
import type { Queries } from '../store/transaction.ts';
import type { LedgerProblem } from '../verify/problem.ts';
import { verifyAdopted } from '../verify/verify-adopted.ts';
import { verifyChain } from '../verify/verify-chain.ts';
import { verifyDecisions } from '../verify/verify-decisions.ts';

/** What was looked at, and what was found. */
export interface Verification {
  ok: boolean;
  learners: number;
  events: number;
  problems: LedgerProblem[];
}

export interface VerifyOptions {
  /** Only this learner. */
  learnerId?: string | undefined;
  /** Receipts that learners kept: a ledger that was rewritten as a whole agrees with itself, but not with these. */
  receipts?: readonly Receipt[] | undefined;
  /** Keys to trust beside those that the database names. */
  publicKeys?: readonly string[] | undefined;
}

const PAGE = 500;

/**
 * Checks ledgers from the first event to the head: links, times, decisions, cached states and receipts. Changes nothing.
 * @throws LearnerNotFound where one learner is asked for of whom there is no trace
 */
export async function verifyLedgers(
  school: { db: Queries },
  options: VerifyOptions = {},
): Promise<Verification> {
  const { db } = school;
  const keys = await trustedKeys(db, options.publicKeys ?? []);
  const orphans = await listOrphans(db, options.learnerId);
  if (options.learnerId !== undefined && orphans.length === 0 && !(await findLearner(db, options.learnerId)))
    throw new LearnerNotFound(options.learnerId);
  const result: Verification = { ok: true, learners: 0, events: 0, problems: [] };
  for (const id of await loadEstimators(db))
    result.problems.push({
      learner: '',
      seq: 0,
      problem: `The stored coefficients of the estimator ${id} are not those that its id names.`,
    });
  for await (const learnerId of learnersToVerify(db, options)) {
    const ledger = await findLedgerSnapshot(db, learnerId);
    if (ledger === undefined) continue;
    result.learners += 1;
    result.events += ledger.events.length;
    const found = [
      ...verifyChain(learnerId, ledger.events, ledger.head),
      ...verifyAdopted(ledger.events, ledger.adopted),
      ...verifyDecisions(ledger),
    ];
    result.problems.push(...found.map((problem) => ({ learner: learnerId, ...problem })));
    for (const { receipt } of ledger.receipts)
      result.problems.push(...(await verifyOneReceipt(db, keys, receipt)));
  }
  for (const receipt of options.receipts ?? [])
    result.problems.push(...(await verifyOneReceipt(db, keys, receipt)));
  result.problems.push(
    ...orphans.map((learner) => ({
      learner,
      seq: 0,
      problem: 'There are events of this learner, but the learner was removed.',
    })),
  );
  result.ok = result.problems.length === 0;
  return result;
}

async function* learnersToVerify(
  db: Queries,
  { learnerId, receipts = [] }: VerifyOptions,
): AsyncGenerator<string> {
  if (learnerId !== undefined) {
    yield* new Set([learnerId, ...receipts.map((receipt) => receipt.learnerId)]);
    return;
  }
  for (let after = ''; ;) {
    const ids = await listLearnerIds(db, after, PAGE);
    yield* ids;
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

async function verifyOneReceipt(
  db: Queries,
  keys: ReadonlyMap<string, string>,
  receipt: Receipt,
): Promise<LedgerProblem[]> {
  const { learnerId: learner, seq } = receipt;
  const key = keys.get(receipt.issuer);
  if (key === undefined)
    return [{ learner, seq, problem: `The receipt was signed with an unknown key (${receipt.issuer}).` }];
  if (!verifyReceipt(receipt, key))
    return [{ learner, seq, problem: 'The receipt’s signature does not fit its text.' }];
  const [event] = await listEvents(db, learner, seq - 1, 1);
  if (event?.seq !== seq)
    return [{ learner, seq, problem: 'The receipt names an event that the ledger does not have.' }];
  if (event.hash !== receipt.hash)
    return [
      { learner, seq, problem: 'The ledger was rewritten: a receipt remembers another hash for this event.' },
    ];
  return [];
}

async function trustedKeys(db: Queries, given: readonly string[]): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (const publicKey of [...(await listMeta(db, RECEIPT_KEY_PREFIX)).map(({ value }) => value), ...given]) {
    // The id is computed, not read: a name beside a key proves nothing. What is no key vouches for nothing.
    const parsed = findPublicKey(publicKey);
    if (parsed !== undefined) keys.set(parsed.id, publicKey);
  }
  return keys;
}
