import { parseArgs } from 'node:util';
import { commandLine, openSchool, parseConfig, retractItem, type ItemToRetract } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae content retract <family id> [<variant>] [--reason <why>]';

/** What the ledgers say where the operator gave no reason. */
const NO_REASON = 'The item was found to be wrong.';

/**
 * Retracts a family or one variant of it, for everybody who met it. On SQLite the server must be stopped first.
 * Exit codes: 0 retracted, 2 called wrongly.
 */
export async function runRetract(args: string[]): Promise<number> {
  const item = parseItem(args);
  if (item === undefined) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const school = await openSchool(parseConfig(process.env));
    try {
      const result = await retractItem(school, item, commandLine());
      if (result.outcome === 'unknown-family')
        return calledWrongly(`There is no family ${item.family}, and nobody was ever shown one.`);
      if (result.outcome === 'unknown-variant')
        return calledWrongly(
          `The family ${item.family} has no variant ${item.variant ?? ''}, and nobody was ever shown one.`,
        );
      process.stdout.write(
        `Retracted. ${result.learners} learners were shown it; ${result.corrected} ledgers were corrected now.\n`,
      );
      return 0;
    } finally {
      await school.close();
    }
  });
}

function parseItem(args: string[]): ItemToRetract | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { reason: { type: 'string' } },
    });
    const [family, variant = null, ...more] = positionals;
    const reason = values.reason?.trim() || NO_REASON;
    return family === undefined || more.length > 0 ? undefined : { family, variant, reason };
  } catch {
    return undefined;
  }
}
