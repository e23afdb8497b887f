import { parseArgs } from 'node:util';
import { openSchool, parseConfig, startJobRunner } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae work';

/**
 * Runs jobs apart from the web servers until it is told to end; any number may run beside one another. On SIGTERM it takes no more, lets
 * what is under way end, and hands the rest back. Exit codes: 0 ended, 2 called wrongly.
 */
export async function runWork(args: string[]): Promise<number> {
  if (!isPlain(args)) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const config = parseConfig(process.env);
    if (config.databaseUrl === null)
      return calledWrongly(
        'edirae work needs PostgreSQL (DATABASE_URL). On SQLite the server runs its jobs itself, and nobody else may write.',
      );
    const school = await openSchool(config);
    try {
      const runner = await startJobRunner(school);
      process.stdout.write(`edirae work: running jobs, process ${process.pid}\n`);
      await untilToldToEnd();
      process.stdout.write('edirae work: ending what is under way\n');
      await runner.stop();
      return 0;
    } finally {
      await school.close();
    }
  });
}

function isPlain(args: string[]): boolean {
  try {
    parseArgs({ args, options: {} });
    return true;
  } catch {
    return false;
  }
}

/** A second signal ends the process at once. */
function untilToldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
        process.on(signal, () => process.exit(1));
      });
    }
  });
}
