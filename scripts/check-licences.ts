/**
 * Reads the licence of every installed package and refuses what does not go with ours. Offline: what is looked at is `node_modules` as the
 * lockfile fills it. Ends with how many there are of which.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that ask for nothing but their own text beside ours (SPDX ids). */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'CC-BY-4.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Copyleft by the file: used as it is and never copied into ours. A name that ends with `*` stands for all that begin so. */
const AS_IT_IS: Readonly<Record<string, string>> = {
  '@axe-core/playwright': 'tests only',
  'axe-core': 'tests only',
  'lightningcss*': 'builds the style sheets',
  pyodide: 'served as the files it comes in',
};

interface Manifest {
  name?: string;
  version?: string;
  license?: string | { type?: string };
  licenses?: { type?: string }[];
}

interface Lockfile {
  packages: Record<string, { link?: boolean; optional?: boolean }>;
}

const root = join(import.meta.dirname, '..');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
const counts = new Map<string, number>();
const refused: string[] = [];

for (const [path, entry] of Object.entries(packages)) {
  if (!path.includes('node_modules/') || entry.link) continue;
  const file = join(root, path, 'package.json');
  if (!existsSync(file)) {
    // An optional one may be made for another system, and so not be installed here.
    if (!entry.optional) refused.push(`${path} is in the lockfile and not installed: run npm ci`);
    continue;
  }
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const name = manifest.name ?? path;
  const licence = licenceOf(manifest);
  counts.set(licence, (counts.get(licence) ?? 0) + 1);
  if (!isPermissive(licence) && !isNamed(name))
    refused.push(`${name} ${manifest.version ?? ''} is under ${licence}`);
}

for (const line of refused) console.log(line);
const summary = [...counts].sort((a, b) => b[1] - a[1]).map(([licence, n]) => `${licence} ${n}`);
console.log(`licences: ${summary.join(', ')}`);
if (refused.length > 0) {
  console.log('Take another package, or name it with a reason in scripts/check-licences.ts.');
  process.exit(1);
}

function licenceOf({ license, licenses }: Manifest): string {
  if (typeof license === 'string') return license;
  if (license?.type) return license.type;
  return licenses?.map(({ type }) => type ?? 'unknown').join(' OR ') || 'no licence';
}

function isNamed(name: string): boolean {
  return Object.keys(AS_IT_IS).some((named) =>
    named.endsWith('*') ? name.startsWith(named.slice(0, -1)) : name === named,
  );
}

/** `MIT OR GPL-3.0` may be taken as MIT; `MIT AND GPL-3.0` may not. */
function isPermissive(licence: string): boolean {
  return licence
    .replaceAll(/[()]/g, '')
    .split(/\s+OR\s+/i)
    .some((choice) => choice.split(/\s+AND\s+/i).every((id) => PERMISSIVE.has(id.trim())));
}
