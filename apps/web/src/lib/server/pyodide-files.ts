import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** What a browser needs to run Python, with its type. Nothing else of the package is given out. */
const TYPES: Readonly<Record<string, string>> = {
  'pyodide.mjs': 'text/javascript',
  'pyodide.asm.mjs': 'text/javascript',
  'pyodide.asm.wasm': 'application/wasm',
  'python_stdlib.zip': 'application/zip',
  'pyodide-lock.json': 'application/json',
};

export interface PyodideFile {
  type: string;
  /** Compressed with gzip, whatever the file. */
  gzipped: Uint8Array<ArrayBuffer>;
}

interface Installed {
  folder: string;
  version: string;
}

const compress = promisify(gzip);
const packed = new Map<string, Promise<PyodideFile>>();
let installed: Promise<Installed> | undefined;

function findInstalled(): Promise<Installed> {
  installed ??= (async () => {
    const path = createRequire(import.meta.url).resolve('pyodide/package.json');
    const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
    return { folder: dirname(path), version };
  })();
  return installed;
}

/** One file of the Python that practice runs use; undefined for another name or another version. Compressed once, then kept. */
export async function findPyodideFile(version: string, name: string): Promise<PyodideFile | undefined> {
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  const { folder, version: own } = await findInstalled();
  if (type === undefined || version !== own) return undefined;
  let file = packed.get(name);
  if (!file) {
    file = (async () => {
      const gzipped = await compress(await readFile(join(folder, name)), { level: 6 });
      return { type, gzipped: new Uint8Array(gzipped) };
    })();
    packed.set(name, file);
    file.catch(() => packed.delete(name));
  }
  return file;
}

/** Where a page finds them, and how much they are together, in bytes before compression. */
export async function listPyodideFiles(): Promise<{ base: string; files: string[]; bytes: number }> {
  const { folder, version } = await findInstalled();
  const files = Object.keys(TYPES);
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
  return { base: `/pyodide/${version}/`, files, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
