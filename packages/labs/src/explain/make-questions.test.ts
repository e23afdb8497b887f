import { afterAll, describe, expect, it } from 'vitest';
import { labSchema } from '../contract/lab.ts';
import { dataTestsSchema, toLabTest } from '../contract/test.ts';
import { gradeSubmission } from '../grade/grade-submission.ts';
import type { Lab } from '../load/lab.ts';
import { createQuickjsSandbox } from '../sandbox/quickjs/quickjs-sandbox.ts';
import { judgeExplanation } from './judge-explanation.ts';
import { makeQuestions } from './make-questions.ts';

const step = (name: string, args: unknown[]) => [{ call: name, args }];
const visible = [
  { name: 'small', rubric: 'all', skill: 'sums', steps: step('fee', [10, 2]), expect: 24 },
  { name: 'large', rubric: 'all', skill: 'sums', steps: step('fee', [80, 2]), expect: 160 },
  { name: 'none', rubric: 'all', skill: 'sums', steps: step('fee', [10, 0]), expect: 4 },
];
const lab: Lab = {
  ...labSchema.parse({
    contract: 1,
    id: 'fees',
    title: 'Fees',
    stage: 1,
    minutes: 5,
    languages: ['ts'],
    entry: { ts: 'solution.ts' },
    targets: [{ name: 'fee', kind: 'function' }],
    limits: { wallMs: 4000, memoryMb: 64, outputKb: 4 },
    rubric: [{ id: 'all', title: 'All', weight: 100, skills: ['sums'], by: 'tests' }],
  }),
  folder: '',
  tests: [
    ...dataTestsSchema.parse(visible).map((test) => toLabTest(test, true)),
    toLabTest(
      {
        name: 'secret',
        rubric: 'all',
        skill: 'sums',
        steps: [{ call: 'fee', args: [4711, 1] }],
        expect: 4711,
      },
      false,
    ),
  ],
};
const source = `export function fee(each: number, pieces: number): number {
  const sum = each * pieces;
  if (sum > 100) return sum;
  return sum + 4;
}
`;
const program = { language: 'ts', entry: 'solution.ts', files: { 'solution.ts': source } } as const;

describe('questions about a submission', () => {
  const sandbox = createQuickjsSandbox(1);
  afterAll(() => sandbox.close());

  const ask = (seed: string, code = program as Parameters<typeof makeQuestions>[0]['program']) =>
    makeQuestions({ lab, program: code, sandbox, seed, count: 3 });

  it('are as many as asked for, of both kinds, and the same for the same seed', async () => {
    const questions = await ask('a');
    expect(questions).toHaveLength(3);
    expect(new Set(questions.map(({ kind }) => kind))).toEqual(new Set(['value', 'mutation']));
    expect(await ask('a')).toEqual(questions);
    expect(JSON.stringify(questions)).not.toMatch(/secret|4711/);
  });

  it('have keys that running the code confirms', async () => {
    const ran = new Function(
      'each',
      'pieces',
      'const sum = each * pieces; return sum > 100 ? sum : sum + 4;',
    );
    for (const seed of ['a', 'b', 'c', 'd'])
      for (const question of await ask(seed)) {
        if (question.kind === 'value') {
          const [, each, pieces] = /fee\((-?[\d.]+), (-?[\d.]+)\)/.exec(question.steps.at(-1) ?? '') ?? [];
          const given = String(ran(Number(each), Number(pieces)));
          const answer = question.options?.find(({ text }) => text === given)?.id ?? given;
          expect(judgeExplanation(question, answer)).toEqual({ ok: true, right: true });
          continue;
        }
        const { file, changed } = question.code!;
        const files = {
          [file]: source
            .split('\n')
            .with(changed.line - 1, changed.after)
            .join('\n'),
        };
        const submission = { kind: 'program', program: { ...program, files } } as const;
        const { result } = await gradeSubmission({ lab, submission, sandbox, seed: 1, tests: 'visible' });
        const failed = result.tests.filter(({ passed }) => !passed).map(({ name }) => name);
        const right = question.options?.find(({ id }) => id === question.key);
        if (question.key === 'none') expect(failed).toEqual([]);
        else expect(failed).toContain(right?.text);
        const wrong = question.options?.filter(({ id }) => id !== question.key && id !== 'none') ?? [];
        for (const { text } of wrong) expect(failed).not.toContain(text);
      }
  });

  it('are fewer where there is nothing to ask about', async () => {
    const empty = { ...program, files: { 'solution.ts': 'export const fee = () => undefined;\n' } };
    expect(await ask('a', empty)).toEqual([]);
  });

  it('end with their signal', async () => {
    const ended = AbortSignal.abort();
    await expect(
      makeQuestions({ lab, program, sandbox, seed: 'a', count: 3, signal: ended }),
    ).rejects.toThrow();
  });
});
