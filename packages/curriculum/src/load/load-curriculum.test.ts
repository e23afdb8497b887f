import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../finding.ts';
import {
  at,
  CHOICE_FAMILY,
  FOLDER,
  skillYaml,
  SUM_FAMILY,
  tinyCurriculum,
  tinyTree,
} from '../testing/tiny-curriculum.ts';
import { assembleCurriculum, loadCurriculum } from './load-curriculum.ts';
import { familyHash } from './load-skill.ts';

function findingsWith(changes: Readonly<Record<string, string>>): Finding[] {
  return assembleCurriculum(tinyTree(changes)).findings;
}

describe('a whole curriculum', () => {
  test('has its modules, skills, families and graph', () => {
    const curriculum = tinyCurriculum({ [at('lesson.md')]: 'One two three.' });
    expect(curriculum.modules).toMatchObject([
      { id: 'basics', number: 1, stage: 1, summary: '', skills: ['adding'] },
    ]);
    const skill = curriculum.skills.get('adding');
    expect(skill).toMatchObject({
      module: 'basics',
      status: 'written',
      families: ['two-numbers', 'which-sum'],
    });
    expect(skill?.lesson).toMatchObject({ words: 3, figures: [] });
    expect(curriculum.families.get('two-numbers')).toMatchObject({
      skill: 'adding',
      kind: 'numeric',
      parametric: true,
      use: 'any',
    });
    expect(curriculum.graph.order).toEqual(['adding']);
    expect(curriculum.graph.skills.get('adding')).toMatchObject({ written: true, primaryEvidence: 'quiz' });
    expect(curriculum.resources).toHaveLength(1);
  });

  test('a planned skill is complete with only its skill.yaml', () => {
    const tree = new Map(
      [
        ...tinyTree({
          [at('skill.yaml')]: skillYaml({
            status: 'planned',
            misconceptions: '\n  - { id: a-b, belief: B }',
            resources: '[]',
          }),
        }),
      ].filter(([path]) => !path.includes('/items/')),
    );
    const { curriculum, findings } = assembleCurriculum(tree);
    expect(findings).toEqual([]);
    expect(curriculum?.skills.get('adding')).toMatchObject({
      status: 'planned',
      lesson: null,
      cards: [],
      families: [],
    });
  });

  test('skills stand in the order of modules and of their own order', () => {
    const other = (id: string, order: string): string => skillYaml({ id, order, status: 'planned' });
    const { curriculum } = assembleCurriculum(
      tinyTree({
        'modules/01-basics/late/skill.yaml': other('late', '9'),
        'modules/01-basics/early/skill.yaml': other('early', '0'),
        'modules/02-more/module.yaml':
          'id: more\nnumber: 2\ntitle: More\nstages: [2, 3]\nsummary: What follows.\n',
        'modules/02-more/third/skill.yaml': other('third', '3'),
      }),
    );
    expect([...(curriculum?.skills.keys() ?? [])]).toEqual(['early', 'adding', 'late', 'third']);
    expect(curriculum?.modules[1]).toMatchObject({
      stage: 2,
      stages: [2, 3],
      summary: 'What follows.',
      skills: ['third'],
    });
  });
});

describe('hashes', () => {
  test('the same files give the same hash, in whatever order they come', () => {
    const tree = [...tinyTree()];
    const one = assembleCurriculum(new Map(tree)).curriculum?.hash;
    const two = assembleCurriculum(new Map(tree.toReversed())).curriculum?.hash;
    expect(one).toBe(two);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
  });

  test('any change of any file changes the curriculum’s hash', () => {
    const before = tinyCurriculum().hash;
    for (const path of tinyTree().keys()) {
      const changed = new Map(tinyTree()).set(path, `${tinyTree().get(path)}\n# remark\n`);
      expect(assembleCurriculum(changed).curriculum?.hash).not.toBe(before);
    }
  });

  test('a family’s hash follows its own file alone', () => {
    const before = tinyCurriculum();
    const after = tinyCurriculum({ [at('items/two-numbers.yaml')]: `${SUM_FAMILY}# remark\n` });
    const hash = (curriculum: typeof before, id: string): string | undefined => {
      const family = curriculum.families.get(id);
      return family && familyHash(family);
    };
    expect(hash(after, 'two-numbers')).not.toBe(hash(before, 'two-numbers'));
    expect(hash(after, 'which-sum')).toBe(hash(before, 'which-sum'));
  });
});

describe('what is wrong is reported with file and line, all of it at once, and never thrown', () => {
  test('broken YAML', () => {
    const [finding] = findingsWith({
      [at('items/two-numbers.yaml')]: 'id: two-numbers\nkind: [numeric\ntitle: x\n',
    });
    expect(finding).toMatchObject({ severity: 'error', rule: 'yaml', file: at('items/two-numbers.yaml') });
    expect(finding?.line).toBeGreaterThan(1);
  });

  test('YAML aliases, which can blow a file up', () => {
    const [finding] = findingsWith({
      'resources.yaml': '- &a { title: A, url: "https://a.b", type: docs }\n- *a\n',
    });
    expect(finding?.message).toMatch(/aliases/);
  });

  test('a missing field, a wrong type and an unknown field, each on its line', () => {
    const text = SUM_FAMILY.replace('level: 2', 'level: 5')
      .replace('title: Two numbers\n', '')
      .replace('hints:', 'colour: red\nhints:');
    const findings = findingsWith({ [at('items/two-numbers.yaml')]: text });
    const lineOf = (part: string): number => text.split('\n').findIndex((line) => line.startsWith(part)) + 1;
    expect(findings.map(({ line, message }) => [line, message])).toEqual([
      [1, 'title is missing'],
      [lineOf('level'), 'level must be 1, 2 or 3'],
      [lineOf('colour'), 'colour is not a field of this file; see docs/authoring.md for its fields'],
    ]);
  });

  test('a text cut at a comma says so', () => {
    const text = CHOICE_FAMILY.replace('text: thirty-two', 'text: 1,000 things');
    const [finding] = findingsWith({ [at('items/which-sum.yaml')]: text });
    expect(finding?.message).toMatch(
      /variants\[0\]\.options\[1\] is cut at a comma before “000 things”; put texts with commas/,
    );
    expect(finding?.line).toBe(text.split('\n').findIndex((line) => line.includes('1,000 things')) + 1);
  });

  test.each([
    [
      'two correct options',
      CHOICE_FAMILY.replace('text: fifty-two,', 'text: fifty-two, correct: true,'),
      /exactly one option must be correct/,
    ],
    [
      'two variants only',
      CHOICE_FAMILY.slice(0, CHOICE_FAMILY.indexOf('  - id: c')),
      /at least three variants/,
    ],
    ['two variants of one id', CHOICE_FAMILY.replace('- id: b', '- id: a'), /same id/],
    [
      'one hint',
      CHOICE_FAMILY.replace('hints: [Look at the last digits., Add the carry.]', 'hints: [One.]'),
      /two or three/,
    ],
    ['an unknown kind', CHOICE_FAMILY.replace('kind: choice', 'kind: essay'), /kind must be one of/],
    [
      'no variants',
      CHOICE_FAMILY.slice(0, CHOICE_FAMILY.indexOf('variants:')),
      /neither parameters nor variants/,
    ],
    ['a list', '- a\n', /must be a mapping/],
    ['nothing', '', /must be a mapping/],
    ['a boolean as text', CHOICE_FAMILY.replace('text: forty-two', 'text: true'), /put it in quotes/],
  ])('%s', (_, text, message) => {
    const findings = findingsWith({ [at('items/which-sum.yaml')]: text });
    expect(findings.map((finding) => finding.message).join('\n')).toMatch(message);
    expect(findings.every((finding) => finding.line !== null)).toBe(true);
  });

  test.each([
    ['parameters and variants', `${SUM_FAMILY}variants: []\n`, /both parameters and variants/],
    [
      'choices and a range',
      SUM_FAMILY.replace('min: 11, max: 59, step: 1', 'min: 1, max: 2, choices: [1, 2]'),
      /either choices, or min and max/,
    ],
    ['an empty range', SUM_FAMILY.replace('min: 11, max: 59', 'min: 59, max: 11'), /min must be below max/],
    [
      'a tolerance without unit',
      SUM_FAMILY.replace('tolerance: 0', 'tolerance: narrow'),
      /a share such as 2%/,
    ],
    ['a name with a dash', SUM_FAMILY.replace('  a: {', '  a-b: {'), /must be a letter followed/],
    [
      'parameters for an order',
      SUM_FAMILY.replace('kind: numeric', 'kind: order'),
      /order families have authored variants/,
    ],
  ])('%s', (_, text, message) => {
    const findings = findingsWith({ [at('items/two-numbers.yaml')]: text });
    expect(findings.map((finding) => finding.message).join('\n')).toMatch(message);
  });

  test('ids that differ from folder or file', () => {
    const findings = findingsWith({
      [at('skill.yaml')]: skillYaml({ id: 'other' }),
      [at('items/two-numbers.yaml')]: SUM_FAMILY.replace('id: two-numbers', 'id: three-numbers'),
      'modules/01-basics/module.yaml': 'id: basics\nnumber: 2\ntitle: Basics\nstages: [1]\n',
    });
    expect(findings.filter((finding) => finding.rule === 'ids')).toHaveLength(3);
  });

  test('ids taken twice', () => {
    const findings = findingsWith({
      'modules/01-basics/twice/skill.yaml': skillYaml({ id: 'twice', order: '2', status: 'planned' }),
      'modules/01-basics/twice/items/two-numbers.yaml': SUM_FAMILY,
    });
    expect(findings).toMatchObject([{ rule: 'ids', file: 'modules/01-basics/twice/items/two-numbers.yaml' }]);
    expect(findings[0]?.message).toContain(at('items/two-numbers.yaml'));
  });

  test('a written skill’s misconception without its correction', () => {
    const findings = findingsWith({
      [at('skill.yaml')]: skillYaml({ misconceptions: '\n  - { id: forgets-carry, belief: B }' }),
    });
    expect(findings[0]?.message).toMatch(/misconceptions\[0\]\.correction is missing/);
  });

  test('folders without their file, and files that belong nowhere', () => {
    const findings = findingsWith({
      'modules/03-none/some/skill.yaml': skillYaml({ id: 'some' }),
      'modules/01-basics/empty/lesson.md': 'x',
      [at('items/notes.txt')]: 'x',
    });
    expect(findings.map((finding) => finding.file).toSorted()).toEqual([
      'modules/01-basics/adding/items/notes.txt',
      'modules/01-basics/empty/skill.yaml',
      'modules/03-none/module.yaml',
    ]);
  });

  test('requirements that go round in a circle; the rest still loads', () => {
    const { curriculum, findings } = assembleCurriculum(
      tinyTree({
        [at('skill.yaml')]: skillYaml({ requires: '[other]' }),
        'modules/01-basics/other/skill.yaml': skillYaml({
          id: 'other',
          status: 'planned',
          buildsOn: '[third]',
        }),
        'modules/01-basics/third/skill.yaml': skillYaml({
          id: 'third',
          status: 'planned',
          requires: '[adding]',
        }),
      }),
    );
    expect(findings).toMatchObject([{ rule: 'acyclic' }]);
    expect(findings[0]?.message).toMatch(
      /adding → other → third → adding|third → adding → other → third|other → third → adding → other/,
    );
    expect(curriculum?.graph.order).toHaveLength(3);
  });

  test('a requirement that is no skill', () => {
    const findings = findingsWith({ [at('skill.yaml')]: skillYaml({ requires: '[nothing]' }) });
    expect(findings).toMatchObject([
      { rule: 'references', message: expect.stringContaining('needs nothing') as string },
    ]);
  });

  test('a family that is wrong does not take its skill along', () => {
    const { curriculum } = assembleCurriculum(tinyTree({ [at('items/which-sum.yaml')]: 'id: which-sum\n' }));
    expect(curriculum?.skills.get('adding')?.families).toEqual(['two-numbers']);
  });
});

test('a folder that does not exist gives no curriculum and says what is expected', async () => {
  const { curriculum, findings } = await loadCurriculum(`${FOLDER}/none`);
  expect(curriculum).toBeNull();
  expect(findings[0]?.message).toMatch(/module\.yaml is expected/);
});

test('the content that ships loads, with every skill in its graph', async () => {
  const { curriculum } = await loadCurriculum(fileURLToPath(new URL('../../../../content', import.meta.url)));
  expect(curriculum?.skills.size).toBeGreaterThan(100);
  expect(curriculum?.graph.order).toHaveLength(curriculum?.skills.size ?? 0);
});
