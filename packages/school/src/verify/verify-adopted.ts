import { z } from 'zod';
import type { RawEvent } from '../store/chain.ts';
import { verifyChain, type ChainProblem } from './verify-chain.ts';

const adoptedSchema = z.object({
  learnerId: z.string(),
  seq: z.number(),
  at: z.number(),
  type: z.string(),
  body: z.unknown(),
  prev: z.string(),
  hash: z.string(),
});

/** The events taken over from guests are whole chains of their own, and end where the guests' chains ended. */
export function verifyAdopted(
  events: readonly RawEvent[],
  heads: ReadonlyMap<string, { seq: number; hash: string }>,
): ChainProblem[] {
  const problems: ChainProblem[] = [];
  const chains = new Map<string, { at: number[]; events: RawEvent[] }>();
  for (const event of events) {
    if (event.type !== 'adopted') continue;
    const parsed = adoptedSchema.safeParse(event.body);
    if (!parsed.success) {
      problems.push({ seq: event.seq, problem: 'It says that it was adopted, but not from where.' });
      continue;
    }
    const { learnerId, ...original } = parsed.data;
    const chain = chains.get(learnerId) ?? { at: [], events: [] };
    chain.events.push(original);
    chain.at.push(event.seq);
    chains.set(learnerId, chain);
  }
  for (const [learnerId, chain] of chains) {
    for (const { seq, problem } of verifyChain(learnerId, chain.events, heads.get(learnerId))) {
      const place = chain.at[chain.events.findIndex((event) => event.seq === seq)] ?? chain.at.at(-1) ?? 0;
      problems.push({
        seq: place,
        problem: `In the chain adopted from ${learnerId}, event ${seq}: ${problem}`,
      });
    }
  }
  return problems;
}
