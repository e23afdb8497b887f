import { readFileSync, writeFileSync } from 'node:fs';
import type { SetFigures } from './measure-set.ts';

const FROM = '<!-- learner-model figures -->';
const TO = '<!-- end of figures -->';

/** Puts the measured figures between the marks of a Markdown file. @throws Error if it has none. */
export function writeTable(file: string, rows: readonly SetFigures[]): void {
  const text = readFileSync(file, 'utf8');
  const from = text.indexOf(FROM);
  const to = text.indexOf(TO);
  if (from < 0 || to < from) throw new Error(`${file} has no "${FROM}" … "${TO}"`);
  writeFileSync(file, `${text.slice(0, from + FROM.length)}\n\n${toTable(rows)}\n\n${text.slice(to)}`);
}

/** One column a set, one line a figure. */
export function toTable(rows: readonly SetFigures[]): string {
  const share = (value: number): string => `${(100 * value).toFixed(1)}%`;
  const lines: [string, (row: SetFigures) => string][] = [
    ['AUC', (row) => row.auc.toFixed(4)],
    ['log loss, nats', (row) => row.logLoss.toFixed(4)],
    ['ECE', (row) => row.ece.toFixed(4)],
    ['AUC, cold start', (row) => row.coldStartAuc.toFixed(4)],
    ['AUC, BKT', (row) => row.bkt.auc.toFixed(4)],
    [
      'shipped rule: FAR / waste / missed',
      (row) => `${share(row.far)} / ${row.waste.toFixed(1)} / ${share(row.missed)}`,
    ],
    ['BKT ≥ .95: FAR / waste', (row) => `${share(row.bkt.far)} / ${row.bkt.waste.toFixed(1)}`],
    ['FAR at waste 5: ours', (row) => share(row.farAtWaste5)],
    ['FAR at waste 5: BKT', (row) => share(row.bkt.farAtWaste5)],
    ['FAR at waste 5: n in a row', (row) => share(row.inARow.farAtWaste5)],
    ['fit, s', (row) => row.fitSeconds.toFixed(1)],
    [
      'one event, µs: p50 / p99',
      (row) => `${row.usPerEvent.p50.toFixed(1)} / ${row.usPerEvent.p99.toFixed(1)}`,
    ],
  ];
  return [
    `| | ${rows.map(({ set }) => set).join(' | ')} |`,
    `| --- |${' --- |'.repeat(rows.length)}`,
    ...lines.map(([name, cell]) => `| ${name} | ${rows.map(cell).join(' | ')} |`),
  ].join('\n');
}
