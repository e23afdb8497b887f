import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packFiles } from './pack-files.ts';

it('files are unpacked by tar as they were packed, whatever their length and depth', () => {
  const deep = `${'folder/'.repeat(15)}end.py`;
  const files = { 'solution.py': 'é'.repeat(700), 'NOTES.md': '', [deep]: 'x = 1\n' };
  const into = mkdtempSync(join(tmpdir(), 'pack-'));
  try {
    execFileSync('tar', ['-x', '-C', into], { input: packFiles('a-lab', files, 1_700_000_000_000) });
    for (const [path, text] of Object.entries(files))
      expect(readFileSync(join(into, 'a-lab', path), 'utf8')).toBe(text);
  } finally {
    rmSync(into, { recursive: true });
  }
});
