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

/** What of a lab decides whether a submission may run. */
export type Wanted = Pick<LabManifest, 'entry' | 'languages'>;

/** A submission from files by path (with `/`), contents as bytes or text; `entry` decides its language. */
export function toSubmission(
  lab: Wanted,
  files: ReadonlyMap<string, Uint8Array | string>,
  entry: string,
): Submission {
  const language = languageOf(entry);
  if (language === undefined)
    return rejected(null, `Its language is not known: ${entry} ends in none of ${knownExtensions()}.`);
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
    bytes += typeof content === 'string' ? new TextEncoder().encode(content).length : content.length;
    if (bytes > MAX_BYTES) return rejected(language, tooLarge());
    if (text === undefined) {
      if (languageOf(path) !== undefined) return rejected(language, `${path} is not UTF-8 text.`);
      continue;
    }
    Object.defineProperty(texts, path, { value: text, enumerable: true });
  }
  return { kind: 'program', program: { language, entry, files: texts } };
}

const TITLES: Readonly<Record<Language, string>> = { py: 'Python', ts: 'TypeScript or JavaScript' };

export function rejected(language: SourceLanguage | null, reason: string): Submission {
  return { kind: 'rejected', language, reason };
}

export function knownExtensions(): string {
  return Object.keys(EXTENSIONS).join(', ');
}

export function tooLarge(): string {
  return `It is too large: all files together may hold ${MAX_BYTES / 1024} KiB.`;
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What a file is written in, by its ending; undefined for what is no source. */
export function languageOf(path: string): SourceLanguage | undefined {
  const ending = /\.[a-z]+$/.exec(path)?.[0] ?? '';
  return Object.hasOwn(EXTENSIONS, ending) ? EXTENSIONS[ending] : undefined;
}
