import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

describe('a folder', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'edirae-folder-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is made with those above it, for its owner alone, and left as it is where it is there', () => {
    makeFolder(join(root, 'a', 'b'));
    makeFolder(join(root, 'a', 'b'));
    expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o700);
    expect(statSync(join(root, 'a', 'b')).isDirectory()).toBe(true);
  });

  it('is refused where a file stands in the way', () => {
    writeFileSync(join(root, 'file'), '');
    for (const path of [join(root, 'file'), join(root, 'file', 'below')])
      expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
  });

  it.skipIf(process.platform !== 'linux')('is refused at once by a file system that takes none', () => {
    for (const path of ['/proc/edirae', '/proc/edirae/data'])
      expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
