// Runs a submission inside QuickJS, one step at a time. Evaluated before the learner's code, in the same machine, so it
// is no boundary: what it sends is a value that the grader compares. It keeps its own references to what it needs, and
// uses no method that can be replaced on a prototype.
(function (print) {
  'use strict';
  const MAX_DEPTH = 100;
  const MAX_NODES = 2000000;
  const MAX_BITS = 16000;
  const { isArray } = Array;
  const { parse, stringify } = JSON;
  const { apply, construct, getPrototypeOf, ownKeys, getOwnPropertyDescriptor } = Reflect;
  const { isFinite, isNaN } = Number;
  const { create, defineProperty } = Object;
  const TypeErrorHere = TypeError;
  const ErrorHere = Error;
  const ObjectPrototype = Object.prototype;
  const [BigIntHere, StringHere, SetHere, MapHere, Bytes] = [BigInt, String, Set, Map, Uint8Array];
  const bigintText = BigInt.prototype.toString;
  const sliceText = String.prototype.slice;
  const mapSize = getOwnPropertyDescriptor(Map.prototype, 'size').get;
  const mapEach = Map.prototype.forEach;
  const mapSet = Map.prototype.set;
  const setSize = getOwnPropertyDescriptor(Set.prototype, 'size').get;
  const setEach = Set.prototype.forEach;
  const setAdd = Set.prototype.add;
  const typedTag = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
  const DatePrototype = Date.prototype;
  const hasBrand = (getter, value) => {
    try {
      apply(getter, value, []);
      return true;
    } catch {
      return false;
    }
  };

  const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  function toBase64(bytes) {
    let text = '';
    for (let at = 0; at < bytes.length; at += 3) {
      const word = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
      text += BASE64[word >> 18] + BASE64[(word >> 12) & 63];
      text += at + 1 < bytes.length ? BASE64[(word >> 6) & 63] : '=';
      text += at + 2 < bytes.length ? BASE64[word & 63] : '=';
    }
    return text;
  }

  function fromBase64(text) {
    const codes = create(null);
    for (let at = 0; at < 64; at++) codes[BASE64[at]] = at;
    let length = (text.length / 4) * 3;
    if (text[text.length - 1] === '=') length--;
    if (text[text.length - 2] === '=') length--;
    const bytes = new Bytes(length);
    for (let at = 0, out = 0; at < text.length; at += 4) {
      const word =
        (codes[text[at]] << 18) |
        (codes[text[at + 1]] << 12) |
        (codes[text[at + 2]] << 6) |
        codes[text[at + 3]];
      bytes[out++] = word >> 16;
      bytes[out++] = word >> 8;
      bytes[out++] = word;
    }
    return bytes;
  }

  function opaque(type) {
    return `{"$":"object","type":${stringify(StringHere(type))}}`;
  }

  /** The value as JSON text. */
  function encode(value) {
    const state = { left: MAX_NODES, problem: '' };
    const text = encodePart(value, 0, state);
    return state.problem === '' ? text : opaque(state.problem);
  }

  function encodePart(value, depth, state) {
    if (state.problem !== '') return 'null';
    if (--state.left < 0) state.problem = 'too large';
    if (depth > MAX_DEPTH) state.problem = 'nested too deep or in a circle';
    if (state.problem !== '') return 'null';
    switch (typeof value) {
      case 'undefined':
        return 'null';
      case 'boolean':
        return value ? 'true' : 'false';
      case 'string':
        return stringify(value);
      case 'number':
        if (isNaN(value)) return '{"$":"nan"}';
        if (!isFinite(value)) return value > 0 ? '{"$":"inf"}' : '{"$":"-inf"}';
        return stringify(value);
      case 'bigint':
        if (BigIntHere.asIntN(MAX_BITS, value) !== value) return opaque('a large bigint');
        return `{"$":"int","value":"${apply(bigintText, value, [])}"}`;
      case 'object':
        return value === null ? 'null' : encodeObject(value, depth, state);
      default:
        return opaque(typeof value);
    }
  }

  function encodeObject(value, depth, state) {
    if (isArray(value)) return `[${encodeItems(value, depth, state)}]`;
    if (apply(typedTag, value, []) === 'Uint8Array') return `{"$":"bytes","base64":"${toBase64(value)}"}`;
    if (hasBrand(setSize, value)) {
      const items = [];
      apply(setEach, value, [(item) => defineProperty(items, items.length, { value: item, writable: true })]);
      return `{"$":"set","items":[${encodeItems(items, depth, state)}]}`;
    }
    if (hasBrand(mapSize, value)) {
      let text = '';
      apply(mapEach, value, [
        (item, key) => {
          const pair = `[${encodePart(key, depth + 1, state)},${encodePart(item, depth + 1, state)}]`;
          text += text === '' ? pair : `,${pair}`;
        },
      ]);
      return `{"$":"map","entries":[${text}]}`;
    }
    if (value instanceof ErrorHere || getPrototypeOf(value) === DatePrototype) return opaque(typeName(value));
    return encodeFields(value, depth, state);
  }

  function encodeItems(list, depth, state) {
    let text = '';
    for (let at = 0; at < list.length && state.problem === ''; at++)
      text += (at === 0 ? '' : ',') + encodePart(list[at], depth + 1, state);
    return text;
  }

  function encodeFields(value, depth, state) {
    let [text, entries, tagged] = ['', '', false];
    const keys = ownKeys(value);
    for (let at = 0; at < keys.length && state.problem === ''; at++) {
      const key = keys[at];
      if (typeof key !== 'string' || !getOwnPropertyDescriptor(value, key)?.enumerable) continue;
      const field = value[key];
      if (field === undefined) continue;
      const encoded = encodePart(field, depth + 1, state);
      if (key === '$') tagged = true;
      text += `${text === '' ? '' : ','}${stringify(key)}:${encoded}`;
      entries += `${entries === '' ? '' : ','}[${stringify(key)},${encoded}]`;
    }
    return tagged ? `{"$":"map","entries":[${entries}]}` : `{${text}}`;
  }

  function typeName(value) {
    try {
      return apply(sliceText, StringHere(value.constructor.name), [0, 80]);
    } catch {
      return 'object';
    }
  }

  /** From JSON with tags to values; references become what earlier steps kept. */
  function decode(value, kept) {
    if (value === null || typeof value !== 'object') return value;
    if (isArray(value)) {
      const list = [];
      for (let at = 0; at < value.length; at++) list[at] = decode(value[at], kept);
      return list;
    }
    if (typeof value.$ === 'string') return decodeTagged(value, kept);
    const result = {};
    const keys = ownKeys(value);
    for (let at = 0; at < keys.length; at++)
      defineProperty(result, keys[at], {
        value: decode(value[keys[at]], kept),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return result;
  }

  function decodeTagged(value, kept) {
    switch (value.$) {
      case 'ref':
        return kept[value.name];
      case 'nan':
        return NaN;
      case 'inf':
        return Infinity;
      case '-inf':
        return -Infinity;
      case 'int':
        return BigIntHere(value.value);
      case 'float':
        return value.value;
      case 'bytes':
        return fromBase64(value.base64);
      case 'tuple':
        return decode(value.items, kept);
      case 'set': {
        const items = decode(value.items, kept);
        const set = new SetHere();
        for (let at = 0; at < items.length; at++) apply(setAdd, set, [items[at]]);
        return set;
      }
      case 'map': {
        const map = new MapHere();
        for (let at = 0; at < value.entries.length; at++) apply(mapSet, map, decode(value.entries[at], kept));
        return map;
      }
      default:
        throw new TypeErrorHere('unknown tag');
    }
  }

  /** Class names from special to general, message and stack of whatever was thrown. */
  function describe(error) {
    const names = [];
    let [message, stack] = ['', ''];
    try {
      if (error !== null && typeof error === 'object') {
        if (typeof error.name === 'string') names[0] = error.name;
        for (
          let part = getPrototypeOf(error);
          part !== null && names.length < 20;
          part = getPrototypeOf(part)
        )
          if (part !== ObjectPrototype) names[names.length] = StringHere(part.constructor.name);
        message = StringHere(error.message ?? '');
        stack = StringHere(error.stack ?? '');
      } else {
        names[0] = typeof error;
        message = StringHere(error);
      }
    } catch {
      names[names.length] = 'Error';
    }
    const short = (text, max) => apply(sliceText, text, [0, max]);
    let list = '';
    for (let at = 0; at < names.length; at++) list += (at === 0 ? '' : ',') + stringify(short(names[at], 80));
    return `{"names":[${list}],"message":${stringify(short(message, 2000))},"stack":${stringify(short(stack, 4000))}}`;
  }

  function show(value) {
    if (typeof value === 'string') return value;
    try {
      if (value instanceof ErrorHere) return `${value.name}: ${value.message}`;
      if (typeof value === 'function') return `[function ${value.name}]`;
      return typeof value === 'object' ? encode(value) : StringHere(value);
    } catch {
      return '[unreadable]';
    }
  }

  function log(...parts) {
    let text = '';
    for (let at = 0; at < parts.length; at++) text += (at === 0 ? '' : ' ') + show(parts[at]);
    print(`${text}\n`);
  }
  globalThis.console = { log, info: log, warn: log, error: log, debug: log };

  let exported = create(null);
  let entry = '';
  let kept = create(null);

  function notDefined(message) {
    const error = new ErrorHere(message);
    defineProperty(error, 'name', { value: 'NotDefined' });
    return error;
  }

  async function perform(step) {
    const args = step.args === undefined ? [] : decode(step.args, kept);
    let value;
    if (step.do === 'new' || step.do === 'call') {
      if (getOwnPropertyDescriptor(exported, step.name) === undefined)
        throw notDefined(`${entry} does not export ${step.name}`);
      const target = exported[step.name];
      value = step.do === 'new' ? construct(target, args) : await apply(target, undefined, args);
    } else {
      const owner = kept[step.on];
      const held = owner[step.name];
      if (step.do === 'method' && typeof held !== 'function')
        throw new TypeErrorHere(`${step.on} has no method ${step.name}`);
      value = await (step.do === 'get' ? held : apply(held, owner, args));
    }
    if (typeof step.as === 'string') kept[step.as] = value;
    return step.do === 'new' ? 'null' : encode(value);
  }

  return {
    use(namespace, file) {
      exported = namespace;
      entry = file;
      kept = create(null);
    },
    describe,
    /** Resolves to the value as text; rejects with what was thrown. */
    perform: (text) => perform(parse(text)),
  };
});
