import { parseStoredEvent } from '../store/events.ts';
import type { PortableRow } from '../store/portable/portable-row.ts';
import type { RawEvent } from '../store/chain.ts';
import type { LedgerProblem } from '../verify/problem.ts';
import { verifyChain } from '../verify/verify-chain.ts';
import type { RowSource } from './row-source.ts';

/** Follows every learner's chain from its first event to its head, row by row as a source hands them over. */
export async function verifyChains(source: RowSource): Promise<LedgerProblem[]> {
  const heads = await readHeads(source);
  const table = source.tables.find(({ name }) => name === 'ledger_events');
  if (table === undefined) return [];
  const at = (row: PortableRow, column: string) => row[table.columns.indexOf(column)] ?? null;
  const problems: LedgerProblem[] = [];
  let learner: string | undefined;
  let events: RawEvent[] = [];
  const close = () => {
    if (learner === undefined) return;
    const head = heads.get(learner);
    heads.delete(learner);
    const found = head
      ? verifyChain(learner, events, head)
      : [{ seq: 0, problem: 'There are events of this learner, but the learner is not there.' }];
    for (const problem of found) problems.push({ learner, ...problem });
    events = [];
  };
  for await (const { rows } of source.rows(table, null)) {
    for (const row of rows) {
      const id = String(at(row, 'learner_id'));
      if (id !== learner) close();
      learner = id;
      events.push(
        parseStoredEvent({
          seq: Number(at(row, 'seq')),
          at: Number(at(row, 'at')),
          type: String(at(row, 'type')),
          body: String(at(row, 'body')),
          prev: String(at(row, 'prev')),
          hash: String(at(row, 'hash')),
        }),
      );
    }
  }
  close();
  for (const [id, head] of heads)
    for (const problem of verifyChain(id, [], head)) problems.push({ learner: id, ...problem });
  return problems;
}

async function readHeads(source: RowSource): Promise<Map<string, { seq: number; hash: string }>> {
  const heads = new Map<string, { seq: number; hash: string }>();
  const table = source.tables.find(({ name }) => name === 'learners');
  if (table === undefined) return heads;
  const [id, seq, hash] = ['id', 'head_seq', 'head_hash'].map((column) => table.columns.indexOf(column)) as [
    number,
    number,
    number,
  ];
  for await (const { rows } of source.rows(table, null))
    for (const row of rows) heads.set(String(row[id]), { seq: Number(row[seq]), hash: String(row[hash]) });
  return heads;
}
