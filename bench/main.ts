/**
 * `npm run bench -- NAME [--json] [options]`: one file a benchmark. A table for people, or with `--json` one document on
 * standard output and progress on standard error. Exit 0 ran, 2 bad input.
 */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface BenchRun {
  /** Options after the name, without `--json`. */
  args: string[];
  progress(line: string): void;
}

type Row = Record<string, unknown>;

/** A benchmark returns rows, whose columns are the keys of the first, or one document of figures, with lists of rows among them. */
export type Bench = (run: BenchRun) => Promise<Row[] | Row>;

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));

const [name = '', ...rest] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`Which benchmark? ${names.join(', ')}`);
  process.exit(2);
}
const { values } = parseArgs({
  args: rest.filter((arg) => arg === '--json'),
  options: { json: { type: 'boolean', default: false } },
});
const { bench } = (await import(`./${name}.bench.ts`)) as { bench: Bench };
try {
  const result = await bench({
    args: rest.filter((arg) => arg !== '--json'),
    progress: (line) => console.error(line),
  });
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else printResult(result);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(2);
}

/** Figures as one table, then each list of rows; of `lines`, which are for machines, only how many. */
function printResult(result: Row[] | Row): void {
  if (Array.isArray(result)) return console.table(result);
  const { lines, ...figures } = result;
  const lists = Object.entries(figures).filter(([, value]) => Array.isArray(value));
  const single = Object.entries(figures)
    .filter(([, value]) => !Array.isArray(value))
    .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]);
  const counted = Array.isArray(lines) ? [['lines', lines.length]] : [];
  console.table(Object.fromEntries([...single, ...counted]));
  for (const [name, rows] of lists) {
    console.log(name);
    console.table(rows);
  }
}
