import type { Curriculum, Family } from '../curriculum.ts';
import type { Finding } from '../finding.ts';
import { assembleCurriculum } from '../load/load-curriculum.ts';
import { runRule } from '../lint/rule.ts';
import type { LintRule } from '../lint/rule.ts';

/** The day on which fixtures are linted. */
export const TODAY = '2026-11-23';

/** Path of the only skill's folder in a tiny curriculum. */
export const FOLDER = 'modules/01-basics/adding';

/** A skill file that every rule is content with; `changes` replace whole lines by their key. */
export function skillYaml(changes: Readonly<Record<string, string>> = {}): string {
  const lines: Record<string, string> = {
    id: 'adding',
    title: 'Adding up',
    status: 'written',
    criterion: 'Can add two numbers, given both.',
    stage: '1',
    order: '1',
    bloom: 'apply',
    minutes: '30',
    requires: '[]',
    buildsOn: '[]',
    evidence: '[quiz]',
    aliases: '[addition]',
    misconceptions: `
  - id: forgets-carry
    belief: The carry can be left out
    correction: A carry belongs to the next column.`,
    resources: `
  - url: https://example.org/adding
    why: Short and exact.`,
    ...changes,
  };
  return `${Object.entries(lines)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')}\n`;
}

/** A parametric numeric family that verifies. */
export const SUM_FAMILY = `id: two-numbers
title: Two numbers
kind: numeric
level: 2
parameters:
  a: { label: First, min: 11, max: 59, step: 1 }
  b: { label: Second, choices: [15, 27, 38, 46] }
constraints: ['a % 10 + b % 10 >= 10']
derived:
  total: a + b
prompt: What is {{ a }} plus {{ b }}?
hints:
  - Start with the last digits.
  - Take the carry along; 19 and 2 make a carry of one.
solution: The sum is {{ answer }}.
answer: { formula: total, unit: '', tolerance: 0 }
wrong:
  - formula: total - 10
    misconception: forgets-carry
    headline: '{{ value }} leaves out the carry'
    feedback: The last digits make more than nine, so one goes over.
`;

/** An authored choice family that verifies. */
export const CHOICE_FAMILY = `id: which-sum
title: Which sum
kind: choice
level: 1
hints: [Look at the last digits., Add the carry.]
solution: Add column by column.
variants:
  - id: a
    prompt: What is 17 plus 25?
    options:
      - { text: forty-two, correct: true, feedback: The carry is counted. }
      - { text: thirty-two, misconception: forgets-carry, feedback: The carry is missing. }
      - { text: fifty-two, feedback: One carry too many. }
  - id: b
    prompt: What is 18 plus 35?
    options:
      - { text: fifty-three, correct: true, feedback: The carry is counted. }
      - { text: forty-three, misconception: forgets-carry, feedback: The carry is missing. }
      - { text: sixty-three, feedback: One carry too many. }
  - id: c
    prompt: What is 29 plus 47?
    options:
      - { text: seventy-six, correct: true, feedback: The carry is counted. }
      - { text: sixty-six, misconception: forgets-carry, feedback: The carry is missing. }
      - { text: eighty-six, feedback: One carry too many. }
`;

/** The files of a curriculum with one module and one skill; `changes` add files or replace them. */
export function tinyTree(changes: Readonly<Record<string, string>> = {}): Map<string, string> {
  return new Map(
    Object.entries({
      'modules/01-basics/module.yaml': 'id: basics\nnumber: 1\ntitle: Basics\nstages: [1]\n',
      'resources.yaml': '- { title: Adding, url: "https://example.org/adding", type: docs }\n',
      [`${FOLDER}/skill.yaml`]: skillYaml(),
      [`${FOLDER}/items/two-numbers.yaml`]: SUM_FAMILY,
      [`${FOLDER}/items/which-sum.yaml`]: CHOICE_FAMILY,
      ...changes,
    }),
  );
}

/** A loaded tiny curriculum. Throws where it does not load without a finding. */
export function tinyCurriculum(changes: Readonly<Record<string, string>> = {}): Curriculum {
  const { curriculum, findings } = assembleCurriculum(tinyTree(changes));
  if (!curriculum || findings.length > 0) throw new Error(JSON.stringify(findings, null, 2));
  return curriculum;
}

/** A family from the text of its file. Throws where the file does not load. */
export function familyOf(yaml: string): Family {
  const id = /^id: (\S+)/.exec(yaml)?.[1] ?? '';
  const curriculum = tinyCurriculum({ [`${FOLDER}/items/${id}.yaml`]: yaml });
  return curriculum.families.get(id) as Family;
}

/** What one rule says about a tiny curriculum with some files changed. */
export function lintWith(rule: LintRule, changes: Readonly<Record<string, string>>): Finding[] {
  const { curriculum, findings } = assembleCurriculum(tinyTree(changes));
  if (!curriculum) throw new Error(JSON.stringify(findings));
  return runRule(rule, curriculum, [...curriculum.skills.values()], TODAY);
}

/** A path of the tiny skill's folder. */
export function at(path: string): string {
  return `${FOLDER}/${path}`;
}

/** A lesson of the given count of words, in two sections. */
export function lessonOf(words: number): string {
  const half = Math.floor((words - 4) / 2);
  const prose = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');
  return `${prose(half)}\n\n## First part\n\n${prose(words - 4 - half)}\n\n## Second part\n`;
}
