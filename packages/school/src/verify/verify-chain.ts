import { GENESIS, hashEvent, type RawEvent } from '../store/chain.ts';

/** A problem inside one chain. */
export interface ChainProblem {
  seq: number;
  problem: string;
}

/**
 * Every event holds its place, follows the one before it, is not earlier than it and hashes to what it says;
 * and the chain ends where its head says.
 */
export function verifyChain(
  learnerId: string,
  events: readonly RawEvent[],
  head?: { seq: number; hash: string },
): ChainProblem[] {
  const problems: ChainProblem[] = [];
  let last = { seq: 0, at: 0, hash: GENESIS };
  for (const event of events) {
    const { seq } = event;
    if (seq !== last.seq + 1)
      problems.push({
        seq,
        problem: `The event before it is number ${last.seq}: ${describeGap(last.seq, seq)}.`,
      });
    if (event.prev !== last.hash)
      problems.push({ seq, problem: 'It does not follow the event before it: its link has another hash.' });
    if (event.at < last.at) problems.push({ seq, problem: `Time goes back by ${last.at - event.at} ms.` });
    if (!hashesRight(learnerId, event))
      problems.push({ seq, problem: 'It was edited: its content does not match its hash.' });
    last = event;
  }
  if (head !== undefined && head.seq !== last.seq) {
    const cut =
      head.seq > last.seq
        ? `the last ${head.seq - last.seq} were cut off`
        : `${last.seq - head.seq} were added behind the head`;
    problems.push({
      seq: head.seq,
      problem: `The learner's head is event ${head.seq}, but the ledger ends with ${last.seq}: ${cut}.`,
    });
  } else if (head !== undefined && head.hash !== last.hash) {
    problems.push({ seq: head.seq, problem: 'The learner’s head has another hash than the last event.' });
  }
  return problems;
}

function hashesRight(learnerId: string, event: RawEvent): boolean {
  try {
    return hashEvent(learnerId, event) === event.hash;
  } catch {
    // Text that has no canonical form was never written by us.
    return false;
  }
}

function describeGap(before: number, seq: number): string {
  return seq > before ? `${seq - before - 1} missing` : 'it is there twice';
}
