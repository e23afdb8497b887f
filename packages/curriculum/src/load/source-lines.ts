import type { Curriculum } from '../curriculum.ts';
import { findYaml } from './parse-file.ts';
import type { YamlFile } from './parse-file.ts';
import type { FileTree } from './read-tree.ts';

const trees = new WeakMap<Curriculum, FileTree>();
const parsed = new WeakMap<Curriculum, Map<string, YamlFile | undefined>>();

/** Keeps the files a curriculum came from, so that later findings can name a line. */
export function keepSources(curriculum: Curriculum, tree: FileTree): void {
  trees.set(curriculum, tree);
}

/** The text of a content file; undefined where there is none. */
export function findSource(curriculum: Curriculum, file: string): string | undefined {
  return trees.get(curriculum)?.get(file);
}

/** The line of a value in a YAML file, or the line on which a text first stands; null where it cannot be told. */
export function findLine(
  curriculum: Curriculum,
  file: string,
  at: readonly PropertyKey[] | string,
): number | null {
  const text = findSource(curriculum, file);
  if (text === undefined) return null;
  if (typeof at === 'string') {
    const offset = text.indexOf(at);
    return offset < 0 ? null : text.slice(0, offset).split('\n').length;
  }
  if (at.length === 0 || !file.endsWith('.yaml')) return null;
  // Files are read a second time only where something is wrong with them.
  const files = parsed.get(curriculum) ?? new Map<string, YamlFile | undefined>();
  parsed.set(curriculum, files);
  if (!files.has(file)) files.set(file, findYaml(text, file, []));
  return files.get(file)?.lineOf(at) ?? null;
}
