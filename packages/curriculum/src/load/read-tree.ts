import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the vocabulary lives, relative to the content folder. */
export const VOCABULARY_FOLDER = 'vocabulary';

/** Every content file as text, by its path relative to the content folder. */
export type FileTree = ReadonlyMap<string, string>;

/** Larger files are no content; reading stops before they can hurt. */
const LARGEST_FILE = 1_000_000;

/** The files that stand beside the folders. */
const FILES = ['resources.yaml', 'certifications.yaml', 'interviews.yaml'];

/** The folders that are read. */
const FOLDERS = ['modules', 'careers', VOCABULARY_FOLDER];

/** Of labs only what a track needs; tests and solutions are for the labs' own package. */
const LAB_FILE = /^labs\/[^/]+\/lab\.yaml$/;

/** Reads `modules/`, `careers/`, `vocabulary/` and the files beside them. A folder that does not exist gives an empty tree. */
export async function readTree(dir: string): Promise<FileTree> {
  const lists = await Promise.all(FOLDERS.map((folder) => listFiles(dir, folder)));
  const labs = (await listFiles(dir, 'labs')).filter((path) => LAB_FILE.test(path));
  const paths = [...FILES, ...lists.flat(), ...labs];
  const entries = await Promise.all(
    paths.map(async (path) => [path, await findText(join(dir, path))] as const),
  );
  return new Map(entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

async function listFiles(dir: string, under: string): Promise<string[]> {
  const entries = await readdir(join(dir, under), { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(dir.length).replaceAll('\\', '/').replace(/^\/+/, ''),
    )
    .sort();
}

async function findText(path: string): Promise<string | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    return text.length > LARGEST_FILE ? text.slice(0, LARGEST_FILE) : text.replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
