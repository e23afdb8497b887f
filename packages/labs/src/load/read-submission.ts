import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { Language } from '../contract/lab.ts';
import {
  knownExtensions,
  languageOf,
  MAX_BYTES,
  MAX_FILES,
  rejected,
  tooLarge,
  toSubmission,
  type Submission,
  type Wanted,
} from './to-submission.ts';

/** Left out of a submission: what tools leave behind. */
const IGNORED = /^(\..*|__pycache__|node_modules|build|dist)$/;

/**
 * Reads a submission: a file, which is then the entry whatever its name, or a folder that holds the lab's entry file.
 * Where a folder holds entries for several languages, `language` chooses, else the lab's first. Links are not followed.
 * Throws only if the path does not exist.
 */
export function readSubmission(lab: Wanted, path: string, language?: Language): Submission {
  const real = realpathSync(path);
  const files = new Map<string, Buffer>();
  if (!statSync(real).isDirectory()) {
    const found = languageOf(real);
    if (found === undefined)
      return rejected(
        null,
        `Its language is not known: ${basename(real)} ends in none of ${knownExtensions()}.`,
      );
    if (!statSync(real).isFile()) return rejected(found, `${basename(real)} is no file.`);
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
