import type { RestoredSchool } from '@edirae/school';

type TakenIn = Pick<RestoredSchool, 'tables' | 'verification' | 'keptAs' | 'already'>;

/** Milliseconds between two lines about how far it is. */
const STEP_MS = 2_000;

/** Says on standard error how far a long restore or move is. */
export function describeProgress(): (table: string, rows: number) => void {
  let said = Date.now();
  return (table, rows) => {
    if (Date.now() - said < STEP_MS) return;
    said = Date.now();
    process.stderr.write(`${table}: ${rows} rows\n`);
  };
}

/** What was written, compared and verified. */
export function describeTakenIn({ tables, verification, keptAs, already }: TakenIn): string {
  const { ok, learners, events, problems } = verification;
  const lines = Object.entries(tables)
    .filter(([, rows]) => rows > 0)
    .map(([name, rows]) => `  ${name.padEnd(20)}${String(rows).padStart(10)} rows, all compared`);
  lines.push(
    ...problems.map(({ learner, seq, problem }) => `learner ${learner}, event ${seq}: ${problem}`),
    `${learners} learners, ${events} events: ${ok ? 'every ledger is whole' : `${problems.length} problems, as in what was read`}.`,
  );
  if (already) lines.push('It had been done already; nothing was changed now.');
  if (keptAs !== null) lines.push(`The database that was there lies at ${keptAs}.`);
  return `${lines.join('\n')}\n`;
}
