import { sayBytes, type AnkiPackage, PackageError, type Skipped } from '@edirae/anki';
import { transact, type Queries } from '../store/transaction.ts';
import { insertMediaFile, listStoredHashes } from '../store/cards/media.ts';
import { mediaType } from './media-type.ts';

/** Bytes of pictures and sounds that are kept for one learner. */
export const MEDIA_QUOTA = 256 * 1024 * 1024;

/** What is to be named once the notes are in: the bytes are stored already, under their hashes. */
export interface ReadMedia {
  files: { name: string; hash: string; bytes: number }[];
  skipped: Skipped[];
}

/** Names that no card shows: fonts, styles and scripts of templates. */
const ONLY_TEMPLATES = /^_|\.(?:css|js|mjs|html?|ttf|otf|woff2?|eot|json|dat)$/i;

/**
 * Reads a package's pictures and sounds one at a time, so that none but the one at hand is in memory, and stores each once. Until a
 * learner's transaction names them they belong to nobody, and {@link forgetUnnamed} removes them.
 */
export async function storeMedia(db: Queries, source: AnkiPackage, held: number): Promise<ReadMedia> {
  const read: ReadMedia = { files: [], skipped: [] };
  const skip = (name: string, why: string): false => {
    read.skipped.push({ what: `media ${name.slice(0, 120)}`, why });
    return false;
  };
  const wanted = (name: string): boolean =>
    !ONLY_TEMPLATES.test(name) ||
    skip(name, 'is no picture or sound: styles, fonts and scripts of templates are not used');
  let total = held;
  for await (const { name, hash, data } of source.media(wanted)) {
    const type = mediaType(data);
    if (type === undefined) {
      skip(name, 'is not a picture or sound of a kind that is shown here');
      continue;
    }
    total += data.length;
    if (total > MEDIA_QUOTA)
      throw new PackageError(
        `Your pictures and sounds would be more than ${sayBytes(MEDIA_QUOTA)} together. Export the deck without media, or in parts. Nothing was taken over.`,
      );
    if ((await listStoredHashes(db, [hash])).size === 0)
      await transact(db, (tx) => insertMediaFile(tx, { hash, type, data }));
    read.files.push({ name, hash, bytes: data.length });
  }
  return read;
}

/** Under which names files go in, where a name is taken by another picture. @returns new names by those of the package */
export function renameTaken(
  files: readonly { name: string; hash: string }[],
  known: ReadonlyMap<string, string>,
): Map<string, string> {
  const renamed = new Map<string, string>();
  for (const { name, hash } of files) {
    const before = known.get(name);
    if (before === undefined || before === hash) continue;
    const dot = name.lastIndexOf('.');
    const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    renamed.set(name, `${stem.slice(0, 200)}-${hash.slice(0, 8)}${ending}`);
  }
  return renamed;
}
