import { checkUp, parseConfig, type Diagnosis } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae doctor [--json]';

const MARKS = { ok: 'ok     ', warning: 'warning', fault: 'FAULT  ' } as const;

/**
 * Looks at Node, disk, locks, clock, database, sandboxes, model, mail, jobs and backups, beside a running server too, and says what to do.
 * Exit codes: 0 it runs, 1 something must be put right, 2 called wrongly.
 */
export async function runDoctor(args: string[]): Promise<number> {
  const json = args.length === 1 && args[0] === '--json';
  if (args.length > 0 && !json) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const found = await checkUp(parseConfig(process.env));
    const ok = found.every(({ state }) => state !== 'fault');
    process.stdout.write(json ? `${JSON.stringify({ ok, checks: found })}\n` : describe(found));
    return ok ? 0 : 1;
  });
}

function describe(found: Diagnosis[]): string {
  const lines = found.flatMap(({ name, state, said, todo }) => [
    `${MARKS[state]}  ${name.padEnd(12)} ${said}.`,
    ...(todo === undefined ? [] : [`${' '.repeat(22)}→ ${todo}`]),
  ]);
  return `${lines.join('\n')}\n`;
}
