import { parseArgs } from 'node:util';
import { listAuditLog, openForReading, parseConfig, type AuditEntry } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae audit [--limit <n>] [--json]';

/** Prints what operators did, the newest first, beside a running server too. Exit codes: 0 printed, 2 called wrongly. */
export async function runAudit(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const config = parseConfig(process.env);
    const { db, close } = await openForReading(config);
    try {
      const entries = await listAuditLog({ db, config }, { limit: options.limit });
      process.stdout.write(options.json ? `${JSON.stringify(entries)}\n` : describe(entries));
      return 0;
    } finally {
      await close();
    }
  });
}

function parseOptions(args: string[]): { limit: number; json: boolean } | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: { limit: { type: 'string', default: '100' }, json: { type: 'boolean', default: false } },
    });
    const limit = Number(values.limit);
    return Number.isInteger(limit) && limit >= 1 && limit <= 100_000
      ? { limit, json: values.json }
      : undefined;
  } catch {
    return undefined;
  }
}

function describe(entries: AuditEntry[]): string {
  if (entries.length === 0) return 'Nothing yet.\n';
  return entries
    .map(
      ({ at, act, by, outcome, details }) =>
        `${new Date(at).toISOString()}  ${act}  ${outcome}  ${by}  ${JSON.stringify(details)}\n`,
    )
    .join('');
}
