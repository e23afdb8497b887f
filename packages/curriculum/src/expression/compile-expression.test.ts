import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileExpression, evaluateExpression } from './compile-expression.ts';
import { ExpressionError } from './expression-error.ts';

/** What a hostile formula might be made of. */
const PIECES =
  `a|b|i|1|2.5|1e308|+|-|*|/|^|%|(|)|,|<|==|?|:| and | or |sum(i,1,9,|prod(i,1,9,|comb(|erlangC(|factorial(|pick(|constructor|.|[|]|{|}|"|=|!`.split(
    '|',
  );

const SCOPE = { a: 2, b: 3.5, n: 10, zero: 0 };

describe('what the language has', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2^10', 1024],
    ['2^3^2', 512],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['7 % 3', 1],
    ['-7 % 3', 2],
    ['1e9 / 4', 2.5e8],
    ['.5 + 1.', 1.5],
    ['a * b', 7],
    ['+a', 2],
    ['pi', Math.PI],
    ['e', Math.E],
    ['a == 2 ? 10 : 20', 10],
    ['a > 2 ? 10 : a < 2 ? 20 : 30', 30],
    ['a < b', 1],
    ['a >= b', 0],
    ['1 < a < 3', 1],
    ['1 < a < 2', 0],
    ['a != 2', 0],
    ['a == 2 and b == 3.5', 1],
    ['a == 1 or b == 1', 0],
    ['not (a == 1)', 1],
    ['0.1 + 0.2 == 0.3', 1],
    ['0.1 + 0.2 <= 0.3', 1],
    ['0.1 + 0.2 > 0.3', 0],
  ])('%s is %d', (source, value) => {
    expect(evaluateExpression(source, SCOPE)).toBeCloseTo(value, 12);
  });

  test('and and or stop early, so a guard protects what follows', () => {
    expect(evaluateExpression('zero > 0 and 1 / zero > 2', SCOPE)).toBe(0);
    expect(evaluateExpression('zero == 0 or 1 / zero > 2', SCOPE)).toBe(1);
    expect(evaluateExpression('zero == 0 ? 1 : 1 / zero', SCOPE)).toBe(1);
  });

  test('a formula folded over lines is one formula', () => {
    expect(evaluateExpression('a +\n  b', SCOPE)).toBe(5.5);
  });

  test('a formula names what it needs, without constants and bound names', () => {
    expect(compileExpression('sum(i, 1, n, i * a) + pi').names.toSorted()).toEqual(['a', 'n']);
  });

  test('a compiled formula is evaluated again with other values', () => {
    const area = compileExpression('a * b');
    expect(area.evaluate({ a: 2, b: 3 })).toBe(6);
    expect(area.evaluate({ a: 4, b: 5 })).toBe(20);
  });
});

describe('sums and products', () => {
  test.each([
    ['sum(i, 1, 10, i)', 55],
    ['sum(i, 1, 3, i^2)', 14],
    ['sum(i, 5, 4, i)', 0],
    ['prod(i, 1, 5, i)', 120],
    ['prod(i, 3, 2, i)', 1],
    ['sum(i, 1, 3, sum(j, 1, i, j))', 10],
    ['sum(i, 1, 2, sum(i, 1, 2, i))', 6],
    ['sum(k, 0, n, comb(n, k))', 1024],
    ['sum(a, 1, 3, a) + a', 8],
    ['sum(i, 1, 100000, 1)', 100000],
  ])('%s is %d', (source, value) => {
    expect(evaluateExpression(source, SCOPE)).toBe(value);
  });

  test.each([
    ['sum(i, 1, 100001, 1)', /more than 100000 terms/],
    ['sum(i, 1, 1e300, 1)', /more than 100000 terms/],
    ['sum(i, 1, 1e4, sum(j, 1, 1e4, 1))', /more than 1000000 steps/],
    ['sum(i, 0.5, 2, 1)', /no whole numbers/],
    ['sum(i, 1, 2)', /is written sum/],
    ['sum(1, 1, 2, 3)', /is written sum/],
    ['prod(i, 1, 400, i)', /infinite/],
    ['sum(pi, 1, 2, pi)', /a constant/],
    ['sum(i, 1, 2, i) + i', /uses i/],
  ])('%s is refused', (source, problem) => {
    expect(() => evaluateExpression(source, SCOPE)).toThrow(problem);
  });
});

describe('what has no value says so', () => {
  test.each([
    ['1 / 0', /infinite/],
    ['1 / (1 / zero)', /infinite/],
    ['zero / zero', /not a number/],
    ['sqrt(-1)', /not a number/],
    ['log(0)', /infinite/],
    ['10^400', /infinite/],
    ['9^9^9^9', /infinite/],
    ['1e400', /no finite number/],
    ['c + 1', /uses c, which is neither a parameter nor derived above/],
  ])('%s', (source, problem) => {
    expect(() => evaluateExpression(source, SCOPE)).toThrow(ExpressionError);
    expect(() => evaluateExpression(source, SCOPE)).toThrow(problem);
  });

  test('a value in the scope that is not finite is refused', () => {
    expect(() => evaluateExpression('a', { a: Number.NaN })).toThrow(ExpressionError);
    expect(() => evaluateExpression('a', { a: Infinity })).toThrow(ExpressionError);
  });
});

describe('what the language does not have', () => {
  const hostile = [
    '"text"',
    "'text'",
    '`text`',
    'a.b',
    'a.constructor',
    'a["constructor"]',
    'constructor',
    'constructor.constructor("return process")()',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'a.__proto__.polluted = 1',
    'import({a: 1})',
    'import("fs")',
    'createUnit("x")',
    'evaluate("1+1")',
    'parse("1")',
    'simplify("x")',
    'derivative("x^2", "x")',
    'compile("1")',
    'parser()',
    'chain(1)',
    'config({})',
    'typed("f", {})',
    'help(sin)',
    'random()',
    'range(1, 10)',
    'map([1], f)',
    'cross([1], [2])',
    'bignumber(1)',
    'f(x) = x',
    'x = 1',
    'a = 2; a',
    'a; b',
    'a # comment',
    '[1, 2]',
    '[1, 2][1]',
    '{a: 1}',
    '{a: 1}.a',
    '1:10',
    'a[1]',
    'a[1:2]',
    '10 cm',
    '10 cm to inch',
    '2 a',
    '2(3)',
    '(2)(3)',
    'a b',
    '5!',
    "a'",
    'a .* b',
    'a | b',
    'a & b',
    'a xor b',
    '~a',
    'a << 2',
    'a ?? b',
    'a?.b',
    'true',
    'null',
    'undefined',
    'NaN',
    'Infinity',
    'i',
    'end',
    'sin',
    'sin()',
    'sin(1, 2)',
    'mod(1)',
    'pick(3, 1, 2)',
    'factorial(-1)',
    'factorial(171)',
    'comb(1.5, 1)',
    'a ==',
    '(',
    ')',
    '',
    '()',
    '\\',
    '\u0000',
    '💥',
    'sum(i, 1, 10, this)',
    'process.exit(1)',
  ];

  test.each(hostile)('%s is refused', (source) => {
    expect(() => evaluateExpression(source, SCOPE)).toThrow(ExpressionError);
  });

  test('names of object properties are not found in a scope', () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      expect(() => evaluateExpression(name, {})).toThrow(ExpressionError);
    }
  });

  test('deep nesting and endless chains end in a refusal, not in a crash', () => {
    const deep = 20_000;
    for (const source of [
      '('.repeat(deep) + '1' + ')'.repeat(deep),
      '('.repeat(100) + '1' + ')'.repeat(100),
      '-'.repeat(900) + '1',
      'not '.repeat(240) + '1',
      '2^'.repeat(400) + '2',
      '1?'.repeat(300) + '1',
      `${'abs('.repeat(60)}1${')'.repeat(60)}`,
      Array.from({ length: 450 }, () => '1').join('+'),
      '1+'.repeat(100_000) + '1',
    ]) {
      expect(() => evaluateExpression(source, {})).toThrow(ExpressionError);
    }
  });

  test('whatever is typed, it ends quickly in a finite number or an ExpressionError', () => {
    const piece = fc.constantFrom(...PIECES);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        try {
          return Number.isFinite(evaluateExpression(pieces.join(''), SCOPE));
        } catch (error) {
          return error instanceof ExpressionError;
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('any text at all is either read or refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: 'binary' }), (text) => {
        try {
          return Number.isFinite(evaluateExpression(text, SCOPE));
        } catch (error) {
          return error instanceof ExpressionError;
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('nothing evaluated leaves a trace on objects', () => {
    for (const source of hostile) {
      try {
        evaluateExpression(source, {});
      } catch {
        // Refused, as the tests above say.
      }
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
