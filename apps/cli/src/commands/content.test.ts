import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ContentReport } from '@edirae/curriculum';
import { main } from '../main.ts';

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
  dir = await mkdtemp(join(tmpdir(), 'content-'));
  for (const [path, text] of Object.entries(FILES)) await put(path, text);
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(dir, { recursive: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), text);
}

describe('edirae content', () => {
  test('content without errors exits 0 and ends with the sums', async () => {
    expect(await main(['content', '--dir', dir])).toBe(0);
    expect(out).toMatch(/1 skills, 1 of them planned; 0 errors, 0 warnings/);
  });

  test('errors exit 1 and are named with file, line and rule', async () => {
    await put('modules/01-basics/adding/items/bad.yaml', 'id: bad\nkind: essay\nvariants: []\n');
    expect(await main(['content', '--dir', dir])).toBe(1);
    expect(out).toMatch(
      /error +modules\/01-basics\/adding\/items\/bad\.yaml:2 +kind must be one of .*\(schema\)/,
    );
  });

  test('--json prints the document and nothing else', async () => {
    expect(await main(['content', '--dir', dir, '--json'])).toBe(0);
    const report = JSON.parse(out) as ContentReport;
    expect(report).toMatchObject({ skills: [{ id: 'adding', status: 'planned' }], labs: [], findings: [] });
    expect(err).toBe('');
  });

  test('--skill leaves the findings of other skills out', async () => {
    await put('modules/01-basics/other/skill.yaml', 'id: other\n');
    expect(await main(['content', '--dir', dir])).toBe(1);
    out = '';
    expect(await main(['content', '--dir', dir, '--skill', 'adding'])).toBe(0);
    expect(out).not.toContain('other');
    expect(await main(['content', '--dir', dir, '--skill', 'other'])).toBe(1);
  });

  test.each([
    [['--skill', 'nothing'], /there is no skill nothing/],
    [['--colour'], /usage/],
    [['rest'], /unknown argument rest/],
    [['new'], /usage/],
    [['new', 'skill', 'basics'], /usage/],
    [['new', 'skill', 'nowhere', 'x'], /no module nowhere/],
    [['new', 'item', 'adding', 'essay', 'x'], /no kind essay/],
  ])('%j is a mistake in how it is called', async (args, problem) => {
    expect(await main(['content', '--dir', dir, ...args])).toBe(2);
    expect(err).toMatch(problem);
    expect(out).toBe('');
  });

  test('a folder without content is one as well', async () => {
    expect(await main(['content', '--dir', join(dir, 'none')])).toBe(2);
    expect(err).toMatch(/no content in/);
  });
});

describe('edirae content new', () => {
  test('writes a skill and an item that the linter is content with', async () => {
    expect(await main(['content', 'new', 'skill', 'basics', 'moving-data', '--dir', dir])).toBe(0);
    expect(
      await main(['content', 'new', 'item', 'moving-data', 'numeric', 'transfer-time', '--dir', dir]),
    ).toBe(0);
    const item = await readFile(join(dir, 'modules/01-basics/moving-data/items/transfer-time.yaml'), 'utf8');
    expect(item).toMatch(/^id: transfer-time\n/);
    out = '';
    expect(await main(['content', '--dir', dir])).toBe(0);
    expect(out).toMatch(/0 errors, 0 warnings/);
  });

  test('never writes over a file', async () => {
    await put('modules/01-basics/moving-data/lesson.md', 'mine');
    expect(await main(['content', 'new', 'skill', 'basics', 'moving-data', '--dir', dir])).toBe(2);
    expect(err).toMatch(/lesson\.md exists already/);
    await expect(readFile(join(dir, 'modules/01-basics/moving-data/skill.yaml'))).rejects.toThrow(/ENOENT/);
    expect(await readFile(join(dir, 'modules/01-basics/moving-data/lesson.md'), 'utf8')).toBe('mine');
  });
});

test.each([[[]], [['nothing']], [['constructor']], [['__proto__']]])(
  'the command %j does not exist',
  async (args) => {
    expect(await main(args)).toBe(2);
    expect(err).toMatch(/commands: .*\bcontent\b/);
  },
);
