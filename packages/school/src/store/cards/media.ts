import type { Queries } from '../transaction.ts';

const NAMES = 500;

/** A picture or a sound, stored once for whoever has it. */
export interface MediaFile {
  /** SHA-256 of its bytes, hex. */
  hash: string;
  type: string;
  data: Uint8Array;
}

/** Which names a learner has, and what they stand for. */
export async function listMediaNames(db: Queries, learnerId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('card_media')
    .select(['name', 'hash'])
    .where('learner_id', '=', learnerId)
    .execute();
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

/** How many bytes a learner's media take. */
export async function sumMedia(db: Queries, learnerId: string): Promise<number> {
  const row = await db
    .selectFrom('media_files')
    .select((eb) => eb.fn.sum('bytes').as('bytes'))
    .where('hash', 'in', (eb) =>
      eb.selectFrom('card_media').select('hash').where('learner_id', '=', learnerId),
    )
    .executeTakeFirst();
  return Number(row?.bytes ?? 0);
}

/** Of these hashes, those that are stored already, whoever brought them. */
export async function listStoredHashes(db: Queries, hashes: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (let i = 0; i < hashes.length; i += NAMES) {
    const rows = await db
      .selectFrom('media_files')
      .select('hash')
      .where('hash', 'in', hashes.slice(i, i + NAMES))
      .execute();
    for (const { hash } of rows) found.add(hash);
  }
  return found;
}

export async function insertMediaFile(db: Queries, file: MediaFile): Promise<void> {
  await db
    .insertInto('media_files')
    .values({ hash: file.hash, type: file.type, bytes: file.data.byteLength, data: file.data })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

export async function nameMedia(db: Queries, learnerId: string, name: string, hash: string): Promise<void> {
  await db
    .insertInto('card_media')
    .values({ learner_id: learnerId, name, hash })
    .onConflict((conflict) => conflict.columns(['learner_id', 'name']).doUpdateSet({ hash }))
    .execute();
}

/** A file, for a learner who has it under some name. */
export async function findMediaFile(
  db: Queries,
  learnerId: string,
  hash: string,
): Promise<MediaFile | undefined> {
  return db
    .selectFrom('media_files')
    .select(['hash', 'type', 'data'])
    .where('hash', '=', hash)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('card_media')
          .select('name')
          .whereRef('card_media.hash', '=', 'media_files.hash')
          .where('learner_id', '=', learnerId),
      ),
    )
    .executeTakeFirst();
}

/** Forgets files that nobody has any more. */
export async function deleteUnusedMedia(db: Queries): Promise<void> {
  await db
    .deleteFrom('media_files')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('card_media').select('name').whereRef('card_media.hash', '=', 'media_files.hash'),
        ),
      ),
    )
    .execute();
}
