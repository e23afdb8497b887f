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

/** A benchmark returns rows; columns are the keys of the first. */
export type Bench = (run: BenchRun) => Promise<Record<string, unknown>[]>;

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
  const rows = await bench({
    args: rest.filter((arg) => arg !== '--json'),
    progress: (line) => console.error(line),
  });
  if (values.json) console.log(JSON.stringify(rows, null, 2));
  else console.table(rows);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(2);
}
