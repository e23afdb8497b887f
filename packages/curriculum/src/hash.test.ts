import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashFiles, sha256 } from './hash.ts';

test('the hash is SHA-256, as published for the text abc', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('files hash the same in any order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.string(), fc.string()), { selector: ([path]) => path }),
      (files) => {
        expect(hashFiles(files)).toBe(hashFiles(files.toReversed()));
      },
    ),
  );
});

test('moving text from one file to the next, or into a name, is a change', () => {
  const base = hashFiles([
    ['a', 'xy'],
    ['b', 'z'],
  ]);
  expect(
    hashFiles([
      ['a', 'x'],
      ['b', 'yz'],
    ]),
  ).not.toBe(base);
  expect(hashFiles([['a', 'xyb\n1\nz']])).not.toBe(base);
  expect(
    hashFiles([
      ['a', 'xy'],
      ['c', 'z'],
    ]),
  ).not.toBe(base);
  expect(hashFiles([])).not.toBe(base);
});
