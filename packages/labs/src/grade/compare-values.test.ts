import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeValue, Opaque, Tuple } from '../contract/value.ts';
import { findDifference } from './compare-values.ts';

const strict = { tol: 0, tuples: true };

function equal(expected: unknown, actual: unknown, how = strict): boolean {
  return findDifference(expected, actual, how) === null;
}

describe('two values are equal', () => {
  it.each([
    ['numbers', 3, 3],
    ['a whole float and an integer', 1, 1.0],
    ['nothing a number', Number.NaN, Number.NaN],
    ['an integer and the same as a large one', 5, 5n],
    ['large integers', 2n ** 80n, 2n ** 80n],
    ['texts', 'Zürich', 'Zürich'],
    ['nothing', null, null],
    ['lists', [1, [2, 'a']], [1, [2, 'a']]],
    ['empty lists', [], []],
    ['tuples', Tuple.holding([1, 2]), Tuple.holding([1, 2])],
    ['objects in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['sets in another order', new Set([1, 'a', 2]), new Set(['a', 2, 1])],
    ['sets of tuples', new Set([Tuple.holding([1, 2])]), new Set([Tuple.holding([1, 2])])],
    [
      'maps in another order',
      new Map([
        [1, 'a'],
        [2, 'b'],
      ]),
      new Map([
        [2, 'b'],
        [1, 'a'],
      ]),
    ],
    ['bytes', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  ])('as %s', (_, expected, actual) => {
    expect(equal(expected, actual)).toBe(true);
  });

  it('whatever JSON they are made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(equal(decodeValue(json), decodeValue(JSON.parse(JSON.stringify(json))))).toBe(true);
      }),
    );
  });
});

describe('two values differ', () => {
  it.each([
    ['by a little', 0.3, 0.1 + 0.2],
    ['a number and its text', 1, '1'],
    ['a boolean and a number', true, 1],
    ['a number and a boolean', 0, false],
    ['nothing and zero', null, 0],
    ['nothing a number and a number', Number.NaN, 0],
    ['a number and nothing a number', 0, Number.NaN],
    ['infinities', Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ['an integer beyond what a float holds', 2n ** 53n + 1n, Number(2n ** 53n)],
    ['lists of another length', [1, 2], [1]],
    ['lists that go on', [1], [1, 2]],
    ['a list and a tuple', [1, 2], Tuple.holding([1, 2])],
    ['a tuple and a list', Tuple.holding([1, 2]), [1, 2]],
    ['a list and an object', [], {}],
    ['an object and a list', {}, []],
    ['an object and a map', { a: 1 }, new Map([['a', 1]])],
    ['a set and a list', new Set([1]), [1]],
    ['sets with another member', new Set([1, 2]), new Set([1, 3])],
    ['maps with another value', new Map([[1, 2]]), new Map([[1, 3]])],
    ['bytes', new Uint8Array([1]), new Uint8Array([2])],
    ['bytes and numbers', new Uint8Array([1]), [1]],
    ['an object with a field more', { a: 1 }, { a: 1, b: 2 }],
    ['an object with a field less', { a: 1, b: 2 }, { a: 1 }],
    ['an object whose field is inherited', { toString: 1 }, {}],
    ['anything and what cannot cross', {}, new Opaque('Any')],
    ['what cannot cross and itself', new Opaque('Any'), new Opaque('Any')],
  ])('as %s', (_, expected, actual) => {
    expect(equal(expected, actual)).toBe(false);
  });

  it('in number of equal members of a set', () => {
    const pair = (): Tuple => Tuple.holding([1]);
    expect(equal(new Set([pair(), Tuple.holding([2])]), new Set([pair(), pair()]))).toBe(false);
  });

  it('where both are the same by name only', () => {
    expect(equal({ passed: true }, Object.create({ passed: true }))).toBe(false);
  });
});

describe('a tolerance', () => {
  const within = { tol: 0.01, tuples: true };

  it('holds for each number, absolutely', () => {
    expect(equal(1000, 1000.009, within)).toBe(true);
    expect(equal(1000, 1000.02, within)).toBe(false);
    expect(equal({ a: [1, 2] }, { a: [1.005, 1.995] }, within)).toBe(true);
    expect(equal({ a: [1, 2] }, { a: [1.005, 1.9] }, within)).toBe(false);
  });

  it('holds inside sets and maps', () => {
    expect(equal(new Set([1, 2]), new Set([2.001, 1.001]), within)).toBe(true);
    expect(equal(new Map([['a', 1]]), new Map([['a', 1.001]]), within)).toBe(true);
  });

  it('makes nothing else equal', () => {
    expect(equal('1', '1.001', within)).toBe(false);
    expect(equal(true, 1, within)).toBe(false);
    expect(equal(1, Number.NaN, within)).toBe(false);
    expect(equal(1e308, Number.POSITIVE_INFINITY, within)).toBe(false);
  });

  it('holds for large integers', () => {
    expect(equal(10n ** 20n, 10n ** 20n + 1n, { tol: 0.5, tuples: true })).toBe(true);
    expect(equal(10n ** 20n, 10n ** 20n + 1n)).toBe(false);
  });
});

describe('a language without tuples', () => {
  it('may answer with a list where a tuple is expected, and the other way round', () => {
    const how = { tol: 0, tuples: false };
    expect(equal(Tuple.holding([1, [2]]), [1, [2]], how)).toBe(true);
    expect(equal([1], Tuple.holding([1]), how)).toBe(true);
    expect(equal(new Set([Tuple.holding([1])]), new Set([[1]]), how)).toBe(true);
  });
});

describe('a difference', () => {
  it('says where it is', () => {
    const found = findDifference({ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, strict);
    expect(found).toMatchObject({ path: '.a[0].b', expected: 1, actual: 2 });
  });

  it.each([
    [[1, 2, 3], [1, 2], '2 items instead of 3'],
    [{ a: 1 }, {}, 'has no a'],
    [{}, { a: 1 }, 'has a, which is not asked for'],
  ])('says what is wrong as a whole: %j and %j', (expected, actual, note) => {
    expect(findDifference(expected, actual, strict)).toMatchObject({ note });
  });

  it('is the first one in order', () => {
    expect(findDifference([1, 2, 3], [1, 9, 9], strict)?.path).toBe('[1]');
  });
});
