import { parseArgs } from 'node:util';
import { openForReading, parseConfig, tryRefit, type TryRefit } from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae refit [--dry-run] [--json]';

const NOT_ADOPTED =
  'Nothing was adopted: this version reports only. A fitted estimator cannot be registered while running, because past decisions are replayed by id and every process must know it; it ships with a release, under an id of its own.';

/**
 * Fits the learner model on this installation's ledger and reports it, beside what is shipped, on learners held out. Reads only, beside a
 * running server too. Exit codes: 0 reported, 1 too few learners, 2 called wrongly.
 */
export async function runRefit(args: string[]): Promise<number> {
  const json = parseOptions(args);
  if (json === undefined) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const school = await openForReading(parseConfig(process.env));
    try {
      const tried = await tryRefit(school);
      process.stdout.write(json ? `${JSON.stringify(tried)}\n` : describe(tried));
      return tried.outcome === 'tried' ? 0 : 1;
    } finally {
      await school.close();
    }
  });
}

/** Whether JSON is asked for; undefined where the call is wrong. `--dry-run` is what it does in any case. */
function parseOptions(args: string[]): boolean | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: { 'dry-run': { type: 'boolean' }, json: { type: 'boolean', default: false } },
    });
    return values.json;
  } catch {
    return undefined;
  }
}

function describe(tried: TryRefit): string {
  if (tried.outcome === 'too-few')
    return `${tried.learners} of ${tried.needs} learners with answers: too few to fit. The shipped coefficients stay.\n`;
  const { estimator, learners, answers, before, after, better } = tried.trial;
  const row = (name: string, of: (scores: typeof before) => number | null) =>
    `${name.padEnd(10)}${[of(before), of(after)].map((value) => (value === null ? '–' : value.toFixed(4)).padStart(10)).join('')}\n`;
  return [
    `Fitted on ${answers.fitted} answers of ${learners.fitted} learners, scored on ${answers.held} answers of ${learners.held} others.\n`,
    `${''.padEnd(10)}${estimator.padStart(10)}${'re-fitted'.padStart(10)}\n`,
    row('log loss', ({ logLoss }) => logLoss),
    row('AUC', ({ auc }) => auc),
    row('ECE', ({ ece }) => ece),
    better
      ? 'The fit is better on learners held out.\n'
      : 'The fit is not better on learners held out: the shipped coefficients are right to stay.\n',
    `${NOT_ADOPTED}\n`,
  ].join('');
}
