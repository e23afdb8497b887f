import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { moveSchool, parseConfig, type MovedSchool } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';
import { describeProgress, describeTakenIn } from './taken-in.ts';

const USAGE = 'usage: edirae move --to <postgres://… or a folder> [--replace] [--json]';

const POSTGRES = /^postgres(ql)?:\/\/./;

/**
 * Copies the whole school from EDIRAE_DATA or DATABASE_URL into another place, with the servers stopped: every row compared, every ledger
 * verified on both sides, the source only read. Broken off, it goes on when it is run again. Exit codes: 0 moved and whole, 1 moved and a
 * ledger is broken, 2 not moved.
 */
export async function runMove(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) return calledWrongly(USAGE);
  const { to, replace, json } = options;
  // An address with a slip in it must not become the name of a folder.
  if (/^\w+:\/\//.test(to) && !POSTGRES.test(to)) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const config = parseConfig(process.env);
    const target = POSTGRES.test(to)
      ? { ...config, databaseUrl: to }
      : { ...config, dataDir: resolve(to), databaseUrl: null };
    if (target.databaseUrl === config.databaseUrl && target.dataDir === config.dataDir)
      return calledWrongly(`The school is at ${to} already.`);
    const moved = await moveSchool(config, target, { replace, progress: describeProgress() });
    process.stdout.write(json ? `${JSON.stringify(summary(moved))}\n` : describe(moved));
    return moved.verification.ok && moved.problems.length === 0 ? 0 : 1;
  });
}

function parseOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        to: { type: 'string' },
        replace: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    return values.to === undefined || values.to === '' ? undefined : { ...values, to: values.to };
  } catch {
    return undefined;
  }
}

function summary({ from, to, tables, verification, problems, keptAs }: MovedSchool) {
  return { ...verification, from, to, rows: tables, sourceProblems: problems, keptAs };
}

function describe(moved: MovedSchool): string {
  const { from, to, problems } = moved;
  const source =
    problems.length === 0
      ? 'Every ledger is whole at the source'
      : `${problems.length} problems at the source`;
  const next = to.startsWith('postgres')
    ? `DATABASE_URL to that address`
    : `EDIRAE_DATA=${to}, without DATABASE_URL`;
  return `Moved ${from} to ${to}. ${source}, which was only read.\n${describeTakenIn(moved)}Start the server with ${next}.\n`;
}
