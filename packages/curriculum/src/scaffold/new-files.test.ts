import { describe, expect, test } from 'vitest';
import { assembleCurriculum } from '../load/load-curriculum.ts';
import { lintCurriculum } from '../lint/lint-curriculum.ts';
import { tinyCurriculum, tinyTree } from '../testing/tiny-curriculum.ts';
import { verifyCurriculum } from '../verify/verify-curriculum.ts';
import { ITEM_KINDS, newItem, newSkill } from './new-files.ts';
import type { NewFile, Scaffold } from './new-files.ts';

const curriculum = tinyCurriculum();

function filesOf(scaffold: Scaffold): NewFile[] {
  if (scaffold.outcome !== 'files') throw new Error(scaffold.problem);
  return scaffold.files;
}

function problemOf(scaffold: Scaffold): string {
  return scaffold.outcome === 'refused' ? scaffold.problem : '';
}

test('a new skill loads, and planned as it is has nothing to complain about but that it is short', () => {
  const files = filesOf(newSkill(curriculum, 'basics', 'moving-data'));
  expect(files.map((file) => file.path)).toEqual([
    'modules/01-basics/moving-data/skill.yaml',
    'modules/01-basics/moving-data/lesson.md',
    'modules/01-basics/moving-data/cards.yaml',
  ]);
  const result = assembleCurriculum(
    tinyTree(Object.fromEntries(files.map(({ path, text }) => [path, text]))),
  );
  expect(result.findings).toEqual([]);
  expect(result.curriculum?.skills.get('moving-data')).toMatchObject({
    title: 'Moving data',
    status: 'planned',
  });
  expect(result.curriculum && lintCurriculum(result.curriculum, { skill: 'moving-data' })).toEqual([]);
});

describe.each(ITEM_KINDS)('a new %s item', (kind) => {
  const files = filesOf(newItem(curriculum, 'adding', kind, 'brand-new'));
  const result = assembleCurriculum(
    tinyTree(Object.fromEntries(files.map(({ path, text }) => [path, text]))),
  );

  test('loads as what it is', () => {
    expect(files.map((file) => file.path)).toEqual(['modules/01-basics/adding/items/brand-new.yaml']);
    expect(result.findings).toEqual([]);
    expect(result.curriculum?.families.get('brand-new')).toMatchObject({ kind, skill: 'adding' });
  });

  test('verifies and breaks no rule: it is an example to follow', () => {
    if (!result.curriculum) throw new Error('no curriculum');
    expect(verifyCurriculum(result.curriculum)).toEqual([]);
    const own = lintCurriculum(result.curriculum).filter((finding) =>
      finding.file.endsWith('brand-new.yaml'),
    );
    expect(own).toEqual([]);
  });
});

describe('what cannot be made is refused with the reason', () => {
  test.each([
    [newSkill(curriculum, 'nowhere', 'x'), /no module nowhere; there are basics/],
    [newSkill(curriculum, 'basics', 'Not An Id'), /is no id/],
    [newSkill(curriculum, 'basics', '../evil'), /is no id/],
    [newSkill(curriculum, 'basics', 'adding'), /is taken/],
    [newSkill(curriculum, 'basics', 'two-numbers'), /is taken/],
    [newItem(curriculum, 'nothing', 'choice', 'x'), /no skill nothing/],
    [newItem(curriculum, 'adding', 'essay', 'x'), /no kind essay; there are choice/],
    [newItem(curriculum, 'adding', 'choice', 'which-sum'), /is taken/],
    [newItem(curriculum, 'adding', 'choice', 'a/b'), /is no id/],
  ])('%j', (scaffold, problem) => {
    expect(problemOf(scaffold)).toMatch(problem);
  });
});
