import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeValue, encodeValue, MAX_DEPTH, Opaque, Ref, Tuple } from './value.ts';

describe('a value that crosses', () => {
  it.each([
    ['nan', { $: 'nan' }, Number.NaN],
    ['infinity', { $: 'inf' }, Number.POSITIVE_INFINITY],
    ['minus infinity', { $: '-inf' }, Number.NEGATIVE_INFINITY],
    ['a large integer', { $: 'int', value: '123456789012345678901' }, 123456789012345678901n],
    ['a negative large integer', { $: 'int', value: '-9007199254740993' }, -9007199254740993n],
    ['bytes', { $: 'bytes', base64: 'AP8H' }, new Uint8Array([0, 255, 7])],
    ['a set', { $: 'set', items: [1, 'a'] }, new Set([1, 'a'])],
    ['a map', { $: 'map', entries: [[1, 'a']] }, new Map([[1, 'a']])],
    ['a reference', { $: 'ref', name: 'depot' }, new Ref('depot')],
  ])('is read and written back: %s', (_, json, value) => {
    expect(decodeValue(json)).toEqual(value);
    expect(encodeValue(value)).toEqual(json);
  });

  it('keeps a tuple apart from a list, and lets checks use it as one', () => {
    const tuple = decodeValue({ $: 'tuple', items: [1, [2]] });
    expect(tuple).toBeInstanceOf(Tuple);
    expect([...(tuple as Tuple)]).toEqual([1, [2]]);
    expect((tuple as Tuple).map((item) => item)).not.toBeInstanceOf(Tuple);
    expect(encodeValue(tuple)).toEqual({ $: 'tuple', items: [1, [2]] });
  });

  it('nests: tags within lists within objects', () => {
    const json = { at: [{ $: 'nan' }, { $: 'set', items: [{ $: 'tuple', items: [1] }] }] };
    const value = decodeValue(json) as { at: [number, Set<Tuple>] };
    expect(value.at[0]).toBeNaN();
    expect([...value.at[1]][0]).toEqual(Tuple.holding([1]));
    expect(encodeValue(value)).toEqual(json);
  });

  it('is unchanged where JSON says it all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        // `$` is how a tag begins: an object with that key says more than JSON does.
        fc.pre(!JSON.stringify(json).includes('"$":'));
        // Negative zero is written as 0, as JSON does.
        const plain = JSON.parse(JSON.stringify(json)) as unknown;
        expect(encodeValue(decodeValue(plain))).toEqual(plain);
      }),
    );
  });

  it('survives any byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(bytes))))).toEqual(bytes);
      }),
    );
  });

  it('keeps a key called __proto__ as data', () => {
    const value = decodeValue(JSON.parse('{"__proto__": {"passed": true}, "a": 1}')) as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect((value as { passed?: boolean }).passed).toBeUndefined();
    expect(JSON.stringify(encodeValue(value))).toBe('{"__proto__":{"passed":true},"a":1}');
  });

  it('leaves out fields that are undefined, and writes undefined itself as null', () => {
    expect(encodeValue({ a: undefined, b: 1 })).toEqual({ b: 1 });
    expect(encodeValue([undefined])).toEqual([null]);
  });

  it('takes tags that authors wrote by hand as they are', () => {
    expect(encodeValue([{ $: 'nan' }])).toEqual([{ $: 'nan' }]);
    expect(encodeValue({ $: 'float', value: 1 })).toEqual({ $: 'float', value: 1 });
  });
});

describe('what a sandbox may send instead', () => {
  it('becomes opaque where its tag is unknown', () => {
    expect(decodeValue({ $: 'object', type: 'generator' })).toEqual(new Opaque('generator'));
    expect(decodeValue({ $: 'wish' })).toEqual(new Opaque('wish'));
  });

  it('becomes opaque beyond the depth that any lab needs', () => {
    let deep: unknown = 1;
    for (let at = 0; at < MAX_DEPTH + 5; at++) deep = [deep];
    expect(JSON.stringify(decodeValue(deep))).toContain('too deep');
  });

  it.each([{ $: 'int', value: '1e9' }, { $: 'int', value: `1${'0'.repeat(6000)}` }, { $: 'int' }])(
    'is no integer: %j',
    (json) => {
      expect(decodeValue(json)).toBeInstanceOf(Opaque);
    },
  );

  it('loses parts that are malformed rather than breaking the grader', () => {
    expect(decodeValue({ $: 'bytes', base64: '!!!' })).toEqual(new Uint8Array());
    expect(decodeValue({ $: 'tuple', items: 7 })).toEqual(Tuple.holding([]));
    expect(decodeValue({ $: 'map', entries: [[1], 2, [3, 4]] })).toEqual(new Map([[3, 4]]));
  });

  it('is a plain object where the tag is no text', () => {
    expect(decodeValue({ $: 5 })).toEqual({ $: 5 });
  });
});
