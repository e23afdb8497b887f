import { parseArgs } from 'node:util';
import { commandLine, eraseByOperator, openSchool, parseConfig } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae erase --learner <id> --yes   (final: the ledger, the answers and the account)';

/** Erases a learner; on SQLite the server must be stopped first. Exit codes: 0 erased, 1 no such learner, 2 called wrongly. */
export async function runErase(args: string[]): Promise<number> {
  const learnerId = parseLearner(args);
  if (learnerId === undefined) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const school = await openSchool(parseConfig(process.env));
    try {
      const erased = await eraseByOperator(school, learnerId, commandLine());
      process.stdout.write(erased ? `Erased ${learnerId}.\n` : `No learner has the id ${learnerId}.\n`);
      return erased ? 0 : 1;
    } finally {
      await school.close();
    }
  });
}

function parseLearner(args: string[]): string | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: { learner: { type: 'string' }, yes: { type: 'boolean' } },
    });
    return values.yes ? values.learner : undefined;
  } catch {
    return undefined;
  }
}
