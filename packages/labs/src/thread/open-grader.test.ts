import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGrader } from './open-grader.ts';

const TEMPLATE = join(import.meta.dirname, '../../templates/lab');

describe('a grader in its thread', () => {
  const grader = openGrader(1);
  let folder: string;
  let right: Record<string, string>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'edirae-grader-'));
    cpSync(TEMPLATE, folder, { recursive: true });
    const manifest = readFileSync(join(folder, 'lab.yaml'), 'utf8');
    writeFileSync(join(folder, 'lab.yaml'), manifest.replaceAll(/LAB_ID|LAB_TITLE|SKILL_ID/g, 'window'));
    right = { 'solution.ts': readFileSync(join(folder, 'solution/solution.ts'), 'utf8') };
  });
  afterAll(async () => {
    await grader.close();
    rmSync(folder, { recursive: true });
  });

  const grade = (files: Record<string, string>, options = {}, entry = 'solution.ts') =>
    grader.ask('grade', { folder, files, entry, seed: 1, tests: 'all' }, options);

  it('says which sandboxes there are', async () => {
    expect(await grader.ask('list', null)).toContainEqual({ name: 'quickjs', languages: ['ts', 'js'] });
  });

  it('grades as it is done beside it, and tells how far it is', async () => {
    const told: number[] = [];
    const { result, forLearner } = await grade(right, { progress: (done: number) => told.push(done) });
    expect(result).toMatchObject({ status: 'passed', sandbox: 'quickjs' });
    expect(forLearner.tests.every(({ visible, message }) => visible || message === '')).toBe(true);
    expect(told.at(-1)).toBe(result.tests.length);
  });

  it('grades several at once, each for itself', async () => {
    const [one, two] = await Promise.all([grade(right), grade({ 'solution.ts': 'export {}' })]);
    expect(one.result.status).toBe('passed');
    expect(two.result.status).toBe('failed');
  });

  it('rejects what cannot be run, without running it', async () => {
    expect((await grade({ 'solution.rb': '' }, {}, 'solution.rb')).result.status).toBe('rejected');
  });

  it('stops when it is told to, and goes on with the next', async () => {
    const stop = new AbortController();
    const endless = grade({ 'solution.ts': 'for (;;) {}' }, { signal: stop.signal });
    setTimeout(() => stop.abort(), 200);
    await expect(endless).rejects.toThrow();
    expect((await grade(right)).result.status).toBe('passed');
  });

  it('says what is wrong with a lab that cannot be read', async () => {
    const asked = { folder: '/nowhere', files: right, entry: 'solution.ts', seed: 1, tests: 'all' } as const;
    await expect(grader.ask('grade', asked)).rejects.toThrow('lab.yaml');
  });

  it('starts anew after it was closed', async () => {
    await grader.close();
    expect((await grade(right)).result.status).toBe('passed');
  });
});
