import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { AnkiCollection, Skipped } from './collection.ts';
import { PACKAGE_LIMITS, sayBytes, type PackageLimits } from './limits.ts';
import { readMediaMap } from './media-map.ts';
import { PackageError } from './package-error.ts';
import { openCollection, toPackageError } from './read-collection.ts';

/** One picture or sound of a package, as it is read. */
export interface PackageMedia {
  name: string;
  /** SHA-256, hex. */
  hash: string;
  data: Buffer;
}

/** An open package; must be closed, which removes what was unpacked. */
export interface AnkiPackage extends AnkiCollection {
  layout: 'anki2' | 'anki21' | 'anki21b';
  /** Reads the media one by one. @param wanted which names to read at all */
  media(wanted: (name: string) => boolean): AsyncIterable<PackageMedia>;
  /** What was left out while reading. */
  skipped: Skipped[];
  close(): Promise<void>;
}

const LAYOUTS = ['anki21b', 'anki21', 'anki2'] as const;

/**
 * Opens an `.apkg` or `.colpkg`. Sizes are checked before and while unpacking; nothing is written under a name that the package chose.
 * @param folder where the collection is unpacked to
 * @throws PackageError
 */
export async function openPackage(
  file: string,
  { limits = PACKAGE_LIMITS, folder = tmpdir() }: { limits?: PackageLimits; folder?: string } = {},
): Promise<AnkiPackage> {
  const zip = await openZip(file);
  let place: string | undefined;
  try {
    const entries = await listEntries(zip, limits);
    const layout = LAYOUTS.find((name) => entries.has(`collection.${name}`));
    if (layout === undefined)
      throw new PackageError(
        'It holds no collection. An .apkg or .colpkg that Anki exported holds one; this may be something else.',
      );
    const collection = entries.get(`collection.${layout}`) as Entry;
    place = await mkdtemp(join(folder, 'edirae-deck-'));
    const unpacked = join(place, 'collection');
    await unpack(zip, collection, unpacked, { zstd: layout === 'anki21b', limit: limits.collectionBytes });
    const opened = openCollection(unpacked, limits);
    const skipped: Skipped[] = [];
    const removed = place;
    return {
      ...opened,
      layout,
      skipped,
      media: (wanted) => readMedia(zip, entries, { zstd: layout === 'anki21b', limits, wanted, skipped }),
      close: async () => {
        opened.close();
        zip.close();
        await rm(removed, { recursive: true, force: true });
      },
    };
  } catch (error) {
    zip.close();
    if (place !== undefined) await rm(place, { recursive: true, force: true });
    throw toReason(error);
  }
}

async function openZip(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { autoClose: false, strictFileNames: false });
  } catch (error) {
    throw toReason(error);
  }
}

async function listEntries(zip: ZipFile, limits: PackageLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries)
    throw new PackageError(
      `It holds ${zip.entryCount.toLocaleString('en')} files; at most ${limits.entries.toLocaleString('en')} are taken.`,
    );
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    // Whatever a name says, only these are looked at: the collection, the list of media, and numbered files.
    if (!/^(?:collection\.anki2(?:1b?)?|media|meta|\d{1,9})$/.test(entry.fileName)) continue;
    if (entries.has(entry.fileName)) throw new PackageError(`It holds “${entry.fileName}” twice.`);
    if (entry.isEncrypted()) throw new PackageError('It is encrypted.');
    entries.set(entry.fileName, entry);
  }
  return entries;
}

interface Unpacking {
  zstd: boolean;
  limit: number;
}

async function unpack(zip: ZipFile, entry: Entry, to: string, options: Unpacking): Promise<void> {
  const parts = await openParts(zip, entry, options);
  await pipeline([...parts, createWriteStream(to, { mode: 0o600 })]);
}

async function readWhole(zip: ZipFile, entry: Entry, options: Unpacking): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const [source, ...transforms] = await openParts(zip, entry, options);
  await pipeline([
    source as Readable,
    ...transforms,
    async (stream: AsyncIterable<Buffer>) => {
      for await (const chunk of stream) chunks.push(chunk);
    },
  ] as unknown as [Readable]);
  return Buffer.concat(chunks);
}

async function openParts(
  zip: ZipFile,
  entry: Entry,
  { zstd, limit }: Unpacking,
): Promise<[Readable, ...Transform[]]> {
  const what = `“${entry.fileName}”`;
  if (entry.uncompressedSize > limit)
    throw new PackageError(
      `${what} is ${sayBytes(entry.uncompressedSize)} unpacked; at most ${sayBytes(limit)} are taken.`,
    );
  const source = await zip.openReadStreamPromise(entry);
  return [source, ...(zstd ? [createZstdDecompress()] : []), bounded(what, limit)];
}

/** Ends where more comes out than was promised or is allowed, whatever the package says of its size. */
function bounded(what: string, limit: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > limit)
        done(new PackageError(`${what} unpacks to more than ${sayBytes(limit)}; nothing was taken.`));
      else done(null, chunk);
    },
  });
}

async function* readMedia(
  zip: ZipFile,
  entries: ReadonlyMap<string, Entry>,
  options: {
    zstd: boolean;
    limits: PackageLimits;
    wanted: (name: string) => boolean;
    skipped: Skipped[];
  },
): AsyncIterable<PackageMedia> {
  const { zstd, limits, wanted, skipped } = options;
  const list = entries.get('media');
  if (list === undefined) return;
  try {
    const names = readMediaMap(await readWhole(zip, list, { zstd, limit: 16 * 1024 * 1024 }), zstd);
    let total = 0;
    for (const [entryName, name] of names) {
      const entry = entries.get(entryName);
      if (entry === undefined) {
        skipped.push({ what: `media ${name.slice(0, 120)}`, why: 'is listed, but not in the package' });
        continue;
      }
      if (!wanted(name)) continue;
      if (entry.uncompressedSize > limits.mediaFileBytes) {
        skipped.push({
          what: `media ${name.slice(0, 120)}`,
          why: `is larger than ${sayBytes(limits.mediaFileBytes)}`,
        });
        continue;
      }
      const data = await readWhole(zip, entry, { zstd, limit: limits.mediaFileBytes });
      total += data.length;
      if (total > limits.mediaBytes)
        throw new PackageError(
          `Its pictures and sounds are more than ${sayBytes(limits.mediaBytes)} together. Export it without media, or in parts.`,
        );
      yield { name, hash: createHash('sha256').update(data).digest('hex'), data };
    }
  } catch (error) {
    throw toReason(error);
  }
}

/** What the libraries say of a broken package, in words; failures of this machine stay as they are. */
function toReason(error: unknown): unknown {
  const known = toPackageError(error);
  if (known instanceof PackageError || !(known instanceof Error)) return known;
  const { code, syscall } = known as NodeJS.ErrnoException;
  if (syscall !== undefined) return known;
  if (
    code?.startsWith('ZSTD') ||
    code?.startsWith('Z_') ||
    code?.startsWith('ERR_ZSTD') ||
    code === undefined
  )
    return new PackageError(`It cannot be unpacked: ${known.message.replace(/\.$/, '').slice(0, 200)}.`);
  return known;
}
