import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { languageOf, listTests, loadLab, type Lab } from '@edirae/labs';
import type { LabFiles, LabLanguage } from '../store/lab-drafts.ts';
import type { Log } from '../telemetry/log.ts';

/** A lab with all that a learner may read, and what stays here: hidden tests and, until a pass, the solution. */
export interface ShelvedLab {
  lab: Lab;
  /** SHA-256 of what decides: manifest and tests. */
  hash: string;
  instructions: string;
  /** The first paragraph of the instructions, as plain text. */
  story: string;
  hints: { title: string; text: string }[];
  starter: Partial<Record<LabLanguage, LabFiles>>;
  solution: Partial<Record<LabLanguage, LabFiles>>;
  /** How many hidden tests decide. */
  hidden: number;
}

/** The labs of the content, read when they are first asked for and then kept. */
export interface LabShelf {
  find(id: string): Promise<ShelvedLab | undefined>;
  /** In the order of the curriculum. */
  list(): Promise<ShelvedLab[]>;
}

/** @param ids the labs that the curriculum knows; a folder beside them is not served */
export function createLabShelf(contentDir: string, ids: readonly string[], log: Log): LabShelf {
  const kept = new Map<string, Promise<ShelvedLab | undefined>>();
  const find = (id: string): Promise<ShelvedLab | undefined> => {
    if (!ids.includes(id)) return Promise.resolve(undefined);
    const known = kept.get(id);
    if (known) return known;
    const reading = readLab(join(contentDir, 'labs', id)).catch((error: unknown) => {
      // The others can be worked on; this one is tried again when it is next asked for.
      kept.delete(id);
      log.error('labs', { lab: id, problem: error instanceof Error ? error.message : String(error) });
      return undefined;
    });
    kept.set(id, reading);
    return reading;
  };
  const list = async () => (await Promise.all(ids.map(find))).filter((lab) => lab !== undefined);
  return { find, list };
}

async function readLab(folder: string): Promise<ShelvedLab> {
  const lab = await loadLab(folder);
  const instructions = readText(folder, 'instructions.md');
  return {
    lab,
    hash: hashOf(folder),
    instructions,
    story: storyOf(instructions),
    hints: toHints(readText(folder, 'hints.md')),
    starter: byLanguage(lab, readFiles(join(folder, 'starter'))),
    solution: byLanguage(lab, readFiles(join(folder, 'solution'))),
    hidden: listTests({ lab, seed: 1 }).filter((test) => !test.visible).length,
  };
}

function readText(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return '';
  }
}

function hashOf(folder: string): string {
  const hash = createHash('sha256').update(readText(folder, 'lab.yaml'));
  for (const [path, text] of Object.entries(readFiles(join(folder, 'tests'))))
    hash.update(`\0${path}\0${text}`);
  return hash.digest('hex');
}

/** Texts below a folder by path, in alphabetical order; empty where there is none. */
function readFiles(root: string): LabFiles {
  const files: Record<string, string> = {};
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else files[relative(root, path).split(sep).join('/')] = readFileSync(path, 'utf8');
    }
  };
  try {
    visit(root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return files;
}

/** Sources of one language, and what is no source, which belongs to all. */
function byLanguage(lab: Lab, files: LabFiles): Partial<Record<LabLanguage, LabFiles>> {
  const of = (language: LabLanguage) =>
    Object.fromEntries(
      Object.entries(files).filter(([path]) => {
        const written = languageOf(path);
        return written === undefined || (written === 'py') === (language === 'py');
      }),
    );
  return Object.fromEntries(lab.languages.map((language) => [language, of(language)]));
}

function toHints(markdown: string): ShelvedLab['hints'] {
  return markdown
    .split(/^## +/m)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return { title: title.trim(), text: lines.join('\n').trim() };
    });
}

function storyOf(markdown: string): string {
  const paragraph =
    markdown.split(/\n\s*\n/).find((part) => part.trim() !== '' && !part.startsWith('#')) ?? '';
  return paragraph
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`_]{1,2}(?=\S)|(?<=\S)[*`_]{1,2}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
