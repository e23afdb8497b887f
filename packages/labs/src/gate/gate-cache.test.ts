import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../testing/tiny-lab.ts';
import { digestRun, openGateCache } from './gate-cache.ts';

const RUN = { side: 'wrong/a', language: 'py', sandbox: 'bubblewrap', seed: 1 } as const;
const FILES = {
  'lab.yaml': 'id: x',
  'instructions.md': 'Do it.',
  'tests/visible.yaml': '[]',
  'tests/deep/world.ts': 'export {};',
  'wrong/a/solution.py': 'a',
  'wrong/b/solution.py': 'b',
};

describe('the digest of a run', () => {
  it.each([
    'lab.yaml',
    'tests/visible.yaml',
    'tests/deep/world.ts',
    'wrong/a/solution.py',
    'wrong/a/more.py',
  ])('changes with %s', (file) => {
    const folder = folderOf(FILES);
    const before = digestRun(folder, RUN);
    expect(digestRun(folder, RUN)).toBe(before);
    writeFileSync(join(folder, file), 'changed');
    expect(digestRun(folder, RUN)).not.toBe(before);
  });

  it.each(['instructions.md', 'wrong/b/solution.py'])('does not change with %s', (file) => {
    const folder = folderOf(FILES);
    const before = digestRun(folder, RUN);
    writeFileSync(join(folder, file), 'changed');
    expect(digestRun(folder, RUN)).toBe(before);
  });

  it('changes with the sandbox, the seed and the language', () => {
    const folder = folderOf(FILES);
    const digests = [
      RUN,
      { ...RUN, sandbox: 'pyodide' },
      { ...RUN, seed: 2 },
      { ...RUN, language: 'ts' as const },
    ];
    expect(new Set(digests.map((run) => digestRun(folder, run))).size).toBe(4);
  });
});

describe('what is remembered', () => {
  const verdicts = {
    status: 'failed' as const,
    reason: null,
    tests: [{ name: 'one', passed: false, message: 'no' }],
  };

  it('is what a run gave', () => {
    const cache = openGateCache(folderOf({}));
    cache.keep('digest', verdicts);
    expect(cache.find('digest')).toEqual(verdicts);
    expect(cache.find('other')).toBeUndefined();
  });

  it('is nothing where nothing can be written', () => {
    const closed = openGateCache(join(folderOf({ file: '' }), 'file', 'below'));
    closed.keep('digest', verdicts);
    expect(closed.find('digest')).toBeUndefined();
  });
});
