import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readPulled, readWork, writePulled, type PulledLab } from './lab-folder.ts';
import { countTests, describeTests } from './lab-report.ts';
import { ServerRefused, withRefusals } from './lab-refused.ts';
import { ask, chooseServer, type LabServer } from './lab-server.ts';
import { labCalledWrongly, SUBMIT_USAGE } from './lab-usage.ts';

const submissionSchema = z.looseObject({
  submissionId: z.string(),
  state: z.enum(['queued', 'running', 'done', 'cancelled', 'broken']),
  status: z.string().nullable(),
  ahead: z.number().nullable(),
  progress: z.looseObject({ done: z.number(), of: z.number() }).nullable(),
  row: z.number().nullable(),
  result: z
    .looseObject({
      reason: z.string().nullable(),
      tests: z.array(
        z.looseObject({
          name: z.string(),
          visible: z.boolean(),
          passed: z.boolean(),
          message: z.string().optional(),
        }),
      ),
      score: z.looseObject({
        total: z.number(),
        lines: z.array(
          z.looseObject({ title: z.string(), weight: z.number(), earned: z.number(), waiting: z.boolean() }),
        ),
      }),
    })
    .nullable(),
});
type Submission = z.infer<typeof submissionSchema>;

/** Milliseconds between two looks at how far it is. */
const LOOK_MS = 1_000;

/** Looks that may fail in a row: a server may be starting anew. */
const LOST_LOOKS = 30;

/**
 * Hands in the work in a folder and waits for the verdict; Ctrl C while it waits takes it back.
 * Exit codes: 0 passed, or handed in with --no-wait; 1 graded and not passed; 2 called wrongly or refused.
 */
export async function runSubmit(args: string[]): Promise<number> {
  const options = parse(args);
  if (options === undefined) return labCalledWrongly(SUBMIT_USAGE);
  const { folder, json, wait } = options;
  return withRefusals(async () => {
    const pulled = readPulled(folder);
    const server = chooseServer({ server: options.server, pulledFrom: pulled.server });
    const work = readWork(folder, pulled);
    await keepDraft(server, folder, pulled, work.files);
    const path = `/labs/${encodeURIComponent(pulled.lab)}/submissions`;
    const body = { files: work.files, entry: work.entry, language: pulled.language };
    const handedIn = toSubmission(await ask(server, { method: 'POST', path, body }, submissionSchema));
    const last = wait ? await follow(server, handedIn) : handedIn;
    process.stdout.write(json ? `${JSON.stringify(last)}\n` : describe(pulled.lab, last));
    if (!wait) return 0;
    return last.status === 'passed' ? 0 : 1;
  });
}

function toSubmission(answer: Submission | { refused: string }): Submission {
  if ('refused' in answer) throw new ServerRefused(String(answer.refused));
  return answer as Submission;
}

/** The page shows the same work as was handed in; a clash with what was written there is said, and stops nothing. */
async function keepDraft(
  server: LabServer,
  folder: string,
  pulled: PulledLab,
  files: Record<string, string>,
): Promise<void> {
  const kept = await ask(
    server,
    {
      method: 'POST',
      path: `/labs/${encodeURIComponent(pulled.lab)}/draft`,
      body: { language: pulled.language, files, base: pulled.base, device: 'edirae lab' },
      expected: ['draft-conflict'],
    },
    z.looseObject({ version: z.int() }),
  );
  if (!('refused' in kept)) return writePulled(folder, { ...pulled, base: kept.version as number });
  process.stderr.write(
    'You also worked on this lab in the page since you pulled it. Both versions are kept there; this folder’s is handed in.\n',
  );
}

async function follow(server: LabServer, handedIn: Submission): Promise<Submission> {
  const path = `/submissions/${encodeURIComponent(handedIn.submissionId)}`;
  const takeBack = async () => {
    process.removeListener('SIGINT', onInterrupt);
    await ask(server, { method: 'POST', path: `${path}/cancel`, body: {} }, submissionSchema).catch(
      () => undefined,
    );
  };
  const onInterrupt = () => void takeBack();
  process.on('SIGINT', onInterrupt);
  try {
    let now = handedIn;
    let lost = 0;
    let said = '';
    while (now.state === 'queued' || now.state === 'running') {
      const text = progressOf(now);
      if (text !== said) process.stderr.write(`${text}\n`);
      said = text;
      await sleep(LOOK_MS);
      try {
        now = toSubmission(await ask(server, { path }, submissionSchema));
        lost = 0;
      } catch (error) {
        // What was handed in is safe there, whatever happens to the line.
        if (!(error instanceof ServerRefused) || ++lost >= LOST_LOOKS) throw error;
      }
    }
    return now;
  } finally {
    process.removeListener('SIGINT', onInterrupt);
  }
}

function progressOf({ state, ahead, progress }: Submission): string {
  if (state === 'queued') return ahead ? `Waiting: ${ahead} before you` : 'Waiting: next in line';
  return progress ? `Running: ${progress.done} of ${progress.of} tests` : 'Running';
}

function describe(lab: string, submission: Submission): string {
  const { state, status, result, row } = submission;
  if (state === 'cancelled') return `${lab}: taken back. Nothing was recorded.\n`;
  if (state === 'broken')
    return `${lab}: it could not be run, which is our side. Nothing was recorded; submit again.\n`;
  if (result === null) return `${lab}: handed in, ${submission.submissionId}\n`;
  return [
    ...describeTests(result.tests),
    ...(result.reason === null ? [] : [result.reason]),
    ...result.score.lines.map(
      (line) => `${line.waiting ? 'waits for a person' : `${line.earned} of ${line.weight}`}  ${line.title}`,
    ),
    `${lab}: ${status}, ${countTests(result.tests)}, ${result.score.total} points${row === null ? '' : `; row ${row} of your ledger`}`,
    ...(status === 'passed' ? ['Explain it back in the page: then its skills count as applied.'] : []),
    '',
  ].join('\n');
}

interface Options {
  folder: string;
  server: string | undefined;
  json: boolean;
  wait: boolean;
}

function parse(args: string[]): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { server: { type: 'string' }, json: { type: 'boolean' }, 'no-wait': { type: 'boolean' } },
    });
    if (positionals.length > 1) return undefined;
    const { server, json = false } = values;
    return { folder: positionals[0] ?? '.', server, json, wait: values['no-wait'] !== true };
  } catch {
    return undefined;
  }
}
