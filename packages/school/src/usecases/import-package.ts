import { openPackage, PackageError } from '@edirae/anki';
import { importCollection, type Imported } from '../cards/import-collection.ts';
import { renameTaken, storeMedia } from '../cards/import-media.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import { deleteUnusedMedia } from '../store/cards/media.ts';
import { transact } from '../store/transaction.ts';

export type ImportPackage =
  | ({ outcome: 'imported' } & Imported)
  /** It cannot be taken over; nothing of it was. */
  | { outcome: 'refused'; why: string }
  /** Another package is being read here. */
  | { outcome: 'busy' }
  | RateLimited;

/** Reading one takes a process's attention for seconds: one at a time. */
let isReading = false;

/**
 * Takes an `.apkg` or `.colpkg` over: notes, cards, media, tags and the review history, which becomes schedules. What is here already is
 * found again and not doubled. All of it is kept, or nothing: one transaction.
 */
export async function importPackage(school: School, learnerId: string, file: string): Promise<ImportPackage> {
  const limited = await school.limiter.take('import', learnerId, school.clock());
  if (limited) return limited;
  if (isReading) return { outcome: 'busy' };
  isReading = true;
  try {
    return await readIn(school, learnerId, file);
  } catch (error) {
    if (error instanceof PackageError) return { outcome: 'refused', why: error.message };
    throw error;
  } finally {
    isReading = false;
  }
}

async function readIn(school: School, learnerId: string, file: string): Promise<ImportPackage> {
  const source = await openPackage(file, { folder: school.config.dataDir });
  let isNamed = false;
  try {
    const held = await createCardStore(school.db, learnerId).sumMedia();
    const media = await storeMedia(school.db, source, held);
    const imported = await actOn(school, learnerId, async (tx) => {
      const store = createCardStore(tx.queries, learnerId);
      const renamed = renameTaken(media.files, await store.listMediaNames());
      const result = await importCollection(school, store, source, { now: tx.now, renamed });
      const stored = await store.listStoredHashes(media.files.map(({ hash }) => hash));
      // Somebody who had the same file was erased in this very moment, and the file with them.
      if (media.files.some(({ hash }) => !stored.has(hash)))
        throw new PackageError('Its pictures were removed while it was read. Try again.');
      for (const { name, hash } of media.files) await store.nameMedia(renamed.get(name) ?? name, hash);
      return result;
    });
    isNamed = true;
    return {
      outcome: 'imported',
      ...imported,
      media: media.files.length,
      skipped: [...media.skipped, ...imported.skipped],
    };
  } finally {
    await source.close();
    if (!isNamed) await transact(school.db, (tx) => deleteUnusedMedia(tx));
  }
}
