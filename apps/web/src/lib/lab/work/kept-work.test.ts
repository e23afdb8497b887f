import { describe, expect, it } from 'vitest';
import { WorkKeeper } from './kept-work.ts';

/** What a browser's storage does, as far as it is used. */
function storageOf(limit = Number.POSITIVE_INFINITY): Storage {
  const held = new Map<string, string>();
  return {
    get length() {
      return held.size;
    },
    key: (at) => [...held.keys()][at] ?? null,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, text) => {
      if (text.length > limit) throw new DOMException('full', 'QuotaExceededError');
      held.set(key, text);
    },
    removeItem: (key) => void held.delete(key),
    clear: () => held.clear(),
  };
}

const work = (text: string, at = 1) => ({ files: { 'a.py': text }, base: 3, at });
const nobody = () => false;
const everybody = () => true;

describe('work that the server has not got', () => {
  it('is found again by the tab that wrote it', () => {
    const storage = storageOf();
    new WorkKeeper(storage, 'me/lab/py', 'one').keep(work('mine'));
    expect(new WorkKeeper(storage, 'me/lab/py', 'one').find(everybody)).toEqual(work('mine'));
  });

  it('is not seen by another learner, in another lab or another language', () => {
    const storage = storageOf();
    new WorkKeeper(storage, 'me/lab/py', 'one').keep(work('mine'));
    for (const place of ['you/lab/py', 'me/other/py', 'me/lab/ts'])
      expect(new WorkKeeper(storage, place, 'two').find(nobody)).toBeUndefined();
  });

  it('is left alone while its tab is open, and taken over once when that is gone', () => {
    const storage = storageOf();
    new WorkKeeper(storage, 'me/lab/py', 'one').keep(work('theirs'));
    const two = new WorkKeeper(storage, 'me/lab/py', 'two');
    expect(two.find((tab) => tab === 'one')).toBeUndefined();
    expect(two.find(nobody)).toEqual(work('theirs'));
    expect(new WorkKeeper(storage, 'me/lab/py', 'three').find((tab) => tab === 'two')).toBeUndefined();
  });

  it('is the latest where several tabs are gone', () => {
    const storage = storageOf();
    new WorkKeeper(storage, 'me/lab/py', 'one').keep(work('early', 1));
    new WorkKeeper(storage, 'me/lab/py', 'two').keep(work('late', 2));
    expect(new WorkKeeper(storage, 'me/lab/py', 'three').find(nobody)).toEqual(work('late', 2));
  });

  it('is forgotten once it was saved', () => {
    const storage = storageOf();
    const one = new WorkKeeper(storage, 'me/lab/py', 'one');
    one.keep(work('mine'));
    one.drop();
    expect(one.find(nobody)).toBeUndefined();
  });

  it('is nothing where the storage holds something else', () => {
    const storage = storageOf();
    const one = new WorkKeeper(storage, 'me/lab/py', 'one');
    for (const text of [
      '',
      'null',
      '[]',
      '{"files":{"a":1},"base":1,"at":1}',
      '{"files":null,"base":1,"at":1}',
    ]) {
      storage.setItem('lab-work/me/lab/py/one', text);
      expect(one.find(nobody)).toBeUndefined();
    }
  });

  it('says so where the browser keeps nothing', () => {
    expect(new WorkKeeper(storageOf(10), 'me/lab/py', 'one').keep(work('long'))).toBe(false);
  });
});
