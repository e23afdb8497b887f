import { createHash } from 'node:crypto';
import { MAX_BYTES, MAX_FILES, type Lab } from '@edirae/labs';
import type { LabFiles, LabLanguage } from '../store/lab-drafts.ts';

export type InvalidFiles = { outcome: 'invalid-files'; detail: string };

/** Relative, with `/`, and without names that begin with a dot. */
const PATH = /^[A-Za-z0-9_][A-Za-z0-9_. -]*(\/[A-Za-z0-9_][A-Za-z0-9_. -]*)*$/;

/** Files that can be kept and run: what is wrong with them is said in a sentence. */
export function checkFiles(files: Readonly<Record<string, string>>): InvalidFiles | undefined {
  const paths = Object.keys(files);
  const invalid = (detail: string): InvalidFiles => ({ outcome: 'invalid-files', detail });
  if (paths.length === 0) return invalid('There is no file. Nothing was kept.');
  if (paths.length > MAX_FILES) return invalid(`There are more than ${MAX_FILES} files. Nothing was kept.`);
  const odd = paths.find((path) => path.length > 200 || !PATH.test(path));
  if (odd !== undefined)
    return invalid(
      `${JSON.stringify(odd.slice(0, 80))} is no name for a file here: letters, digits, “.”, “-” and “_”, folders with “/”. Nothing was kept.`,
    );
  if (sizeOf(files) > MAX_BYTES)
    return invalid(`All files together hold more than ${MAX_BYTES / 1024} KiB. Nothing was kept.`);
  return undefined;
}

/** Bytes of all texts. */
export function sizeOf(files: LabFiles): number {
  return Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** SHA-256 of names and texts, whatever their order. */
export function digestOf(files: LabFiles): string {
  const hash = createHash('sha256');
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0${files[path]}\0`);
  return hash.digest('hex');
}

export function areSame(a: LabFiles, b: LabFiles): boolean {
  return digestOf(a) === digestOf(b);
}

/** What is loaded, and in which language: as asked, else by the lab's entry that is there, else the lab's first language. */
export function findEntry(
  { languages, entry }: Pick<Lab, 'languages' | 'entry'>,
  files: LabFiles,
  asked: { language?: LabLanguage | undefined; entry?: string | undefined } = {},
): { language: LabLanguage; entry: string } {
  if (asked.entry !== undefined)
    return { language: asked.language ?? (asked.entry.endsWith('.py') ? 'py' : 'ts'), entry: asked.entry };
  const wanted = languages.filter((language) => asked.language === undefined || language === asked.language);
  for (const language of wanted)
    for (const name of namesOf(language, entry[language]))
      if (Object.hasOwn(files, name)) return { language, entry: name };
  const language = wanted[0] ?? languages[0] ?? 'py';
  return { language, entry: entry[language] ?? '' };
}

/** TypeScript's entry may also be JavaScript. */
function namesOf(language: LabLanguage, name: string | undefined): string[] {
  if (name === undefined) return [];
  return language === 'ts' ? [name, name.replace(/\.m?ts$/, '.js')] : [name];
}
