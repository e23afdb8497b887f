import { describe, expect, test } from 'vitest';
import { ExpressionError } from '../expression/expression-error.ts';
import { compileTemplate, hasPlaces } from './template.ts';

const scope = {
  numbers: { N: 1024, share: 0.125, big: 3.5e20 },
  words: { answer: '16 GiB', value: '8 GiB' },
};
const fill = (text: string): string => compileTemplate(text).fill(scope);

describe('places', () => {
  test.each([
    ['no places', 'no places'],
    ['{{ N }} tokens', '1,024 tokens'],
    ['{{N}}', '1,024'],
    ['{{ N * 2 }}', '2,048'],
    ['{{ N | raw }}', '1024'],
    ['{{ share | 1 }}', '0.1'],
    ['{{ share | 2 }}', '0.13'],
    ['{{ share * 100 | 1 }}%', '12.5%'],
    ['{{ 1 / 3 }}', '0.3333'],
    ['{{ 1 / 3 | raw }}', '0.333333333333333'],
    ['{{ big }}', '3.5 × 10²⁰'],
    ['{{ answer }} of {{ N }}', '16 GiB of 1,024'],
    ['{{ value }}', '8 GiB'],
    ['{ N } and }} stay', '{ N } and }} stay'],
    ['{{ N > 1000 ? 1 : 2 }}', '1'],
  ])('%s', (text, filled) => {
    expect(fill(text)).toBe(filled);
  });

  test('inside a formula numbers are written in TeX', () => {
    expect(fill('$$x = {{ N }}$$ and {{ N }}')).toBe('$$x = 1{,}024$$ and 1,024');
    expect(fill('$$\\frac{{{ N }}}{2}$$')).toBe('$$\\frac{1{,}024}{2}$$');
    expect(fill('$${{ big }}$$')).toBe('$$3.5 \\times 10^{20}$$');
  });

  test('a template names what it needs, but not the words', () => {
    expect(compileTemplate('{{ N * b }} {{ answer }}').names).toEqual(['N', 'b']);
  });

  test('text without places is recognised', () => {
    expect(hasPlaces('plain')).toBe(false);
    expect(hasPlaces('{{ x }}')).toBe(true);
  });
});

describe('places that cannot be filled', () => {
  test.each([
    ['{{ }}', /empty place/],
    ['{{ N', /without closing/],
    ['{{ N | upper }}', /use \| raw/],
    ['{{ N | 12 }}', /use \| raw/],
    ['{{ "x" }}', /does not have/],
    ['{{ constructor }}', /uses constructor/],
    ['{{ missing }}', /uses missing/],
  ])('%s', (text, problem) => {
    expect(() => fill(text)).toThrow(ExpressionError);
    expect(() => fill(text)).toThrow(problem);
  });

  test('the words stand for themselves only: answer is no number', () => {
    expect(() => fill('{{ answer * 2 }}')).toThrow(ExpressionError);
    expect(() => compileTemplate('{{ answer }}').fill({ numbers: {}, words: {} })).toThrow(ExpressionError);
  });
});
