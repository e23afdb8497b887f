import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { skillYaml, tinyCurriculum, tinyTree } from '../testing/tiny-curriculum.ts';
import { LINT_RULES, lintCurriculum, lintFolder } from './lint-curriculum.ts';

test('the names of the rules are kebab-case and unique', () => {
  const names = LINT_RULES.map((rule) => rule.name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test('every rule has a file of its name and a fixture that breaks it', async () => {
  const folder = fileURLToPath(new URL('rules', import.meta.url));
  const files = await readdir(folder);
  const rules = files.filter((file) => !file.endsWith('.test.ts')).map((file) => file.replace('.ts', ''));
  expect(rules.toSorted()).toEqual(LINT_RULES.map((rule) => rule.name).toSorted());
  const tests = await Promise.all(
    files.filter((file) => file.endsWith('.test.ts')).map((file) => readFile(join(folder, file), 'utf8')),
  );
  for (const name of rules) expect(tests.join('\n')).toMatch(new RegExp(`(rule: |getRule\\()'${name}'`));
});

test('every message says what to do: it is a sentence of some length', () => {
  const findings = lintCurriculum(tinyCurriculum());
  expect(findings.length).toBeGreaterThan(5);
  for (const { message } of findings) expect(message.length).toBeGreaterThan(15);
});

test('findings are sorted by file and line, and the same every time', () => {
  const curriculum = tinyCurriculum();
  const findings = lintCurriculum(curriculum);
  const files = findings.map((finding) => finding.file);
  expect(files).toEqual(files.toSorted());
  expect(lintCurriculum(curriculum)).toEqual(findings);
});

test('linting can be narrowed to one skill', () => {
  const curriculum = tinyCurriculum({
    'modules/01-basics/other/skill.yaml': skillYaml({
      id: 'other',
      order: '2',
      title: 'Other',
      aliases: '[]',
    }),
  });
  const all = lintCurriculum(curriculum);
  const one = lintCurriculum(curriculum, { skill: 'other' });
  expect(one.length).toBeGreaterThan(0);
  expect(one.length).toBeLessThan(all.length);
  expect(one.every((finding) => finding.file.includes('/other/'))).toBe(true);
  expect(lintCurriculum(curriculum, { skill: 'none' })).toEqual([]);
});

test('a planned skill with only its skill.yaml has nothing to complain about', () => {
  const curriculum = tinyCurriculum({
    'modules/01-basics/other/skill.yaml': skillYaml({
      id: 'other',
      order: '2',
      title: 'Other',
      aliases: '[]',
      status: 'planned',
    }),
  });
  expect(lintCurriculum(curriculum, { skill: 'other' })).toEqual([]);
});

test('a folder is linted with what loading found', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'content-'));
  try {
    for (const [path, text] of tinyTree({ 'modules/01-basics/adding/cards.yaml': '- nothing\n' })) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
    const rules = (await lintFolder(dir)).map((finding) => finding.rule);
    expect(rules).toContain('schema');
    expect(rules).toContain('cards');
  } finally {
    await rm(dir, { recursive: true });
  }
});
