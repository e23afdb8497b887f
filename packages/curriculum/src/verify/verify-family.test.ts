import { describe, expect, test } from 'vitest';
import { CHOICE_FAMILY, familyOf, SUM_FAMILY, tinyCurriculum } from '../testing/tiny-curriculum.ts';
import { verifyCurriculum } from './verify-curriculum.ts';
import { verifyFamily } from './verify-family.ts';

/** What verification says about a family, as sentences. */
function said(yaml: string): string {
  return verifyFamily(familyOf(yaml))
    .map((finding) => finding.message)
    .join('\n');
}

function authored(kind: string, body: (n: number) => string): string {
  return `id: of-kind
title: Of a kind
kind: ${kind}
level: 1
hints: [x, y]
solution: s
variants:
${[0, 1, 2].map((n) => `  - { id: v${n}, prompt: 'P ${n} [[gap]].', ${body(n)} }\n`).join('')}`;
}

describe('families that hold', () => {
  test.each([
    ['numeric', SUM_FAMILY],
    ['choice', CHOICE_FAMILY],
    [
      'multi',
      authored(
        'multi',
        (n) =>
          `options: [{ text: a${n}, correct: true }, { text: b${n}, correct: true }, { text: c${n}, misconception: forgets-carry }]`,
      ),
    ],
    [
      'order',
      authored(
        'order',
        (n) =>
          `sequence: [a, b, c${n}], wrong: [{ sequence: [b, a, c${n}], misconception: forgets-carry, feedback: f }]`,
      ),
    ],
    [
      'match',
      authored(
        'match',
        (n) =>
          `pairs: [{ left: a, right: x${n}, misconception: forgets-carry }, { left: b, right: y }, { left: c, right: z }]`,
      ),
    ],
    [
      'cloze',
      authored(
        'cloze',
        (n) =>
          `blanks: { gap: { accept: [a${n}, b${n}], wrong: [{ accept: [c], misconception: forgets-carry, feedback: f }] } }`,
      ),
    ],
    [
      'short',
      authored(
        'short',
        (n) => `accept: [a${n}], wrong: [{ accept: [c], misconception: forgets-carry, feedback: f }]`,
      ),
    ],
    [
      'numeric, authored',
      authored(
        'numeric',
        (n) =>
          `answer: { value: ${n + 10}, unit: GB, tolerance: 1% }, wrong: [{ value: 3, misconception: forgets-carry, feedback: f }]`,
      ),
    ],
  ])('%s', (_, yaml) => {
    expect(said(yaml)).toBe('');
  });
});

describe('families that do not', () => {
  test.each([
    [
      'a wrong value within the tolerance',
      authored(
        'numeric',
        () => `answer: { value: 100, unit: '', tolerance: 5% }, wrong: [{ value: 103, feedback: f }]`,
      ),
      /its wrong answer "103" is graded correct/,
    ],
    [
      'a wrong text that is accepted',
      authored('short', (n) => `accept: [Key ${n}], wrong: [{ accept: ['key-${n}'], feedback: f }]`),
      /is graded correct/,
    ],
    [
      'a blank with a wrong text that is accepted',
      authored(
        'cloze',
        (n) => `blanks: { gap: { accept: [a${n}], wrong: [{ accept: [A${n}], feedback: f }] } }`,
      ),
      /is graded correct/,
    ],
    [
      'a misconception that is not in skill.yaml',
      CHOICE_FAMILY.replace('misconception: forgets-carry', 'misconception: no-such'),
      /does not name no-such; is the id in skill\.yaml/,
    ],
    ['no prompt', CHOICE_FAMILY.replace('    prompt: What is 17 plus 25?\n', ''), /variant a: has no prompt/],
    [
      'no solution',
      CHOICE_FAMILY.replace('solution: Add column by column.\n', ''),
      /variant a \(and 2 more\): has no solution/,
    ],
    [
      'no hints',
      CHOICE_FAMILY.replace('hints: [Look at the last digits., Add the carry.]\n', ''),
      /fewer than two hints/,
    ],
    [
      'a formula outside the language',
      SUM_FAMILY.replace('total: a + b', 'total: a + b!'),
      /seed 0 .*1000 draws gave no variant: derived\.total uses the operator !/,
    ],
    [
      'constraints that cannot hold',
      SUM_FAMILY.replace('>= 10', '>= 1000'),
      /seed 0 \(and 2 more\): two-numbers: 1000 draws gave no variant: its constraints hold for none/,
    ],
    [
      'a solution with an unknown name',
      SUM_FAMILY.replace('The sum is {{ answer }}.', 'The sum is {{ summ }}.'),
      /solution uses summ/,
    ],
    [
      'a hint that prints the answer',
      SUM_FAMILY.replace('Start with the last digits.', 'It is {{ answer }}.'),
      /hints\[0\] uses answer/,
    ],
    [
      'two variants that read the same with different answers',
      SUM_FAMILY.replace('label: Second,', 'label: Second, given: false,').replace(
        '{{ b }}?',
        'another number?',
      ),
      /reads the same as another variant but has another answer/,
    ],
  ])('%s', (_, yaml, problem) => {
    expect(said(yaml)).toMatch(problem);
  });

  test('each kind of problem is reported once a family, in its file', () => {
    const findings = verifyFamily(familyOf(SUM_FAMILY.replace('total: a + b', 'total: a + nothing')));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      severity: 'error',
      rule: 'verify',
      file: 'modules/01-basics/adding/items/two-numbers.yaml',
    });
  });
});

test('verification can be narrowed to one skill and tells of its progress', () => {
  const curriculum = tinyCurriculum();
  const heard: number[] = [];
  expect(verifyCurriculum(curriculum, { onProgress: (done) => heard.push(done) })).toEqual([]);
  expect(heard).toEqual([0, 1]);
  const none: number[] = [];
  verifyCurriculum(curriculum, { skill: 'other', onProgress: (done) => none.push(done) });
  expect(none).toEqual([]);
});
