import { expect, test } from 'vitest';
import { getRule } from '../../testing/rule-fixture.ts';
import { lintWith } from '../../testing/tiny-curriculum.ts';

const WORDS = 'classes: { more: [plus, add] }\nfiller: [the]\nweak: []\nspelt: []\n';

test('a phrase that leads to skills and uses classes that exist is fine', () => {
  const topics = '- { id: sums, say: ["<more> numbers", summing], core: [adding] }\n';
  expect(
    lintWith(getRule('vocabulary'), { 'vocabulary/words.yaml': WORDS, 'vocabulary/topics.yaml': topics }),
  ).toEqual([]);
});

test('a skill, a class or a module that does not exist is an error, with its line', () => {
  const findings = lintWith(getRule('vocabulary'), {
    'vocabulary/words.yaml': WORDS,
    'vocabulary/topics.yaml':
      '- { id: sums, say: [summing], core: [adding] }\n- { id: no, say: ["<less> sums"], core: [gone] }\n',
    'vocabulary/symptoms.yaml': '- { id: nothing, say: [tired] }\n',
    'vocabulary/outside.yaml': '- { id: golf, title: Golf, say: [golf], near: [putting] }\n',
    'vocabulary/roles.yaml': '- { id: adder, title: Adder, say: [adder], modules: [advanced] }\n',
  });
  expect(findings.map(({ file, line, message }) => [file, line, message])).toEqual([
    ['vocabulary/topics.yaml', 2, expect.stringContaining('leads to gone')],
    ['vocabulary/topics.yaml', 2, expect.stringContaining('<less>')],
    ['vocabulary/symptoms.yaml', 1, expect.stringContaining('leads to no skill')],
    ['vocabulary/outside.yaml', 1, expect.stringContaining('leads to putting')],
    ['vocabulary/roles.yaml', 1, expect.stringContaining('module advanced')],
  ]);
});
