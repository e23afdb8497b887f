import { parseArgs } from 'node:util';
import {
  adoptRefit,
  commandLine,
  openForReading,
  openSchool,
  parseConfig,
  tryRefit,
  type AdoptRefit,
  type TryRefit,
} from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae refit [--adopt] [--json]';

interface Options {
  adopt: boolean;
  json: boolean;
}

/**
 * Fits the learner model on this installation's ledger and reports it, beside what decides now, on learners held out. Reads only, beside a
 * running server too. With `--adopt` a fit that is better becomes the estimator; on SQLite the server must be stopped first.
 * Exit codes: 0 reported, or adopted; 1 too few learners, or not better and so not adopted; 2 called wrongly.
 */
export async function runRefit(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) return calledWrongly(USAGE);
  return withClearErrors(async () => {
    const result = options.adopt ? await adopt() : await report();
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : describe(result));
    return result.outcome === 'tried' || result.outcome === 'adopted' ? 0 : 1;
  });
}

async function report(): Promise<TryRefit> {
  const school = await openForReading(parseConfig(process.env));
  try {
    return await tryRefit(school);
  } finally {
    await school.close();
  }
}

async function adopt(): Promise<AdoptRefit> {
  const school = await openSchool(parseConfig(process.env));
  try {
    return await adoptRefit(school, commandLine());
  } finally {
    await school.close();
  }
}

/** Undefined where the call is wrong. `--dry-run` says aloud what happens without `--adopt`. */
function parseOptions(args: string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        adopt: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    if (values.adopt && values['dry-run']) return undefined;
    return { adopt: values.adopt, json: values.json };
  } catch {
    return undefined;
  }
}

function describe(result: TryRefit | AdoptRefit): string {
  if (result.outcome === 'too-few')
    return `${result.learners} of ${result.needs} learners with answers: too few to fit. The estimator stays as it is.\n`;
  const { estimator, learners, answers, before, after, gain, better } = result.trial;
  const width = Math.max(10, estimator.length + 2);
  const row = (name: string, of: (scores: typeof before) => number | null) =>
    `${name.padEnd(10)}${[of(before), of(after)].map((value) => (value === null ? '–' : value.toFixed(4)).padStart(width)).join('')}\n`;
  return [
    `Fitted on ${answers.fitted} answers of ${learners.fitted} learners, scored on ${answers.held} answers of ${learners.held} others.\n`,
    `${''.padEnd(10)}${estimator.padStart(width)}${'re-fitted'.padStart(width)}\n`,
    row('log loss', ({ logLoss }) => logLoss),
    row('AUC', ({ auc }) => auc),
    row('ECE', ({ ece }) => ece),
    `Log loss falls by ${gain.mean.toFixed(4)}, give or take ${gain.error.toFixed(4)}.\n`,
    better
      ? 'The fit is better on learners held out.\n'
      : `The fit is not better on learners held out: ${estimator} is right to stay.\n`,
    ending(result),
  ].join('');
}

function ending(result: Exclude<TryRefit | AdoptRefit, { outcome: 'too-few' }>): string {
  switch (result.outcome) {
    case 'tried':
      return result.trial.better
        ? 'Nothing was changed. edirae refit --adopt adopts it.\n'
        : 'Nothing was changed.\n';
    case 'not-better':
      return 'Nothing was adopted.\n';
    case 'adopted': {
      const { estimator, learners } = result;
      const later =
        learners.waiting === 0 ? '' : `; ${learners.waiting} follow after their check or placement`;
      return `Adopted as ${estimator}. New learners begin with it; ${learners.moved} were moved to it${later}. Decisions made before keep theirs.\n`;
    }
  }
}
