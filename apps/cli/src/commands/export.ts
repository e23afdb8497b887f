import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { exportLearner, LearnerNotFound, openForReading, parseConfig } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae export --learner <id>';

/** Prints everything of one learner as JSON, beside a running server too. Exit codes: 0 printed, 1 no such learner, 2 called wrongly. */
export async function runExport(args: string[]): Promise<number> {
  const learnerId = parseLearner(args);
  if (learnerId === undefined) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const school = await openForReading(parseConfig(process.env));
    const { signingKey } = school;
    try {
      if (signingKey === undefined)
        return calledWrongly(
          'The school’s secret is not here: set EDIRAE_SECRET, or EDIRAE_DATA to its data folder.',
        );
      const pieces = await exportLearner({ ...school, signingKey }, learnerId);
      await pipeline(pieces, process.stdout, { end: false });
      return 0;
    } catch (error) {
      if (!(error instanceof LearnerNotFound)) throw error;
      process.stderr.write(`${error.message}\n`);
      return 1;
    } finally {
      await school.close();
    }
  });
}

function parseLearner(args: string[]): string | undefined {
  try {
    return parseArgs({ args, options: { learner: { type: 'string' } } }).values.learner;
  } catch {
    return undefined;
  }
}
