/**
 * `node bench/ship-coefficients.ts DIR`: fits the shipped coefficients on all train files in DIR, and the ones without each
 * set, and writes both files. They are fitted once a version: a new fit gets a new file.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectAnswers, newNames } from '../packages/engine/src/fit/answer-log.ts';
import { fitCold } from '../packages/engine/src/fit/fit-cold.ts';
import { fitRated } from '../packages/engine/src/fit/fit-rated.ts';
import { readAnswers } from './learner-model/read-answers.ts';

const TRAIN = '.train.csv.gz';
const folder = process.argv[2] ?? '';
const sets = readdirSync(folder)
  .filter((file) => file.endsWith(TRAIN))
  .map((file) => file.slice(0, -TRAIN.length))
  .sort();
const names = newNames();
const logs = sets.map((set) =>
  collectAnswers(
    (function* () {
      for (const answer of readAnswers(join(folder, set + TRAIN)))
        yield { ...answer, item: answer.item && `${set} ${answer.item}`, skill: `${set} ${answer.skill}` };
    })(),
    names,
  ),
);
const sizes = { items: names.items.size, skills: names.skills.size };
const cold = fitCold(logs, sizes.skills, '1');
const rated = fitRated(logs, sizes);
const root = join(import.meta.dirname, '..');
const WRITTEN = `// Written by \`node bench/ship-coefficients.ts DIR\`. Fitted on: ${sets.join(', ')} (train files, each set counting the same).`;
writeFileSync(
  join(root, 'packages/engine/src/mixer/coefficients-1.ts'),
  `${WRITTEN}
// Frozen: \`mixer-1\` replays past decisions with it. A new fit is a new file.
import type { ColdCoefficients } from './cold.ts';
import type { RatedCoefficients } from './rated.ts';

/** Version 1 of the shipped coefficients. Meanings and units: docs/engine.md, "The mixer". */
export const COEFFICIENTS_1: {
  /** For a log whose items are unknown: the benchmark's cold start. */
  cold: ColdCoefficients;
  /** For items with an author's difficulty: the estimator \`mixer-1\`. */
  rated: RatedCoefficients;
} = ${toSource({ cold, rated })};
`,
);
const without = sets.map((set, k) => [
  set,
  fitCold(
    logs.filter((_, other) => other !== k),
    sizes.skills,
    `without-${set}`,
  ),
]);
writeFileSync(
  join(root, 'bench/learner-model/coefficients-without.ts'),
  `${WRITTEN}
import type { ColdCoefficients } from '../../packages/engine/src/mixer/cold.ts';

/** The shipped cold coefficients fitted without one set, by the set left out. */
export const COEFFICIENTS_WITHOUT: Readonly<Record<string, ColdCoefficients>> = ${toSource(Object.fromEntries(without))};
`,
);

function toSource(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(/"([A-Za-z]\w*)":/g, '$1:')
    .replaceAll('"', "'");
}
