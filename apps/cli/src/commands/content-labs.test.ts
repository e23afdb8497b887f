import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../main.ts';
import { listLabs } from './content-labs.ts';

const FILES: Record<string, string> = {
  'modules/01-basics/module.yaml': 'id: basics\nnumber: 1\ntitle: Basics\nstages: [1]\n',
  'modules/01-basics/adding/skill.yaml': `id: adding
title: Adding up
status: planned
criterion: Can add.
stage: 1
order: 1
bloom: apply
minutes: 30
requires: []
buildsOn: []
evidence: [quiz]
aliases: []
misconceptions:
  - { id: forgets-carry, belief: The carry can be left out }
`,
};

let dir = '';
let out = '';
let err = '';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'labs-'));
  for (const [path, text] of Object.entries(FILES)) await put(path, text);
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(dir, { recursive: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), text);
}

const run = (...args: string[]) => main(['content', ...args, '--dir', dir]);

describe('labs in the content', () => {
  it('start from a small whole one', async () => {
    expect(await run('new', 'lab', 'adding', 'sliding-window')).toBe(0);
    expect(out).toContain('labs/sliding-window/lab.yaml');
    expect(listLabs(dir)).toEqual(['sliding-window']);
    expect(await run('new', 'lab', 'adding', 'sliding-window')).toBe(2);
    expect(err).toContain('exists already');
  });

  it.each([
    [['new', 'lab', 'flying', 'x'], 'there is no skill flying'],
    [['new', 'lab', 'adding', 'Not An Id'], 'is no id'],
    [['new', 'lab', 'adding'], 'usage'],
    [['--lab', 'nowhere'], 'there is no lab nowhere'],
  ])('%j is refused', async (args, says) => {
    expect(await run(...args)).toBe(2);
    expect(err).toContain(says);
  });

  it('are checked, one alone or all with the rest, and errors count', async () => {
    await run('new', 'lab', 'adding', 'sliding-window');
    await put('labs/sliding-window/lab.yaml', 'contract: 1\n');
    out = '';
    expect(await run('--lab', 'sliding-window')).toBe(1);
    expect(out).toContain('labs/sliding-window/lab.yaml');
    expect(out).toContain('(lab-schema)');
    out = '';
    expect(await run()).toBe(1);
    expect(out).toContain('(lab-schema)');
    out = '';
    expect(await run('--skill', 'adding')).toBe(0);
    expect(out).not.toContain('lab-schema');
  });
});
