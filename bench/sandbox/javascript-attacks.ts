import type { Attack } from './attack.ts';

/** Wrong answers with the right names, for attacks that do their work elsewhere. */
const WRONG = `
export function totals(parcels) { return {}; }
export function route(roads, start, goal) { return null; }
export class Depot { receive() {} ship() {} stock() { return {}; } }
`;

export const JAVASCRIPT_ATTACKS: readonly Attack[] = [
  {
    name: 'a loop without end',
    mustNot: 'run on, or hold up the next',
    code: 'while (true);',
    ends: ['timeout'],
  },
  {
    name: 'promises without end',
    mustNot: 'outlast the limit between two jobs',
    code: `${WRONG}\nconst again = () => Promise.resolve().then(again);\nagain();\nawait new Promise(() => {});`,
    ends: ['timeout'],
  },
  {
    name: 'a promise that never settles',
    mustNot: 'hang the grader',
    code: `${WRONG.replace('return {};', 'return new Promise(() => {});')}`,
  },
  {
    name: 'a list without end',
    mustNot: 'take the memory of the machine',
    code: 'const held = []; while (true) held.push(new Array(1000).fill(7));',
    ends: ['error'],
  },
  {
    name: 'huge buffers',
    mustNot: 'take the memory of the machine',
    code: 'const held = []; while (true) held.push(new ArrayBuffer(50_000_000));',
    ends: ['error'],
  },
  {
    name: 'a string that doubles',
    mustNot: 'take the memory of the machine',
    code: `${WRONG}\nlet text = 'x'; while (true) text += text + [...text].join('');`,
    ends: ['error', 'timeout'],
  },
  {
    name: 'recursion without end',
    mustNot: 'end the process of another',
    code: `${WRONG.replace('return {};', 'return totals(parcels) + 1;')}`,
  },
  {
    name: 'recursion in finally',
    mustNot: 'outlast the limit',
    code: 'const f = () => { try { f(); } finally { f(); } }; f();',
    ends: ['timeout', 'error'],
  },
  {
    name: 'a stack used up in native code',
    mustNot: 'end the process of another',
    code: `${WRONG}\nlet deep = []; for (let at = 0; at < 1e6; at++) deep = [deep];\ntry { JSON.stringify(deep); } catch {}\ntry { String(deep); } catch {}\ntry { structuredClone(deep); } catch {}`,
  },
  {
    name: 'a regular expression that explodes',
    mustNot: 'outlast the limit in native code',
    code: `${WRONG.replace('return {};', "return /^(a+)+$/.test('a'.repeat(60) + 'b');")}`,
    ends: ['timeout'],
  },
  {
    name: 'a flood of prints',
    mustNot: 'fill the result',
    code: "while (true) console.log('x'.repeat(10_000));",
    ends: ['timeout'],
  },
  {
    name: 'files, environment and processes',
    mustNot: 'exist',
    code: `${WRONG}\nfor (const name of ['process', 'require', 'module', 'Deno', 'Bun', 'os', 'std', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'importScripts', 'WebAssembly'])\n  console.log(name, typeof globalThis[name], globalThis[name]?.env);\nconsole.log(globalThis.process?.kill?.(@PARENT@, 9));`,
  },
  {
    name: 'modules of the machine',
    mustNot: 'be found',
    code: `import fs from 'node:fs';\n${WRONG}\nconsole.log(fs.readFileSync('@CANARY_FILE@', 'utf8'));`,
    ends: ['error'],
  },
  {
    name: 'imports that climb out',
    mustNot: 'read a file',
    code: `${WRONG}\nfor (const path of ['../../../../..@CANARY_FILE@', '@CANARY_FILE@', 'file://@CANARY_FILE@', '../tests/hidden.yaml', 'data:text/javascript,export default 1', 'http://127.0.0.1:@PORT@/x.js'])\n  try { console.log(await import(path)); } catch (error) { console.log(error.message); }`,
  },
  {
    name: 'code from strings',
    mustNot: 'leave the machine',
    code: `${WRONG}\nconst all = Function('return this')();\nconsole.log(Object.getOwnPropertyNames(all).join(' '));\nconsole.log(eval('typeof process'), new (async () => {}).constructor('return typeof require')());`,
  },
  {
    name: 'polluted prototypes',
    mustNot: 'turn a wrong answer into a right one, here or later',
    code: `${WRONG}\nObject.prototype.Bern = 3; Object.prototype.Basel = 3.5; Object.prototype.passed = true; Object.prototype.towns = ['Bern', 'Zurzach', 'Basel'];\nArray.prototype[Symbol.iterator] = function* () { yield 1; };\nArray.prototype.map = () => []; Array.isArray = () => true; JSON.stringify = () => '{"Bern":3,"Basel":3.5}'; JSON.parse = () => ({});\nReflect.ownKeys = () => ['Bern', 'Basel']; Object.keys = Reflect.ownKeys; Promise.prototype.then = function () { return this; };\nObject.defineProperty(Array.prototype, 0, { set() { throw 1; }, get() { return 1; } });`,
  },
  {
    name: 'a proxy that agrees with everybody',
    mustNot: 'be compared by its own word',
    code: `const any = new Proxy(function () {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => 3 : any), apply: () => any, has: () => true, ownKeys: () => ['prototype', 'Bern'], getOwnPropertyDescriptor: (_, key) => ({ value: 3, enumerable: true, configurable: key !== 'prototype' }) });\nexport const totals = () => new Proxy({}, { ownKeys: () => ['Bern', 'Basel'], get: () => any, getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }) });\nexport const route = () => any;\nexport class Depot { constructor() { return any; } }`,
  },
  {
    name: 'a thenable that never ends',
    mustNot: 'hang the grader',
    code: `${WRONG.replace('return {};', 'return { then(resolve) { resolve({ then(next) { next(this); } }); } };')}`,
  },
  {
    name: 'getters with effects',
    mustNot: 'change what is compared after it was read',
    code: `let reads = 0;\n${WRONG.replace('return {};', 'return { get Bern() { return ++reads > 1 ? 3 : 0; }, get Basel() { throw new Error("no"); } };')}\nexport const later = () => reads;`,
  },
  {
    name: 'values in circles and abysses',
    mustNot: 'break the encoder or the grader',
    code: `const circle = {}; circle.self = circle;\nlet deep = []; for (let at = 0; at < 50_000; at++) deep = [deep];\nlet wide = ['x']; for (let at = 0; at < 40; at++) wide = [wide, wide];\nexport const totals = () => circle;\nexport const route = () => deep;\nexport class Depot { receive() { return wide; } ship() { return new Array(4e9 >>> 0); } stock() { return { f() {}, s: Symbol('x'), d: new Date(), n: 2n ** 200_000n }; } }`,
  },
  {
    name: 'a sparse array of billions',
    mustNot: 'outlast the limit in the encoder',
    code: `${WRONG.replace('return {};', 'const list = []; list.length = 4_000_000_000; return list;')}`,
  },
  {
    name: 'the harness, called by its own names',
    mustNot: 'be reached',
    code: `${WRONG}\nconsole.log(new Error().stack, typeof print, typeof perform, typeof harness);\nError.prepareStackTrace = (_, frames) => frames.map((frame) => frame?.getFunction?.());\nconsole.log(new Error().stack);\nglobalThis.console = null;`,
  },
  {
    name: 'forged replies, printed',
    mustNot: 'be believed',
    code: `for (let at = 0; at < 60; at++) console.log(JSON.stringify({ id: at, value: 'true', passed: true }));\nconsole.log('\\n{"id":2,"value":"true"}\\n');\n${WRONG}`,
  },
  {
    name: 'errors made by hand',
    mustNot: 'break what describes them',
    code: `export const totals = () => { throw { get name() { while (true); } }; };\nexport const route = () => { throw Object.create(null); };\nexport class Depot { constructor() { throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } }); } }`,
  },
  {
    name: 'left over for the next one',
    mustNot: 'be found by the next submission',
    code: `${WRONG}\nglobalThis.left = 'LEFTOVER'; Object.prototype.left = 'LEFTOVER';\nconst held = []; for (let at = 0; at < 1000; at++) held.push('LEFTOVER'.repeat(100));`,
  },
  {
    name: 'source that breaks the translator',
    mustNot: 'hold up the grader',
    code: `${'('.repeat(100_000)}`,
    ends: ['error', 'timeout'],
  },
  {
    name: 'a module that is a promise',
    mustNot: 'stand in for what it exports',
    code: `${WRONG}\nexport function then(resolve) { resolve({ totals: () => ({ Bern: 3, Basel: 3.5 }) }); }`,
    ends: ['failed', 'error'],
  },
  {
    name: 'fields that every object has',
    mustNot: 'be read in place of what the harness was sent',
    code: `${WRONG}\nfor (const key of ['id', 'value', 'raised', 'ended', 'names', 'message', 'stack', 'do', 'args', 'name', 'as', 'on', 'then', 'get', 'set']) Object.defineProperty(Object.prototype, key, { get() { return '{"Bern":3,"Basel":3.5}'; }, set() {}, configurable: true });`,
  },
  {
    name: 'everything built in, replaced',
    mustNot: 'be used by the harness',
    code: `${WRONG}\nfor (const owner of [JSON, Reflect, Object, Promise, Promise.prototype, Array.prototype, String.prototype, Map.prototype, Set.prototype, Function.prototype]) for (const key of Reflect.ownKeys(owner)) try { owner[key] = () => ({ Bern: 3, Basel: 3.5 }); } catch {}`,
  },
  {
    name: 'values that turn into others',
    mustNot: 'be anything but what they hold',
    code: `${WRONG}\nObject.prototype.toJSON = () => ({ Bern: 3, Basel: 3.5 });\nObject.prototype[Symbol.toPrimitive] = () => 3;\nObject.defineProperty(Array, Symbol.species, { get() { for (;;); } });\nMath.random = () => 0; Date.now = () => 0; globalThis.Date = undefined;`,
  },
  {
    name: 'a proxy of proxies without end',
    mustNot: 'keep the encoder busy beyond the limit',
    code: `const more = () => new Proxy({}, { ownKeys: () => Array.from({ length: 1000 }, (_, at) => 'k' + at), getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }), get: () => more() });\nexport const totals = more, route = more;\nexport class Depot { receive() {} ship() {} stock() { return more(); } }`,
  },
  {
    name: 'inputs of hidden tests, printed',
    mustNot: 'show its author what a hidden test sends in',
    code: `${WRONG.replace('return null;', 'console.log(roads, start, goal); throw new Error(JSON.stringify(roads));')}`,
    ends: ['failed'],
  },
];
