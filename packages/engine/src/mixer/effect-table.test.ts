import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { EffectTable } from './effect-table.ts';

describe('a table of effects', () => {
  test('gives what a map gives, and 0 for what it does not hold', () => {
    const key = fc.oneof(fc.nat({ max: 40 }), fc.nat(), fc.maxSafeNat());
    const value = fc.float({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 300 }), fc.array(key), (entries, asked) => {
        const map = new Map(entries);
        const table = new EffectTable(map);
        for (const one of [...map.keys(), ...asked]) expect(table.get(one)).toBe(map.get(one) ?? 0);
        expect(table.get(-1)).toBe(0);
      }),
    );
  });

  test('can be empty', () => {
    expect(new EffectTable([]).get(7)).toBe(0);
  });
});
