import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../main.ts';

const LAB = `contract: 1
id: doubling
title: Doubling
stage: 1
minutes: 5
languages: [py, ts]
entry: { py: solution.py, ts: solution.ts }
targets: [{ name: double, kind: function }]
limits: { wallMs: 10000, memoryMb: 64, outputKb: 4 }
rubric: [{ id: sums, title: Sums, weight: 100, skills: [adding], by: tests }]
`;
const TESTS =
  '- { name: doubles, rubric: sums, skill: adding, steps: [{ call: double, args: [21] }], expect: 42 }\n';
const HIDDEN = `export const tests = (random: () => number) => [{ name: 'drawn', rubric: 'sums', skill: 'adding',
  steps: [{ call: 'double', args: [Math.floor(random() * 1e6)] }], check: ([got]: unknown[]) => 'got ' + String(got) }];`;

let folder = '';
let out = '';
let err = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-'));
  mkdirSync(join(folder, 'tests'));
  write('lab.yaml', LAB);
  write('tests/visible.yaml', TESTS);
  write('right.ts', 'export const double = (n: number): number => n * 2;');
  write('wrong.js', 'export const double = (n) => n + 2;');
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}

const grade = (...args: string[]) => main(['lab', 'grade', folder, ...args]);

interface Printed {
  status: string;
  seed: number;
  sandbox: string | null;
  tests: { passed: boolean; message: string }[];
}
const printed = () => JSON.parse(out) as Printed;

describe('edirae lab grade', () => {
  it('prints the result as one document, and exits with 0 whatever the status', async () => {
    expect(await grade(join(folder, 'right.ts'), '--json')).toBe(0);
    expect(printed()).toMatchObject({ version: 1, lab: 'doubling', status: 'passed', sandbox: 'quickjs' });
    out = '';
    expect(await grade(join(folder, 'wrong.js'), '--json')).toBe(0);
    expect(printed()).toMatchObject({ status: 'failed', language: 'js', tests: [{ passed: false }] });
  });

  it('prints messages of hidden tests too: it is the operator’s', async () => {
    write('tests/hidden.ts', HIDDEN);
    await grade(join(folder, 'right.ts'), '--json', '--seed', '5');
    expect(printed().tests[1]!.message).toMatch(/^got \d+$/);
    expect(printed().seed).toBe(5);
  });

  it('asks the same with the same seed, and something else with another', async () => {
    write('tests/hidden.ts', HIDDEN);
    const messages: string[] = [];
    for (const seed of ['5', '5', '6']) {
      out = '';
      await grade(join(folder, 'right.ts'), '--json', '--seed', seed);
      messages.push(printed().tests[1]!.message);
    }
    expect(messages[0]).toBe(messages[1]);
    expect(messages[0]).not.toBe(messages[2]);
  });

  it('tells people what passed and what did not', async () => {
    await grade(join(folder, 'wrong.js'));
    expect(out).toContain('FAIL');
    expect(out).toContain('double(21): expected 42, got 23');
    expect(out).toMatch(/doubling: failed, 0 of 1 tests, 0 points; quickjs, seed \d+/);
  });

  it('rejects what cannot be run, which is a result like any other', async () => {
    mkdirSync(join(folder, 'empty'));
    expect(await grade(join(folder, 'empty'), '--json')).toBe(0);
    expect(printed()).toMatchObject({ status: 'rejected', sandbox: null });
  });

  it('chooses by language where a folder holds several', async () => {
    write('solution.py', 'double = lambda n: n * 2');
    write('solution.ts', 'export const double = (n: number) => n;');
    expect(await grade(folder, '--language', 'ts', '--json')).toBe(0);
    expect(printed().status).toBe('failed');
  });

  it.each([
    ['no such lab', ['lab', 'grade', '/nowhere', 'x.py'], 'There is no lab'],
    ['no submission named', ['lab', 'grade', 'FOLDER'], 'usage'],
    ['no such submission', ['lab', 'grade', 'FOLDER', '/nowhere/x.py'], 'There is no /nowhere/x.py'],
    ['one argument too many', ['lab', 'grade', 'FOLDER', 'FOLDER', 'x'], 'usage'],
    ['an option that is not known', ['lab', 'grade', 'FOLDER', 'FOLDER', '--fast'], 'fast'],
    ['a seed that is no number', ['lab', 'grade', 'FOLDER', 'FOLDER', '--seed', 'x'], 'whole number'],
    ['a language nobody grades', ['lab', 'grade', 'FOLDER', 'FOLDER', '--language', 'rb'], 'py or ts'],
    ['nothing to do', ['lab'], 'usage'],
  ])('called with %s exits with 2 and says so', async (_, args, says) => {
    expect(await main(args.map((arg) => (arg === 'FOLDER' ? folder : arg)))).toBe(2);
    expect(err).toContain(says);
    expect(out).toBe('');
  });

  it('with a lab that breaks the contract exits with 2 and names the file', async () => {
    write('lab.yaml', LAB.replace('weight: 100', 'weight: 90'));
    expect(await grade(join(folder, 'right.ts'))).toBe(2);
    expect(err).toContain('lab.yaml');
    expect(err).toContain('sum to 90');
  });

  it('without the sandbox that is asked for exits with 3', async () => {
    expect(await grade(join(folder, 'right.ts'), '--sandbox', 'docker')).toBe(3);
    expect(await grade(join(folder, 'right.ts'), '--sandbox', 'pyodide')).toBe(3);
    expect(err).toContain('no sandbox called pyodide');
    expect(out).toBe('');
  });
});
