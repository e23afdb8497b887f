import { describe, expect, test } from 'vitest';
import { CHOICE_FAMILY, familyOf, SUM_FAMILY } from '../testing/tiny-curriculum.ts';
import { compileVariant } from './compile-variant.ts';
import { toItem } from './to-item.ts';

const SECRET = 'zzsecretzz';

/** One family of each kind, in which everything a learner must not see before answering holds a marker. */
const FAMILIES: Record<string, string> = {
  numeric: SUM_FAMILY.replace('solution: ', `solution: ${SECRET} `)
    .replace('Start with', `${SECRET} Start with`)
    .replace('feedback: ', `feedback: ${SECRET} `),
  choice: CHOICE_FAMILY.replaceAll('feedback: ', `feedback: ${SECRET} `)
    .replace('solution: ', `solution: ${SECRET} `)
    .replace('hints: [', `hints: [${SECRET} `),
  order: authored(
    'order',
    `sequence: [one ID, two ID, three ID], wrong: [{ sequence: [two ID, one ID, three ID], feedback: ${SECRET} }]`,
  ),
  match: authored(
    'match',
    `pairs: [{ left: l1, right: r1 ID, feedback: ${SECRET} }, { left: l2, right: r2 }, { left: l3, right: r3 }]`,
  ),
  cloze: authored(
    'cloze',
    `blanks: { gap: { accept: [${SECRET} ID], wrong: [{ accept: [x], feedback: ${SECRET} }] } }`,
    'Fill [[gap]] ID.',
  ),
  short: authored('short', `accept: [${SECRET} ID], wrong: [{ accept: [x], feedback: ${SECRET} }]`),
};

function authored(kind: string, body: string, prompt = 'Prompt ID.'): string {
  const variants = ['a', 'b', 'c'].map((id) =>
    `  - { id: ${id}, prompt: '${prompt}', ${body} }`.replaceAll('ID', id),
  );
  return `id: of-${kind}
title: Of a kind
kind: ${kind}
level: 1
hints: [${SECRET} one, two]
solution: ${SECRET}
feedback: ${SECRET}
variants:
${variants.join('\n')}
`;
}

const PUBLIC = [
  'family',
  'familyVersion',
  'variant',
  'kind',
  'level',
  'title',
  'prompt',
  'given',
  'unit',
  'units',
  'options',
  'left',
  'right',
  'blanks',
];

describe('what a browser sees', () => {
  test.each(Object.entries(FAMILIES))('of a %s item holds no key, hint, solution or feedback', (_, yaml) => {
    const family = familyOf(yaml);
    const item = toItem(compileVariant(family, family.parametric ? '7' : 'a'));
    const json = JSON.stringify(item);
    expect(json).not.toContain(SECRET);
    expect(json).not.toMatch(
      /correct|misconception|wrong|hint|solution|feedback|tolerance|accept|fingerprint|hash"/i,
    );
    expect(PUBLIC).toEqual(expect.arrayContaining(Object.keys(item)));
  });

  test('a numeric item offers its units and its givens under the names of the parameters', () => {
    const family = familyOf(
      SUM_FAMILY.replace("unit: '', tolerance: 0", 'unit: GiB, tolerance: 0, accepts: [GB, MiB]'),
    );
    const item = toItem(compileVariant(family, '7'));
    expect(item).toMatchObject({ unit: 'GiB', units: ['GiB', 'GB', 'MiB'] });
    expect(Object.keys(item.given ?? {})).toEqual(['a', 'b']);
    expect(item.given?.['a']).toEqual({ label: 'First', value: expect.any(Number) as number, unit: '' });
  });

  test('an option has an id and a text and nothing else', () => {
    const item = toItem(compileVariant(familyOf(CHOICE_FAMILY), 'a'));
    for (const option of item.options ?? []) expect(Object.keys(option)).toEqual(['id', 'text']);
  });

  test('a cloze shows the ids of its blanks in the order of the text', () => {
    expect(toItem(compileVariant(familyOf(FAMILIES['cloze'] ?? ''), 'b')).blanks).toEqual([{ id: 'gap' }]);
  });

  test('its version changes with the text of the family', () => {
    const before = toItem(compileVariant(familyOf(CHOICE_FAMILY), 'a'));
    const after = toItem(compileVariant(familyOf(CHOICE_FAMILY.replace('17 plus 25', '17 and 25')), 'a'));
    expect(after.familyVersion).not.toBe(before.familyVersion);
    expect(after.familyVersion).toMatch(/^[0-9a-f]{8}$/);
  });
});
