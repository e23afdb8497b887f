import { describe, expect, test } from 'vitest';
import { CHOICE_FAMILY, familyOf, SUM_FAMILY } from '../testing/tiny-curriculum.ts';
import { listFormulas, listHints, listMisconceptions, listTexts } from './family-texts.ts';

const sums = familyOf(SUM_FAMILY);
const choices = familyOf(CHOICE_FAMILY);

describe('texts a learner may read', () => {
  test('are all found, with the path to each', () => {
    const paths = listTexts(sums).map(({ path }) => path.join('.'));
    expect(paths).toEqual(
      expect.arrayContaining([
        'title',
        'prompt',
        'hints.0',
        'hints.1',
        'solution',
        'wrong.0.headline',
        'wrong.0.feedback',
      ]),
    );
    expect(paths).toHaveLength(7);
  });

  test('of a choice are prompts, options and their feedback', () => {
    const texts = listTexts(choices).map(({ text }) => text);
    expect(texts).toContain('What is 18 plus 35?');
    expect(texts).toContain('sixty-six');
    expect(texts.filter((text) => text === 'The carry is missing.')).toHaveLength(3);
    expect(texts).not.toContain('forgets-carry');
    expect(texts).not.toContain('choice');
  });

  test('hints are told from the rest', () => {
    expect(listHints(choices).map(({ text }) => text)).toEqual([
      'Look at the last digits.',
      'Add the carry.',
    ]);
  });
});

test('misconceptions are found wherever a distractor names one', () => {
  expect(listMisconceptions(choices).map(({ path, id }) => `${path.join('.')} ${id}`)).toEqual([
    'variants.0.options.1.misconception forgets-carry',
    'variants.1.options.1.misconception forgets-carry',
    'variants.2.options.1.misconception forgets-carry',
  ]);
  expect(listMisconceptions(sums)).toEqual([{ path: ['wrong', 0, 'misconception'], id: 'forgets-carry' }]);
});

test('formulas come with the names known where they stand', () => {
  expect(listFormulas(choices)).toEqual([]);
  expect(listFormulas(sums).map(({ path, known }) => [path.join('.'), known])).toEqual([
    ['derived.total', ['a', 'b']],
    ['constraints.0', ['a', 'b', 'total']],
    ['answer.formula', ['a', 'b', 'total']],
    ['wrong.0.formula', ['a', 'b', 'total']],
  ]);
});
