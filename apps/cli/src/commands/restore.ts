import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseConfig, restoreSchool, type RestoredSchool } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';
import { describeProgress, describeTakenIn } from './taken-in.ts';

const USAGE = 'usage: edirae restore <folder of a backup> [--replace] [--json]';

/**
 * Restores a backup into EDIRAE_DATA or DATABASE_URL, with the servers stopped. A school that is there is refused; with --replace it gives
 * way (on SQLite its file is put aside). Broken off, it goes on when it is run again. Exit codes: 0 restored and whole, 1 restored and a
 * ledger is broken, 2 not restored.
 */
export async function runRestore(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) return calledWrongly(USAGE);
  const { folder, replace, json } = options;
  return withClearErrors(async () => {
    const config = parseConfig(process.env);
    const restored = await restoreSchool(config, folder, { replace, progress: describeProgress() });
    process.stdout.write(json ? `${JSON.stringify(summary(restored))}\n` : describe(restored));
    return restored.verification.ok ? 0 : 1;
  });
}

function parseOptions(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        replace: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const [folder, ...more] = positionals;
    if (folder === undefined || folder === '' || more.length > 0) return undefined;
    return { folder: resolve(folder), ...values };
  } catch {
    return undefined;
  }
}

function summary({ manifest, tables, verification, keptAs }: RestoredSchool) {
  return { ...verification, takenAt: manifest.at, rows: tables, keptAs };
}

function describe(restored: RestoredSchool): string {
  return `Restored what was kept on ${new Date(restored.manifest.at).toISOString()}.\n${describeTakenIn(restored)}`;
}
