/**
 * Values between the grader and a sandbox. They cross as JSON; what JSON cannot say is an object with the one key
 * `$`, the tag, and what belongs to it. Nothing a sandbox sends is trusted: what cannot be read becomes `Opaque`, which
 * equals nothing.
 */

/** A value that stands for something that cannot cross: a function, an object of a class, a cycle. */
export class Opaque {
  readonly type: string;
  constructor(type: string) {
    this.type = type;
  }
}

/** A tuple keeps apart from a list where the language does. Arrays otherwise: checks may index and iterate it. */
export class Tuple extends Array<unknown> {
  static override get [Symbol.species]() {
    return Array;
  }
  static holding(items: readonly unknown[]): Tuple {
    const tuple = new Tuple();
    for (const item of items) tuple.push(item);
    return tuple;
  }
}

/** What an earlier step made, by the name it was given with `as`. */
export class Ref {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Deeper than this nothing is read; no lab needs it, and no recursion of ours can be exhausted by it. */
export const MAX_DEPTH = 100;

type Tagged = { $: string; [key: string]: unknown };

function isTagged(value: object): value is Tagged {
  return Object.hasOwn(value, '$') && typeof (value as Tagged).$ === 'string';
}

/**
 * From JSON, as tests write it and sandboxes send it, to values a check can work with: `NaN`, infinities, `bigint`,
 * `Uint8Array`, `Tuple`, `Set`, `Map`, `Ref`, `Opaque`, and plain JSON.
 */
export function decodeValue(json: unknown, depth = 0): unknown {
  if (json === null || typeof json !== 'object') return json;
  if (depth > MAX_DEPTH) return new Opaque('too deep');
  if (Array.isArray(json)) return json.map((item) => decodeValue(item, depth + 1));
  if (isTagged(json)) return decodeTagged(json, depth + 1);
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) setOwn(result, key, decodeValue(value, depth + 1));
  return result;
}

function decodeTagged(json: Tagged, depth: number): unknown {
  const list = (part: unknown) =>
    Array.isArray(part) ? part.map((item: unknown) => decodeValue(item, depth)) : [];
  switch (json.$) {
    case 'nan':
      return Number.NaN;
    case 'inf':
      return Number.POSITIVE_INFINITY;
    case '-inf':
      return Number.NEGATIVE_INFINITY;
    case 'int':
      return /^-?\d{1,5000}$/.test(String(json.value)) ? BigInt(String(json.value)) : new Opaque('int');
    case 'bytes':
      return fromBase64(String(json.base64 ?? ''));
    case 'tuple':
      return Tuple.holding(list(json.items));
    case 'set':
      return new Set(list(json.items));
    case 'map':
      return new Map(list(json.entries).flatMap((entry) => (isPair(entry) ? [entry] : [])));
    case 'ref':
      return new Ref(String(json.name));
    default:
      return new Opaque(String(json.type ?? json.$));
  }
}

function isPair(value: unknown): value is [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}

/** Base64 without Node, so that the browser half can share this file. What is none is no bytes. */
function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** To JSON, the inverse of `decodeValue`. Values that JSON already says are left as they are, tagged objects too. */
export function encodeValue(value: unknown): unknown {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return { $: 'nan' };
    if (!Number.isFinite(value)) return { $: value > 0 ? 'inf' : '-inf' };
    return value;
  }
  if (typeof value === 'bigint') return { $: 'int', value: String(value) };
  if (value === undefined) return null;
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Ref) return { $: 'ref', name: value.name };
  if (value instanceof Opaque) return { $: 'object', type: value.type };
  if (value instanceof Uint8Array) return { $: 'bytes', base64: toBase64(value) };
  if (value instanceof Tuple) return { $: 'tuple', items: Array.from(value, encodeValue) };
  if (value instanceof Set) return { $: 'set', items: [...value].map(encodeValue) };
  if (value instanceof Map)
    return { $: 'map', entries: [...value].map(([key, item]) => [encodeValue(key), encodeValue(item)]) };
  if (Array.isArray(value)) return value.map(encodeValue);
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value))
    if (item !== undefined) setOwn(result, key, encodeValue(item));
  return result;
}

/** `__proto__` as a key of data stays data. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
