import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp, commandLine, parseConfig, type BackedUp } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae backup <folder that does not exist yet> [--without-secret] [--json]';

/**
 * Writes a backup of everything, beside a running server too, reads it back and follows every ledger in it. It restores to SQLite and to
 * PostgreSQL. Exit codes: 0 written and whole, 1 written and a ledger is broken, 2 called wrongly or not written.
 */
export async function runBackup(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const by = commandLine();
    const config = parseConfig(process.env);
    const backup = await backUp(config, options.folder, { by, withSecret: options.withSecret });
    process.stdout.write(options.json ? `${JSON.stringify(summary(backup))}\n` : describe(backup));
    return backup.problems.length === 0 ? 0 : 1;
  });
}

function parseOptions(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'without-secret': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const [folder, ...more] = positionals;
    if (folder === undefined || folder === '' || more.length > 0) return undefined;
    return { folder: resolve(folder), withSecret: !values['without-secret'], json: values.json };
  } catch {
    return undefined;
  }
}

function summary({ folder, manifest, problems }: BackedUp) {
  const rows = Object.fromEntries(Object.entries(manifest.tables).map(([name, table]) => [name, table.rows]));
  return { ok: problems.length === 0, folder, at: manifest.at, ...manifest.ledgers, rows, problems };
}

function describe({ folder, manifest, problems }: BackedUp): string {
  const { learners, events } = manifest.ledgers;
  const lines = problems.map(({ learner, seq, problem }) => `learner ${learner}, event ${seq}: ${problem}`);
  const state = problems.length === 0 ? 'whole' : `${problems.length} problems, as in the database itself`;
  const secret =
    manifest.secret === null
      ? 'The secret is not in it: keep EDIRAE_SECRET, or the file secret, apart.'
      : 'The secret is in it: keep the folder as safe as the data folder.';
  return `${[...lines, `${folder}: ${learners} learners, ${events} events, read back: ${state}.`, secret].join('\n')}\n`;
}
