import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import loaded from '@jitl/quickjs-ng-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, type QuickJSSyncVariant } from 'quickjs-emscripten-core';
import { describe, expect, it } from 'vitest';
import { Machine } from './machine.ts';

const harness = readFileSync(join(import.meta.dirname, '../../../harness/harness.js'), 'utf8');

async function open(source: string | Record<string, string>) {
  const printed: string[] = [];
  let modules = 0;
  const machine = new Machine({
    createModule: () => {
      modules++;
      return newQuickJSWASMModuleFromVariant(loaded as unknown as QuickJSSyncVariant);
    },
    harness,
    print: (text) => printed.push(text),
  });
  machine.open({
    entry: 'solution.ts',
    files: typeof source === 'string' ? { 'solution.ts': source } : source,
  });
  const begun = await machine.begin();
  const call = (name: string, ...args: unknown[]) => machine.step({ do: 'call', name, args });
  return { machine, printed, begun, call, modules: () => modules };
}

/** The frame of a value, as it is in JSON. */
const gives = (value: unknown) => ({ value: JSON.stringify(value) });

describe('a machine', () => {
  it('calls what a module exports', async () => {
    const { begun, call } = await open('export const add = (a: number, b: number): number => a + b;');
    expect(begun).toEqual({ value: 'null' });
    expect(call('add', 1, 2)).toEqual(gives(3));
  });

  it('keeps objects, and passes them on', async () => {
    const { machine, call } = await open(`
      export class Box { held: number[] = []; put(n: number) { this.held.push(n); } get size() { return this.held.length; } }
      export const sum = (box: Box) => box.held.reduce((a, b) => a + b, 0);`);
    machine.step({ do: 'new', name: 'Box', args: [], as: 'box' });
    machine.step({ do: 'method', on: 'box', name: 'put', args: [4] });
    machine.step({ do: 'method', on: 'box', name: 'put', args: [5] });
    expect(machine.step({ do: 'get', on: 'box', name: 'size' })).toEqual(gives(2));
    expect(call('sum', { $: 'ref', name: 'box' })).toEqual(gives(9));
  });

  it('waits for promises, and for what they promise', async () => {
    const { call } = await open(`
      export const later = async () => { await null; return Promise.resolve(7); };
      export const failing = async () => { throw new RangeError('late'); };
      export const never = () => new Promise(() => {});`);
    expect(call('later')).toEqual(gives(7));
    expect(call('failing')).toMatchObject({ raised: { names: ['RangeError', 'RangeError', 'Error'] } });
    expect(call('never')).toMatchObject({ raised: { message: 'the promise never settles' } });
  });

  it('runs modules that wait before they are ready', async () => {
    const { call } = await open('export const a = await Promise.resolve(5); export const f = () => a;');
    expect(call('f')).toEqual(gives(5));
  });

  it('imports the other files, translated too', async () => {
    const { call } = await open({
      'solution.ts': "export { f } from './parts/f.ts';",
      'parts/f.ts': "import { one } from './one';\nexport const f = (): number => one + 1;",
      'parts/one.js': 'export const one = 1;',
    });
    expect(call('f')).toEqual(gives(2));
  });

  it('prints', async () => {
    const { printed, call } = await open(
      `export const f = () => { console.log('a', 1, [1, { b: null }], undefined); console.error(new Error('no')); };`,
    );
    call('f');
    expect(printed).toEqual(['a 1 [1,{"b":null}] undefined\n', 'Error: no\n']);
  });
});

describe('what is raised', () => {
  it('carries class, message and place', async () => {
    const { call } = await open(
      `class TooSmall extends RangeError {}\n\nexport function f(n: number) {\n  throw new TooSmall('below ' + n);\n}`,
    );
    expect(call('f', 3)).toEqual({
      raised: {
        names: ['RangeError', 'TooSmall', 'RangeError', 'Error'],
        message: 'below 3',
        where: 'solution.ts line 4',
      },
    });
  });

  it.each(["'text'", '7', 'null', 'undefined', 'Object.create(null)', '{ message: 5 }'])(
    'may be anything: %s',
    async (thrown) => {
      const { call } = await open(`export const f = () => { throw ${thrown}; };`);
      expect(call('f')).toHaveProperty('raised');
    },
  );

  it('is told where a target is missing', async () => {
    const { call, machine } = await open('export const f = () => 1; const g = 2;');
    expect(call('g')).toMatchObject({ raised: { names: ['NotDefined', 'Error'] } });
    expect(machine.step({ do: 'new', name: 'H', args: [] })).toMatchObject({
      raised: { message: 'solution.ts does not export H' },
    });
  });

  it('is what loading raises', async () => {
    expect((await open('export const a = b;')).begun).toMatchObject({
      raised: { names: ['ReferenceError', 'ReferenceError', 'Error'], where: 'solution.ts line 1' },
    });
    expect((await open('let a = ;')).begun).toMatchObject({ raised: { names: ['SyntaxError'] } });
    expect((await open("import fs from 'node:fs';\nfs.x();")).begun).toMatchObject({
      raised: { message: expect.stringContaining('node:fs') },
    });
  });
});

describe('values', () => {
  const echo = 'export const echo = (a: unknown) => a;';

  it.each([
    null,
    true,
    -1.5,
    'Zürich 🏔 \u2028',
    [],
    [1, [2]],
    { a: { b: [] } },
    { $: 'nan' },
    { $: 'inf' },
    { $: '-inf' },
    { $: 'int', value: '123456789012345678901' },
    { $: 'bytes', base64: 'AP8H' },
    { $: 'bytes', base64: 'AA==' },
    { $: 'set', items: [1, 'a'] },
    { $: 'map', entries: [[1, { $: 'set', items: [] }]] },
  ])('go in and come out: %j', async (value) => {
    expect((await open(echo)).call('echo', value)).toEqual(gives(value));
  });

  it.each([
    ['a tuple becomes a list', { $: 'tuple', items: [1, 2] }, [1, 2]],
    ['a float is a number', { $: 'float', value: 1 }, 1],
    ['a field called __proto__ stays one', JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}')],
    [
      'a tag of their own is no tag',
      { $: 'map', entries: [['$', 'nan']] },
      { $: 'map', entries: [['$', 'nan']] },
    ],
  ])('%s', async (_, given, back) => {
    expect((await open(echo)).call('echo', given)).toEqual({ value: JSON.stringify(back) });
  });

  it.each([
    ['undefined', 'undefined', null],
    ['a field that is undefined', '({ a: undefined, b: 1 })', { b: 1 }],
    ['a hole', '[, 1]', [null, 1]],
    ['an object of a class', 'new (class { a = 1; #b = 2; c() {} })()', { a: 1 }],
    ['a symbol', 'Symbol("x")', { $: 'object', type: 'symbol' }],
    ['a function', '() => 1', { $: 'object', type: 'function' }],
    ['a date', 'new Date(0)', { $: 'object', type: 'Date' }],
    ['an error', 'new TypeError("x")', { $: 'object', type: 'TypeError' }],
    ['a huge integer', '2n ** 100000n', { $: 'object', type: 'a large bigint' }],
  ])('%s comes out as something that can be compared, or as nothing', async (_, made, back) => {
    const { call } = await open(`export const f = () => ${made};`);
    expect(call('f')).toEqual(gives(back));
  });

  it('in a circle or without end come out as nothing', async () => {
    const { call } = await open(`
      const circle: unknown[] = []; circle.push(circle);
      let wide: unknown = 1; for (let at = 0; at < 30; at++) wide = [wide, wide];
      export const f = () => circle; export const g = () => wide;`);
    expect(call('f')).toEqual(gives({ $: 'object', type: 'nested too deep or in a circle' }));
    expect(call('g')).toEqual(gives({ $: 'object', type: 'too large' }));
  }, 60_000);
});

describe('a machine that begins again', () => {
  const counting = `let count = 0; export const next = () => ++count; export const spoil = () => {
    Object.prototype.bad = 1; Array.isArray = () => true; globalThis.left = 'LEFT'; JSON.parse = null; return 1; };
    export const see = () => [typeof globalThis.left, ({}).bad, Array.isArray({})];`;

  it('has forgotten everything', async () => {
    const { machine, call } = await open(counting);
    expect([call('next'), call('next')]).toEqual([gives(1), gives(2)]);
    call('spoil');
    await machine.begin();
    expect(call('next')).toEqual(gives(1));
    expect(call('see')).toEqual(gives(['undefined', null, false]));
  });

  it('is the same machine, as long as it did not grow', async () => {
    const { machine, call, modules } = await open(
      `${counting} export const grow = () => new Uint8Array(30_000_000).length;`,
    );
    await machine.begin();
    await machine.begin();
    expect(modules()).toBe(1);
    call('grow');
    await machine.begin();
    expect(modules()).toBe(2);
    expect(call('next')).toEqual(gives(1));
  });

  it('has kept nothing of another submission', async () => {
    const { machine } = await open("globalThis.left = 'LEFT'; export const f = () => globalThis.left;");
    machine.open({ entry: 'solution.ts', files: { 'solution.ts': 'export const f = () => typeof left;' } });
    await machine.begin();
    expect(machine.step({ do: 'call', name: 'f', args: [] })).toEqual(gives('undefined'));
  });

  it('recovers after its own stack broke', async () => {
    const { machine, call } = await open(
      `export const f = () => { let deep: unknown = []; for (let at = 0; at < 1e5; at++) deep = [deep]; return JSON.stringify(deep).length; };
       export const g = () => 1;`,
    );
    call('f');
    await machine.begin();
    expect(call('g')).toEqual(gives(1));
  });
});
