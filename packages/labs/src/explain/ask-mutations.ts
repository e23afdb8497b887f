import { gradeSubmission } from '../grade/grade-submission.ts';
import { listMutations, type Mutation } from './list-mutations.ts';
import { shuffle, type ExplainQuestion, type QuestionsAbout } from './question.ts';

/** Changes tried at most: each runs the visible tests once. */
const TRIES = 24;

/** Lines shown before and after the changed one. */
const AROUND = 4;

/** Tests offered, beside "none of them". */
const OFFERED = 4;

/** Milliseconds that a changed submission gets: a change may make a loop endless, and then it is no question. */
const PATIENCE = 3_000;

/** Which visible test fails when this line is changed? Each line is asked about once. */
export async function askMutations(
  about: QuestionsAbout,
  random: () => number,
  count: number,
  asked: readonly ExplainQuestion[] = [],
): Promise<ExplainQuestion[]> {
  const taken = new Set(asked.map(({ code }) => placeOf(code?.file, code?.changed.line)));
  const questions: ExplainQuestion[] = [];
  // One harmless change is a fair question; several would teach to answer "none".
  let harmless: ExplainQuestion | undefined;
  let tries = 0;
  for (const mutation of shuffle(listMutations(about.program), random)) {
    if (questions.length >= count || tries >= TRIES) break;
    const place = placeOf(mutation.file, mutation.line);
    if (taken.has(place)) continue;
    tries += 1;
    about.signal?.throwIfAborted();
    const verdicts = await runVisible(about, mutation);
    if (verdicts === undefined) continue;
    const question = toQuestion(mutation, about, verdicts, random);
    if (question === undefined) continue;
    if (verdicts.failed.length === 0) harmless ??= question;
    else {
      taken.add(place);
      questions.push(question);
    }
  }
  if (questions.length < count && harmless) questions.push(harmless);
  return questions;
}

function placeOf(file: string | undefined, line: number | undefined): string {
  return `${file}:${line}`;
}

interface Verdicts {
  failed: string[];
  passed: string[];
}

/** Undefined: it does not run to the end. */
async function runVisible(about: QuestionsAbout, mutation: Mutation): Promise<Verdicts | undefined> {
  const { lab, program, sandbox, signal } = about;
  const { result } = await gradeSubmission({
    lab: { ...lab, limits: { ...lab.limits, wallMs: Math.min(lab.limits.wallMs, PATIENCE) } },
    submission: {
      kind: 'program',
      program: { ...program, files: { ...program.files, [mutation.file]: mutation.source } },
    },
    sandbox,
    seed: 0,
    tests: 'visible',
    ...(signal && { signal }),
  });
  if (result.status !== 'passed' && result.status !== 'failed') return undefined;
  const names = (passed: boolean) =>
    result.tests.filter((test) => test.passed === passed).map(({ name }) => name);
  return { failed: names(false), passed: names(true) };
}

/** Undefined: every test fails, or there are too few to choose from. */
function toQuestion(
  mutation: Mutation,
  { program }: QuestionsAbout,
  { failed, passed }: Verdicts,
  random: () => number,
): ExplainQuestion | undefined {
  const [right] = shuffle(failed, random);
  const wrong = shuffle(passed, random).slice(0, OFFERED - (right === undefined ? 0 : 1));
  if (wrong.length < (right === undefined ? 2 : 1)) return undefined;
  const offered = shuffle([...wrong, ...(right === undefined ? [] : [right])], random);
  const options = [
    ...offered.map((name, index) => ({ id: `t${index + 1}`, text: name })),
    { id: 'none', text: 'None of these: they all still pass' },
  ];
  const lines = (program.files[mutation.file] ?? '').split('\n');
  const from = Math.max(1, mutation.line - AROUND);
  return {
    kind: 'mutation',
    prompt:
      'One line of your submission is changed as shown, and the visible tests run again. Which of these tests fails then?',
    code: {
      file: mutation.file,
      from,
      lines: lines.slice(from - 1, mutation.line + AROUND),
      changed: { line: mutation.line, before: mutation.before, after: mutation.after },
    },
    steps: [],
    options,
    key: options.find(({ text }) => text === right)?.id ?? 'none',
  };
}
