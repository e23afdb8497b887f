import { openSchool, parseConfig } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae migrate';

/**
 * Brings the database up to this version, with a backup taken first; starting the server does the same. Exit codes: 0 up to date, 2 refused.
 */
export async function runMigrate(args: string[]): Promise<number> {
  if (args.length > 0) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const school = await openSchool(parseConfig(process.env));
    const { upgrade } = school;
    await school.close();
    process.stdout.write(
      upgrade === undefined
        ? 'The database is up to date.\n'
        : `The database was brought from ${upgrade.from} to ${upgrade.to}. The backup from before lies at ${upgrade.backup}.\n`,
    );
    return 0;
  });
}
