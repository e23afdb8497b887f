import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseBrowserLab } from '@edirae/labs/browser';
import { readSubmission, type Lab } from '@edirae/labs';
import { z } from 'zod';
import { ServerRefused } from './lab-refused.ts';

/** What is remembered of a pull, in `.edirae/lab.json`: nothing secret. */
const schema = z.object({
  version: z.literal(1),
  server: z.string(),
  lab: z.string(),
  language: z.enum(['py', 'ts']),
  /** The version of the work on the server that this folder goes on from; 0 for none. */
  base: z.int().min(0),
  /** Manifest and visible tests. */
  visible: z.unknown(),
  /** SHA-256 of each file as it was pulled: one that is still so may be brought up to date. */
  pulled: z.record(z.string(), z.string()),
});
export type PulledLab = z.infer<typeof schema>;

/** Written for reading; not part of the work. */
export const INSTRUCTIONS = 'INSTRUCTIONS.md';

const MEMORY = '.edirae';

/** Plain names below the folder, as servers send them. */
const PATH = /^[A-Za-z0-9_][A-Za-z0-9_. -]*(\/[A-Za-z0-9_][A-Za-z0-9_. -]*)*$/;

/** @throws ServerRefused where no lab was pulled into the folder */
export function readPulled(folder: string): PulledLab {
  const file = join(folder, MEMORY, 'lab.json');
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new ServerRefused(
      `No lab was pulled into ${resolve(folder)}. Get one with: edirae lab pull <lab id>, then go into its folder.`,
    );
  }
}

export function findPulled(folder: string): PulledLab | undefined {
  return existsSync(join(folder, MEMORY, 'lab.json')) ? readPulled(folder) : undefined;
}

export function writePulled(folder: string, pulled: PulledLab): void {
  mkdirSync(join(folder, MEMORY), { recursive: true });
  writeFileSync(join(folder, MEMORY, 'lab.json'), `${JSON.stringify(pulled, null, 2)}\n`);
}

export function toLab({ visible }: PulledLab): Lab {
  return parseBrowserLab(visible);
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What became of a file of the server's in a folder. */
export type Placed = 'new' | 'same' | 'updated' | 'kept';

/**
 * Puts a file of the server's into the folder. What the learner changed is never written over: then the server's lies under
 * `.edirae/from-server/`.
 * @param pulled its hash when it was last pulled
 * @throws ServerRefused on a path that leads out of the folder
 */
export function placeFile(folder: string, path: string, text: string, pulled: string | undefined): Placed {
  if (!PATH.test(path) || path.length > 200)
    throw new ServerRefused(`The server names a file that is none: ${JSON.stringify(path.slice(0, 80))}.`);
  const file = join(folder, path);
  refuseLinks(folder, path);
  if (!existsSync(file)) {
    write(file, text, 'wx');
    return 'new';
  }
  const own = readFileSync(file, 'utf8');
  if (own === text) return 'same';
  if (pulled !== undefined && hashOf(own) === pulled) {
    write(file, text, 'w');
    return 'updated';
  }
  write(join(folder, MEMORY, 'from-server', path), text, 'w');
  return 'kept';
}

/** A link in the folder could make a pull write somewhere else. */
function refuseLinks(folder: string, path: string): void {
  const parts = path.split('/');
  for (let n = 1; n <= parts.length; n++) {
    const part = join(folder, ...parts.slice(0, n));
    if (lstatSync(part, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new ServerRefused(`${part} is a link. A pull writes into its own folder only.`);
  }
}

function write(file: string, text: string, flag: 'w' | 'wx'): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag });
}

/** The work in a folder, as it would be handed in. @throws ServerRefused in words, where it cannot be */
export function readWork(
  folder: string,
  pulled: PulledLab,
): { files: Record<string, string>; entry: string } {
  const submission = readSubmission(toLab(pulled), folder, pulled.language);
  if (submission.kind === 'rejected') throw new ServerRefused(`${submission.reason} Nothing was sent.`);
  const { files, entry } = submission.program;
  return {
    files: Object.fromEntries(Object.entries(files).filter(([path]) => path !== INSTRUCTIONS)),
    entry,
  };
}
