import { parentPort, workerData } from 'node:worker_threads';
import { makeQuestions } from '../explain/make-questions.ts';
import { gradeSubmission } from '../grade/grade-submission.ts';
import { loadLab } from '../load/load-lab.ts';
import type { Lab } from '../load/lab.ts';
import { toSubmission, type Submission } from '../load/to-submission.ts';
import { findSandboxes } from '../sandbox/available-sandboxes.ts';
import type { Sandbox, SourceLanguage } from '../sandbox/sandbox.ts';
import type { FromGrader, HandedIn, ToGrader, Work } from './messages.ts';

// The thread in which labs are graded: drawing and checking hidden tests takes time that nobody else should wait for.

const { ready } = workerData as { ready: number };
const found = findSandboxes(ready);
const labs = new Map<string, Promise<Lab>>();
const under = new Map<number, AbortController>();

parentPort?.on('message', (message: ToGrader) => {
  if (message.kind === 'abort') under.get(message.id)?.abort();
  else void answer(message);
});

function say(message: FromGrader): void {
  parentPort?.postMessage(message);
}

async function answer(message: Extract<ToGrader, { kind: 'ask' }>): Promise<void> {
  const { id } = message;
  const controller = new AbortController();
  under.set(id, controller);
  const told = {
    signal: controller.signal,
    progress: (done: number, of: number) => say({ kind: 'progress', id, done, of }),
  };
  try {
    say({ kind: 'answer', id, answer: await work(message, told) });
  } catch (error) {
    say({ kind: 'problem', id, problem: error instanceof Error ? error.message : String(error) });
  } finally {
    under.delete(id);
  }
}

interface Told {
  signal: AbortSignal;
  progress: (done: number, of: number) => void;
}

async function work(
  message: Extract<ToGrader, { kind: 'ask' }>,
  told: Told,
): Promise<Work[keyof Work]['answer']> {
  switch (message.act) {
    case 'list':
      return (await found).map(({ name, languages }) => ({ name, languages }));
    case 'warm':
      await Promise.all([...new Set([await find('py'), await find('ts')])].map((each) => each?.warm()));
      return null;
    case 'close':
      await Promise.all((await found).map((sandbox) => sandbox.close()));
      return null;
    case 'grade': {
      const { seed, tests } = message.asked;
      const { lab, submission, sandbox } = await prepare(message.asked);
      return gradeSubmission({ lab, submission, sandbox, seed, tests, ...told });
    }
    case 'question': {
      const { seed, count } = message.asked;
      const { lab, submission, sandbox } = await prepare(message.asked);
      if (submission.kind === 'rejected') throw new Error(submission.reason);
      return makeQuestions({ lab, program: submission.program, sandbox, seed, count, ...told });
    }
  }
}

async function prepare({
  folder,
  files,
  entry,
}: HandedIn): Promise<{ lab: Lab; submission: Submission; sandbox: Sandbox }> {
  const reading = labs.get(folder) ?? loadLab(folder);
  labs.set(folder, reading);
  const lab = await reading.catch((error: unknown) => {
    labs.delete(folder);
    throw error;
  });
  const submission = toSubmission(lab, new Map(Object.entries(files)), entry);
  const language =
    submission.kind === 'program' ? submission.program.language : (submission.language ?? 'ts');
  const sandbox = await find(language);
  if (!sandbox) throw new Error(`This machine has no sandbox for ${language}.`);
  return { lab, submission, sandbox };
}

/** The strongest that runs a language. */
async function find(language: SourceLanguage): Promise<Sandbox | undefined> {
  return (await found).find(({ languages }) => languages.includes(language));
}
