import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Finding } from '../finding.ts';
import { findParsed, findYaml } from './parse-file.ts';

const TEXT = `id: thing
list:
  - name: first
    size: 1
  - name: second
    size: 2
map:
  deep: { a: 1,
    b: 2 }
`;

function read(text = TEXT): NonNullable<ReturnType<typeof findYaml>> {
  const findings: Finding[] = [];
  const yaml = findYaml(text, 'f.yaml', findings);
  if (!yaml) throw new Error(JSON.stringify(findings));
  return yaml;
}

describe('lines', () => {
  test.each([
    [['id'], 1],
    [['list'], 2],
    [['list', 0], 3],
    [['list', 1, 'size'], 6],
    [['map', 'deep', 'b'], 9],
    [['map', 'deep', 'missing'], 8],
    [['list', 7, 'name'], 2],
    [['nothing', 'at', 'all'], 1],
    [[], 1],
  ])('%j stands on line %d', (path, line) => {
    expect(read().lineOf(path)).toBe(line);
  });

  test('a key is found in its mapping', () => {
    expect(read().lineOfKey(['list', 1], 'size')).toBe(6);
    expect(read().lineOfKey([], 'map')).toBe(7);
  });
});

describe('what a schema refuses', () => {
  const schema = z.strictObject({
    id: z.string(),
    count: z.number(),
    kind: z.enum(['a', 'b']),
    list: z.array(z.string()).min(2).max(3),
  });

  test.each([
    ['id: x\ncount: 1\nkind: a\nlist: [a, b]\n', []],
    ['count: 1\nkind: a\nlist: [a, b]\n', ['id is missing (string expected)']],
    [
      'id: 1\ncount: x\nkind: a\nlist: [a, b]\n',
      ['id must be string, not number', 'count must be number, not string'],
    ],
    ['id: x\ncount: 1\nkind: c\nlist: [a, b]\n', ['kind must be one of "a", "b"']],
    ['id: x\ncount: 1\nkind: a\nlist: [a]\n', ['list needs at least 2 entries']],
    ['id: x\ncount: 1\nkind: a\nlist: [a, b, c, d]\n', ['list has more than 3 entries']],
    ['id: x\ncount: 1\nkind: a\nlist: [a, 2]\n', ['list[1] must be string, not number']],
    ['text\n', ['the file must be object, not string']],
  ])('%j', (text, messages) => {
    const findings: Finding[] = [];
    findParsed(schema, read(text), 'f.yaml', findings);
    expect(findings.map((finding) => finding.message)).toEqual(messages);
    for (const finding of findings)
      expect(finding).toMatchObject({ severity: 'error', rule: 'schema', file: 'f.yaml' });
  });
});

test.each(['a: [', 'a: 1\na: 2\n', '"a', '\tb: 1', 'a: &x 1\nb: *x\n'])('%j is no valid file', (text) => {
  const findings: Finding[] = [];
  expect(findYaml(text, 'f.yaml', findings)).toBeUndefined();
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.every((finding) => finding.rule === 'yaml' && finding.line !== null)).toBe(true);
});
