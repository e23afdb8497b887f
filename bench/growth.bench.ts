/**
 * `npm run --silent bench -- growth [--ledgers 1000,10000,100000] [--learners 100,100000]`: how the built app fares as ledgers and their number
 * grow, on SQLite. For each length one learner with such a past, for each number that many learners with a short one, all with valid chains;
 * then how long a start takes, the first answer and the tenth of every page that reads the ledger, and an answer to an item. Milliseconds.
 */
import { parseArgs } from 'node:util';
import { growMany, growOne } from './growth/grow.ts';
import { measureGrown, type Grown } from './growth/measure-grown.ts';
import type { Bench } from './main.ts';

const numbers = (list: string): number[] =>
  list.split(',').map((text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < 1 || value > 1_000_000)
      throw new Error(`${JSON.stringify(text)} is no count from 1 to 1000000.`);
    return value;
  });

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: {
      ledgers: { type: 'string', default: '1000,10000,100000' },
      learners: { type: 'string', default: '100,100000' },
    },
  });
  const rows: Grown[] = [];
  for (const events of numbers(values.ledgers)) {
    progress(`one ledger of ${events} events`);
    rows.push(await measureGrown(await growOne(events, progress), progress));
  }
  for (const learners of numbers(values.learners)) {
    progress(`${learners} learners`);
    rows.push(await measureGrown(await growMany(learners, progress), progress));
  }
  return rows as unknown as Record<string, unknown>[];
};
