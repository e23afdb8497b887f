import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';
import type { Language, LabManifest } from '../contract/lab.ts';
import type { Program, SourceLanguage } from '../sandbox/sandbox.ts';

/** A submission is either a program that may run, or rejected for a reason that its author can act on. */
export type Submission =
  | { kind: 'program'; program: Program }
  | { kind: 'rejected'; language: SourceLanguage | null; reason: string };

/** Text of all files together, in bytes. A lab's solution is a few kilobytes. */
export const MAX_BYTES = 256 * 1024;
export const MAX_FILES = 64;

const EXTENSIONS: Readonly<Record<string, SourceLanguage>> = {
  '.py': 'py',
  '.ts': 'ts',
  '.mts': 'ts',
  '.js': 'js',
  '.mjs': 'js',
};

/** Left out of a submission: what tools leave behind. */
const IGNORED = /^(\..*|__pycache__|node_modules|build|dist)$/;

type Wanted = Pick<LabManifest, 'entry' | 'languages'>;

/**
 * Reads a submission: a file, which is then the entry whatever its name, or a folder that holds the lab's entry file.
 * Where a folder holds entries for several languages, `language` chooses, else the lab's first. Links are not followed.
 * Throws only if the path does not exist.
 */
export function readSubmission(lab: Wanted, path: string, language?: Language): Submission {
  const real = realpathSync(path);
  const files = new Map<string, Buffer>();
  if (!statSync(real).isDirectory()) {
    const found = EXTENSIONS[extname(real)];
    if (found === undefined)
      return rejected(null, `Its language is not known: ${basename(real)} ends in none of ${known()}.`);
    if (statSync(real).size > MAX_BYTES) return rejected(found, tooLarge());
    files.set(basename(real), readFileSync(real));
    return toSubmission(lab, files, basename(real));
  }
  const problem = readTree(real, real, files);
  if (problem !== undefined) return rejected(null, problem);
  const entry = findEntry(lab, [...files.keys()], language);
  if (entry === undefined)
    return rejected(null, `The entry file is missing: ${entryNames(lab, language).join(' or ')}.`);
  return toSubmission(lab, files, entry);
}

/** The same for files that were sent rather than read: paths with `/`, contents as bytes or text. */
export function toSubmission(
  lab: Wanted,
  files: ReadonlyMap<string, Uint8Array | string>,
  entry: string,
): Submission {
  const language = EXTENSIONS[extname(entry)];
  if (language === undefined)
    return rejected(null, `Its language is not known: ${entry} ends in none of ${known()}.`);
  if (!lab.languages.includes(language === 'py' ? 'py' : 'ts'))
    return rejected(
      language,
      `This lab is solved in ${lab.languages.map((name) => TITLES[name]).join(' or ')}.`,
    );
  if (!files.has(entry)) return rejected(language, `The entry file is missing: ${entry}.`);
  if (files.size > MAX_FILES) return rejected(language, `It has more than ${MAX_FILES} files.`);
  const texts: Record<string, string> = {};
  let bytes = 0;
  for (const [path, content] of files) {
    const text = typeof content === 'string' ? content : decodeText(content);
    bytes += typeof content === 'string' ? Buffer.byteLength(content) : content.length;
    if (bytes > MAX_BYTES) return rejected(language, tooLarge());
    if (text === undefined) {
      if (EXTENSIONS[extname(path)] !== undefined) return rejected(language, `${path} is not UTF-8 text.`);
      continue;
    }
    Object.defineProperty(texts, path, { value: text, enumerable: true });
  }
  return { kind: 'program', program: { language, entry, files: texts } };
}

const TITLES: Readonly<Record<Language, string>> = { py: 'Python', ts: 'TypeScript or JavaScript' };

function rejected(language: SourceLanguage | null, reason: string): Submission {
  return { kind: 'rejected', language, reason };
}

function known(): string {
  return Object.keys(EXTENSIONS).join(', ');
}

function tooLarge(): string {
  return `It is too large: all files together may hold ${MAX_BYTES / 1024} KiB.`;
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Names that an entry may have: TypeScript's may also be JavaScript. */
function entryNames(lab: Wanted, language?: Language): string[] {
  return lab.languages
    .filter((candidate) => language === undefined || candidate === language)
    .flatMap((candidate) => {
      const name = lab.entry[candidate];
      if (name === undefined) return [];
      return candidate === 'ts' ? [name, name.replace(/\.m?ts$/, '.js')] : [name];
    });
}

function findEntry(lab: Wanted, paths: readonly string[], language?: Language): string | undefined {
  return entryNames(lab, language).find((name) => paths.includes(name));
}

/** Fills `files` with every regular file below `folder`; returns what is wrong with it, if anything. */
function readTree(root: string, folder: string, files: Map<string, Buffer>): string | undefined {
  for (const name of readdirSync(folder).sort()) {
    if (IGNORED.test(name)) continue;
    const path = join(folder, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) {
      const problem = readTree(root, path, files);
      if (problem !== undefined) return problem;
    } else if (stat.isFile()) {
      if (files.size >= MAX_FILES) return `It has more than ${MAX_FILES} files.`;
      if (stat.size > MAX_BYTES) return tooLarge();
      files.set(relative(root, path).split(sep).join('/'), readFileSync(path));
    }
  }
  return undefined;
}
