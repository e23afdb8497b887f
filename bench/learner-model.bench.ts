/**
 * The learner model on logs of real learners, whole learners held out: `npm run bench -- learner-model --data DIR [--sets a,b]`.
 * Fitted on `<set>.train.csv.gz`, evaluated on `<set>.test.csv.gz` if there, else on `<set>.dev.csv.gz`. `--write FILE` puts the table
 * between the marks in that file.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureSet } from './learner-model/measure-set.ts';
import { writeTable } from './learner-model/write-table.ts';
import type { Bench } from './main.ts';

const TRAIN = '.train.csv.gz';

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: { data: { type: 'string' }, sets: { type: 'string' }, write: { type: 'string' } },
  });
  const folder = values.data;
  if (folder === undefined || !existsSync(folder))
    throw new Error(
      'Which data? --data DIR, a folder of <set>.train.csv.gz and <set>.test.csv.gz or <set>.dev.csv.gz',
    );
  const all = readdirSync(folder)
    .filter((file) => file.endsWith(TRAIN))
    .map((file) => file.slice(0, -TRAIN.length))
    .sort();
  const sets = values.sets === undefined ? all : values.sets.split(',');
  const rows = [];
  for (const set of sets) {
    if (!all.includes(set)) throw new Error(`${join(folder, set + TRAIN)} is not there`);
    rows.push(measureSet(folder, set, all, progress));
  }
  if (values.write !== undefined) writeTable(values.write, rows);
  return rows.map((row) => ({ ...row }));
};
