import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  LearnerNotFound,
  openForReading,
  parseConfig,
  parseReceipt,
  verifyLedgers,
  type Receipt,
  type Verification,
} from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae verify [--learner <id>] [--receipt <file>]… [--json]';

interface Options {
  learnerId: string | undefined;
  receipts: Receipt[];
  json: boolean;
}

/** Checks ledgers and receipts, beside a running server too. Exit codes: 0 whole, 1 broken, 2 called wrongly. */
export async function runVerify(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (typeof options === 'string') return calledWrongly(options);
  const { learnerId, receipts, json } = options;
  return withClearErrors(async () => {
    const school = await openForReading(parseConfig(process.env));
    try {
      const publicKeys = school.signingKey === undefined ? [] : [school.signingKey.publicKey];
      const result = await verifyLedgers(school, { learnerId, receipts, publicKeys });
      process.stdout.write(json ? `${JSON.stringify(result)}\n` : describe(result));
      return result.ok ? 0 : 1;
    } catch (error) {
      if (error instanceof LearnerNotFound) return calledWrongly(error.message);
      throw error;
    } finally {
      await school.close();
    }
  });
}

function parseOptions(args: string[]): Options | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        learner: { type: 'string' },
        receipt: { type: 'string', multiple: true },
        json: { type: 'boolean' },
      },
    });
    return {
      learnerId: values.learner,
      receipts: (values.receipt ?? []).map(readReceipt),
      json: values.json ?? false,
    };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${USAGE}`;
  }
}

/** A receipt as it was downloaded: bare, or with the id that an export gives it. */
function readReceipt(file: string): Receipt {
  try {
    const input: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof input !== 'object' || input === null || !('id' in input)) return parseReceipt(input);
    const { id: _, ...receipt } = input;
    return parseReceipt(receipt);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function describe({ ok, learners, events, problems }: Verification): string {
  const looked = `${count(learners, 'learner')}, ${count(events, 'event')}`;
  if (ok) return `${looked}: whole.\n`;
  const lines = problems.map(({ learner, seq, problem }) =>
    learner === '' ? problem : `learner ${learner}${seq === 0 ? '' : `, event ${seq}`}: ${problem}`,
  );
  return `${lines.join('\n')}\n${looked}: ${count(problems.length, 'problem')}.\n`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
