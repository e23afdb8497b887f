import { describe, expect, it } from 'vitest';
import type { Lab } from '../load/lab.ts';
import { folderOf, labTest, tinyLab } from '../testing/tiny-lab.ts';
import { lintLab, listWrong } from './lint-lab.ts';

const skills = new Set(['adding', 'boxing']);

const FILES = {
  'instructions.md': 'x',
  'hints.md': 'x',
  'design.md': 'x',
  'starter/solution.py': 'x',
  'starter/solution.ts': 'x',
  'solution/solution.py': 'x',
  'solution/solution.ts': 'x',
  'wrong/a/solution.py': 'x',
  'wrong/b/solution.py': 'x',
  'wrong/c/solution.ts': 'x',
};

const call = { steps: [{ call: 'add', args: [] }], expect: 1 };
const tests = [
  labTest({ name: 'shown', ...call }, true),
  ...Array.from({ length: 8 }, (_, at) =>
    labTest({ name: `kept ${at}`, rubric: at === 0 ? 'boxes' : 'sums', skill: 'boxing', ...call }),
  ),
];

function problemsOf(change: { files?: Record<string, string>; without?: string; more?: Partial<Lab> } = {}) {
  const files: Record<string, string> = { ...FILES, ...change.files };
  if (change.without !== undefined) delete files[change.without];
  const lab = tinyLab(tests, { folder: folderOf(files), ...change.more });
  return lintLab(lab, skills).map(({ rule, file, message }) => `${rule} ${file}: ${message}`);
}

describe('a lab that is whole', () => {
  it('has no problem', () => {
    expect(problemsOf()).toEqual([]);
  });

  it('names its wrong answers by their folders', () => {
    expect(listWrong(tinyLab([], { folder: folderOf(FILES) }))).toEqual(['a', 'b', 'c']);
    expect(listWrong(tinyLab([], { folder: folderOf({}) }))).toEqual([]);
  });
});

describe('a lab has a problem', () => {
  it.each(['instructions.md', 'hints.md', 'design.md'])('without %s', (page) => {
    expect(problemsOf({ without: page })).toEqual([`lab-pages ${page}: is missing`]);
  });

  it.each(['starter/solution.ts', 'solution/solution.py'])('without %s', (side) => {
    expect(problemsOf({ without: side })).toEqual([`lab-sides ${side}: is missing`]);
  });

  it('with a folder of another name', () => {
    expect(problemsOf({ more: { id: 'other' } })[0]).toContain('lab-id');
  });

  it('with fewer than three wrong answers', () => {
    expect(problemsOf({ without: 'wrong/c/solution.ts' })[0]).toContain('2 named wrong answers, needs 3');
  });

  it('with fewer than eight hidden tests, made ones counted', () => {
    const few = { more: { tests: tests.slice(0, 8) } };
    expect(problemsOf(few)[0]).toContain('7 hidden tests, needs 8');
    const made = { more: { ...few.more, makeTests: () => [labTest({ name: 'made', ...call })] } };
    expect(problemsOf(made)).toEqual([]);
  });

  it('without a visible test', () => {
    expect(problemsOf({ more: { tests: tests.slice(1) } })[0]).toContain('no test to work against');
  });

  it('with a skill that does not exist', () => {
    const odd = [...tests, labTest({ name: 'odd', skill: 'flying', ...call })];
    expect(problemsOf({ more: { tests: odd } })).toEqual([
      'lab-skills lab.yaml: names flying, which is no skill',
    ]);
  });

  it('with points that no test decides', () => {
    const sums = tests.filter((test) => test.rubric === 'sums');
    expect(problemsOf({ more: { tests: [...sums, labTest({ name: 'x', ...call })] } })[0]).toContain(
      'gives 30 points for boxes, which no test decides',
    );
  });

  it('with a test that decides what is left to a person', () => {
    const noted = [...tests, labTest({ name: 'noted', rubric: 'note', ...call })];
    expect(problemsOf({ more: { tests: noted } })[0]).toContain(
      'leaves note to a person, and 1 tests decide it',
    );
  });

  it('with a written part that begins from nothing', () => {
    const rubric = tinyLab().rubric.map((line) =>
      line.id === 'note' ? { ...line, file: 'NOTES.md' } : line,
    );
    expect(problemsOf({ more: { rubric } })).toEqual([
      'lab-written starter/NOTES.md: is missing: a written part begins from something',
    ]);
  });

  it('with a rubric line that shows no skill', () => {
    const rubric = tinyLab().rubric.map((line) => ({
      ...line,
      skills: line.id === 'note' ? [] : line.skills,
    }));
    expect(problemsOf({ more: { rubric } })[0]).toContain('says of note no skill');
  });

  it('with a test that uses what is no target', () => {
    const odd = [
      ...tests,
      labTest({ name: 'a', steps: [{ call: 'subtract' }], expect: 1 }),
      labTest({
        name: 'b',
        steps: [
          { new: 'add', as: 'x' },
          { on: 'x', call: 'anything' },
        ],
        expect: 1,
      }),
    ];
    expect(problemsOf({ more: { tests: odd } })).toEqual([
      expect.stringContaining('the function subtract'),
      expect.stringContaining('the class add'),
    ]);
  });
});
