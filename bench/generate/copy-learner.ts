import { createHash } from 'node:crypto';
import type { School } from '@edirae/school';
import { signReceipt } from '../../packages/school/src/receipts.ts';
import { GENESIS, hashEvent, type RawEvent } from '../../packages/school/src/store/chain.ts';
import { listEvents } from '../../packages/school/src/store/events.ts';
import { listReceipts } from '../../packages/school/src/store/receipts.ts';
import type { LearnerRow } from '../../packages/school/src/store/schema.ts';

/** A row as it is inserted. */
type Row = Record<string, unknown>;

/** Everything kept about one learner, to make others from. */
export interface Pattern {
  learner: LearnerRow;
  events: RawEvent[];
  receipts: Awaited<ReturnType<typeof listReceipts>>;
  issues: Row[];
  checks: Row[];
}

/** Rows of one learner, ready to be inserted. */
export interface LearnerRows {
  id: string;
  learners: Row[];
  ledger_events: Row[];
  issues: Row[];
  checks: Row[];
  receipts: Row[];
}

/** An id as `newId` makes them: 24 characters of its alphabet. */
const ID = /(?<![\w-])[a-km-np-z2-9]{24}(?![\w-])/g;

/** Reads a learner to copy. */
export async function readPattern(school: School, learnerId: string): Promise<Pattern> {
  const { db } = school;
  return {
    learner: await db
      .selectFrom('learners')
      .selectAll()
      .where('id', '=', learnerId)
      .executeTakeFirstOrThrow(),
    events: await listEvents(db, learnerId),
    receipts: await listReceipts(db, learnerId),
    issues: await db.selectFrom('issues').selectAll().where('learner_id', '=', learnerId).execute(),
    checks: await db.selectFrom('checks').selectAll().where('learner_id', '=', learnerId).execute(),
  };
}

/**
 * Another learner with the same past: every id is another, so every event hashes differently and the chain and the receipts are made anew.
 * What `verify` asks of a ledger holds for the copy as it does for the pattern.
 */
export function copyLearner(school: School, pattern: Pattern, n: number): LearnerRows {
  const tag = toAlphabet(createHash('sha256').update(`${pattern.learner.id}/${n}`).digest());
  const renamed = (text: string): string => text.replace(ID, (id) => tag + id.slice(tag.length));
  const through = <T>(value: T): T => JSON.parse(renamed(JSON.stringify(value))) as T;
  const id = renamed(pattern.learner.id);
  const hashes = new Map<number, string>();
  let prev = GENESIS;
  const ledger_events = pattern.events.map((event) => {
    const body = renamed(JSON.stringify(event.body));
    const link = { seq: event.seq, at: event.at, type: event.type, body: JSON.parse(body) as unknown, prev };
    const hash = hashEvent(id, link);
    hashes.set(event.seq, hash);
    prev = hash;
    return { ...link, body, learner_id: id, hash };
  });
  const receipts = pattern.receipts.map(({ id: receiptId, seq, at, skill, receipt }) => {
    const { decision, rule } = receipt;
    const { signature, ...body } = signReceipt(school.signingKey, {
      learnerId: id,
      seq,
      hash: hashes.get(seq) ?? '',
      at,
      skill,
      decision,
      rule,
    });
    return { id: renamed(receiptId), learner_id: id, seq, at, skill, body: JSON.stringify(body), signature };
  });
  const { state } = pattern.learner;
  return {
    id,
    learners: [{ ...pattern.learner, id, head_hash: prev, state: state === null ? null : renamed(state) }],
    ledger_events,
    issues: pattern.issues.map(through),
    checks: pattern.checks.map(through),
    receipts,
  };
}

/** Ten characters of an id: 50 bits, so that copies never meet. */
function toAlphabet(bytes: Uint8Array): string {
  return [...bytes.subarray(0, 10)].map((byte) => 'abcdefghijkmnpqrstuvwxyz23456789'[byte & 31]).join('');
}
