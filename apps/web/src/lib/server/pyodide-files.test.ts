import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findPyodideFile, listPyodideFiles } from './pyodide-files.ts';

const installed = createRequire(import.meta.url).resolve('pyodide/pyodide.mjs');

describe('the Python that practice runs use', () => {
  it('is given out as it is installed, under an address that names its version', async () => {
    const { base, files, bytes } = await listPyodideFiles();
    expect(files).toContain('pyodide.asm.wasm');
    expect(bytes).toBeGreaterThan(10_000_000);
    const version = base.split('/')[2] ?? '';
    const file = await findPyodideFile(version, 'pyodide.mjs');
    expect(file?.type).toBe('text/javascript');
    expect(gunzipSync(file!.gzipped).equals(readFileSync(installed))).toBe(true);
    expect(await findPyodideFile(version, 'pyodide.mjs')).toBe(file);
  });

  it('holds no other file of the package, and no other version', async () => {
    const version = (await listPyodideFiles()).base.split('/')[2] ?? '';
    for (const name of ['package.json', 'README.md', '../zod/package.json', '__proto__', 'toString'])
      expect(await findPyodideFile(version, name)).toBeUndefined();
    expect(await findPyodideFile('0.0.1', 'pyodide.mjs')).toBeUndefined();
  });
});
