import { readFile, rename, writeFile } from 'node:fs/promises';
import { createSearch, type Curriculum, type KeptIndex, type Matcher, type Search } from '@edirae/curriculum';

/**
 * The search over a curriculum, made when it is first asked for and once a process. The index is kept beside the data, so that the next
 * start reads it; a kept one that is damaged or of other content is made anew.
 * @param file where the index is kept; null keeps none
 */
export function lazySearch(
  curriculum: Curriculum,
  matcher: Matcher,
  file: string | null,
): () => Promise<Search> {
  let made: Promise<Search> | undefined;
  return () => (made ??= open(curriculum, matcher, file));
}

async function open(curriculum: Curriculum, matcher: Matcher, file: string | null): Promise<Search> {
  const kept = file === null ? null : await readKept(file);
  try {
    const search = createSearch(curriculum, matcher, kept ?? undefined);
    if (file !== null && !search.isKept) await keep(file, search);
    return search;
  } catch (error) {
    if (kept === null) throw error;
    // What is kept is a copy of what the content says: nothing is lost by making it again.
    return createSearch(curriculum, matcher);
  }
}

async function readKept(file: string): Promise<KeptIndex | null> {
  try {
    const kept: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof kept === 'object' && kept !== null && 'of' in kept ? (kept as KeptIndex) : null;
  } catch {
    return null;
  }
}

/** Whole or not at all; a folder that cannot be written costs time at the next start and nothing else. */
async function keep(file: string, search: Search): Promise<void> {
  const part = `${file}.${process.pid}`;
  await writeFile(part, JSON.stringify(search.keep()))
    .then(() => rename(part, file))
    .catch(() => undefined);
}
