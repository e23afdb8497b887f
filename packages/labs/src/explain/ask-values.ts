import type { Step } from '../contract/test.ts';
import { decodeValue, encodeValue, Opaque } from '../contract/value.ts';
import { describeValue } from '../grade/describe-value.ts';
import { takeStep } from '../grade/drive-test.ts';
import { writeStep } from '../present/write-test.ts';
import { shuffle, type ExplainQuestion, type QuestionsAbout } from './question.ts';
import { varySteps } from './vary-steps.ts';

/** Variations tried at most, over all tests. */
const TRIES = 30;

/** Steps with longer lines are no question to answer in one's head. */
const LONGEST = 700;

/** Milliseconds for one run. */
const PATIENCE = 3_000;

/** Texts longer than this are not typed. */
const TYPED = 24;

/** Wrong values offered, at least and at most. */
const OFFERED = { least: 2, most: 3 };

type Leaf = string | number | bigint | boolean | null;

/** What does your code give here? Inputs are those of visible tests with numbers changed; each test is asked about once. */
export async function askValues(
  about: QuestionsAbout,
  random: () => number,
  count: number,
): Promise<ExplainQuestion[]> {
  const questions: ExplainQuestion[] = [];
  let tries = 0;
  for (const test of shuffle(about.lab.tests.filter(isAskable), random)) {
    const known = questions.length < count ? await run(about, test.steps) : undefined;
    if (known === undefined) continue;
    const seen: Seen[] = [known];
    for (let n = 0; n < 6 && tries < TRIES; n++) {
      about.signal?.throwIfAborted();
      const steps = varySteps(test.steps, random);
      if (steps === null) break;
      tries += 1;
      const first = await run(about, steps);
      if (first !== undefined) seen.push(first);
    }
    const question = await toQuestion(about, seen, random);
    if (question) questions.push(question);
  }
  return questions;
}

function isAskable(test: QuestionsAbout['lab']['tests'][number]): boolean {
  return (
    test.visible &&
    test.drive === undefined &&
    test.raises === undefined &&
    !test.steps.some((step) => 'file' in step)
  );
}

/** Steps, and the plain values in what the last of them gave, by their path. */
interface Seen {
  steps: readonly Step[];
  leaves: Map<string, Leaf>;
}

/** Undefined: it raises, does not end, or gives what cannot be compared. */
async function run(about: QuestionsAbout, steps: readonly Step[]): Promise<Seen | undefined> {
  const { lab, program, sandbox, signal } = about;
  const limits = { ...lab.limits, wallMs: Math.min(lab.limits.wallMs, PATIENCE) };
  const session = await sandbox.open(program, limits, signal);
  try {
    const begun = await session.begin();
    if (begun.kind !== 'value') return undefined;
    let value: unknown;
    for (const step of steps) {
      const reply = await takeStep({ lab, program, session }, step);
      if (reply.kind !== 'value') return undefined;
      value = decodeValue(reply.value);
    }
    return { steps, leaves: new Map(leavesOf(value, '')) };
  } finally {
    await session.close();
  }
}

/** Plain values with where they stand, not more than a few hundred. */
function leavesOf(value: unknown, path: string, depth = 0): [string, Leaf][] {
  if (value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value))
    return [[path, value as Leaf]];
  if (typeof value !== 'object' || value instanceof Opaque || value instanceof Set || depth > 4) return [];
  if (value instanceof Map || value instanceof Uint8Array) return [];
  return Object.entries(value as Record<string, unknown>)
    .slice(0, 40)
    .flatMap(([key, item]) =>
      leavesOf(item, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`, depth + 1),
    );
}

/** The first of the varied runs in which something differs from the test, and comes out the same a second time. */
async function toQuestion(
  about: QuestionsAbout,
  [known, ...varied]: readonly Seen[],
  random: () => number,
): Promise<ExplainQuestion | undefined> {
  if (known === undefined) return undefined;
  for (const seen of varied) {
    const written = seen.steps.map((step) =>
      writeStep(about.lab, step, about.program.language === 'py' ? 'py' : 'ts'),
    );
    // A line that was cut in the middle cannot be answered.
    if (written.join('').length > LONGEST || written.some((line) => line.includes('…'))) continue;
    const paths = [...seen.leaves].filter(
      ([path, leaf]) => known.leaves.get(path) !== leaf && isTellable(leaf),
    );
    const [chosen] = shuffle(paths, random).sort((a, b) => worth(b[1]) - worth(a[1]));
    if (chosen === undefined) continue;
    const [path, leaf] = chosen;
    const options = isTyped(leaf)
      ? null
      : optionsFor(
          leaf,
          [known, ...varied].map(({ leaves }) => leaves.get(path)),
          random,
        );
    if (options === undefined) continue;
    const again = await run(about, seen.steps);
    if (again?.leaves.get(path) !== leaf) continue;
    return {
      kind: 'value',
      prompt:
        path === ''
          ? 'Your submission runs these lines. What does the last one give?'
          : `Your submission runs these lines. In what the last one gives, what stands at ${path.replace(/^\./, '')}?`,
      code: null,
      steps: written,
      options,
      key:
        options === null
          ? JSON.stringify(encodeValue(leaf))
          : (options.find(({ text }) => text === describeValue(leaf))?.id ?? ''),
    };
  }
  return undefined;
}

function isTellable(leaf: Leaf): boolean {
  if (typeof leaf === 'number') return Number.isFinite(leaf);
  // Nobody computes a digest in their head.
  return typeof leaf !== 'string' || (leaf.length > 0 && leaf.length <= 60 && !/[0-9a-f]{7,}/i.test(leaf));
}

/** Numbers of few digits and short texts can be typed; two in two would be guessed. */
function isTyped(leaf: Leaf): boolean {
  if (typeof leaf === 'number') return Number.isInteger(leaf) || String(leaf).length <= 6;
  return typeof leaf === 'bigint' || (typeof leaf === 'string' && leaf.length <= TYPED);
}

/** What is asked rather: typed numbers, then short texts, then what has to be chosen. */
function worth(leaf: Leaf): number {
  if (!isTyped(leaf)) return typeof leaf === 'number' ? 1 : 0;
  return typeof leaf === 'string' ? 2 : 3;
}

/** Undefined: there are too few other values to choose between. */
function optionsFor(
  leaf: Leaf,
  others: readonly (Leaf | undefined)[],
  random: () => number,
): { id: string; text: string }[] | undefined {
  const right = describeValue(leaf);
  const texts = new Set(others.filter((other) => other !== undefined).map((other) => describeValue(other)));
  texts.delete(right);
  if (texts.size < OFFERED.least) return undefined;
  const offered = shuffle([right, ...[...texts].slice(0, OFFERED.most)], random);
  return offered.map((text, index) => ({ id: `v${index + 1}`, text }));
}
