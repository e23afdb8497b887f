import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { listTests } from '../grade/grade-submission.ts';
import { folderOf, tinyManifest } from '../testing/tiny-lab.ts';
import { LabError, loadLab } from './load-lab.ts';

const VISIBLE = stringify([
  { name: 'adds', rubric: 'sums', skill: 'adding', steps: [{ call: 'add', args: [1, 2] }], expect: 3 },
]);

const files = (more: Record<string, string> = {}) => ({
  'lab.yaml': stringify(tinyManifest()),
  'tests/visible.yaml': VISIBLE,
  ...more,
});

const hidden = (body: string) => ({ 'tests/hidden.ts': body });
const TEST = `{ name: 'made', rubric: 'sums', skill: 'adding', steps: [{ call: 'add', args: [] }]`;

async function problemOf(given: Record<string, string>): Promise<string> {
  try {
    const lab = await loadLab(folderOf(given));
    lab.makeTests?.(() => 0.5);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(LabError);
    return (error as Error).message;
  }
}

describe('a lab read from its folder', () => {
  it('holds its manifest and its tests', async () => {
    const folder = folderOf(files());
    const lab = await loadLab(folder);
    expect(lab).toMatchObject({ id: 'tiny', folder, languages: ['py', 'ts'] });
    expect(lab.tests).toHaveLength(1);
    expect(lab.tests[0]).toMatchObject({ name: 'adds', visible: true, expected: { value: 3 } });
    expect(lab.makeTests).toBeUndefined();
  });

  it('tells visible and hidden tests apart by their file', async () => {
    const lab = await loadLab(folderOf(files({ 'tests/hidden.yaml': VISIBLE.replace('adds', 'adds too') })));
    expect(lab.tests.map((test) => [test.name, test.visible])).toEqual([
      ['adds', true],
      ['adds too', false],
    ]);
  });

  it('makes the tests of hidden.ts from chance that is given', async () => {
    const lab = await loadLab(
      folderOf(
        files(
          hidden(`export function tests(random: () => number) {
            return [{ name: 'draws ' + random(), rubric: 'sums', skill: 'adding',
              steps: [{ call: 'add', args: [NaN, new Set([1])] }], expect: null }];
          }`),
        ),
      ),
    );
    const made = lab.makeTests!(() => 0.25);
    expect(made.map((test) => [test.name, test.visible])).toEqual([['draws 0.25', false]]);
  });

  it('lets hidden.ts import files beside it', async () => {
    const lab = await loadLab(
      folderOf(
        files({
          'tests/reference.ts': 'export const answer: number = 42;',
          ...hidden(`import { answer } from './reference.ts';
            export const tests = () => [${TEST}, expect: answer }];`),
        }),
      ),
    );
    expect(lab.makeTests!(Math.random)[0]!.expected).toEqual({ value: 42 });
  });

  it('uses an exported check for the tests that have none', async () => {
    const lab = await loadLab(
      folderOf(
        files(
          hidden(`export const check = () => 'shared';
            export const tests = () => [${TEST} }, ${TEST.replace('made', 'own')}, check: () => 'own' }];`),
        ),
      ),
    );
    expect(listTests({ lab, seed: 1 }).map((test) => test.check?.([]))).toEqual([undefined, 'shared', 'own']);
  });
});

describe('a lab is refused', () => {
  it.each<[string, Record<string, string>, string]>([
    ['without lab.yaml', { 'tests/visible.yaml': VISIBLE }, 'lab.yaml'],
    ['with a broken one', files({ 'lab.yaml': 'a: [' }), 'lab.yaml'],
    [
      'with one that breaks the contract',
      files({ 'lab.yaml': stringify(tinyManifest({ stage: 9 })) }),
      'stage',
    ],
    ['with aliases in it', files({ 'lab.yaml': `${stringify(tinyManifest())}\nx: &a 1\ny: *a\n` }), 'Alias'],
    ['without a test', { 'lab.yaml': stringify(tinyManifest()) }, 'there is no test'],
    ['with a test that breaks the contract', files({ 'tests/hidden.yaml': '- {name: x}' }), 'hidden.yaml'],
    [
      'with an unknown rubric line',
      files({ 'tests/hidden.yaml': VISIBLE.replace('sums', 'sum') }),
      'no line of the rubric',
    ],
    ['with two tests of one name', files({ 'tests/hidden.yaml': VISIBLE + VISIBLE }), 'two tests are called'],
    ['with a hidden.ts that does not load', files(hidden('export const tests = ;')), 'hidden.ts'],
    ['with a hidden.ts that exports no tests', files(hidden('export const test = 1;')), 'no function tests'],
    [
      'with a made test that breaks the contract',
      files(hidden('export const tests = () => [{}];')),
      'hidden.ts',
    ],
    [
      'with a made test that compares nothing',
      files(hidden(`export const tests = () => [${TEST} }];`)),
      'needs expect, raises, check or drive',
    ],
  ])('%s', async (_, given, says) => {
    expect(await problemOf(given)).toContain(says);
  });
});
