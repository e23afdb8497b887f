import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { OutPackage } from './out-package.ts';
import { writeCollection } from './write-collection.ts';

/**
 * Writes an `.apkg` in the layout that Anki has read since 2.0. Where a version before 2.1.55 has its second scheduler on, it takes such a package
 * without schedules only.
 * @param media read one after another as they are written; each under the name that fields call it by
 * @param folder where the collection is built
 */
export async function writePackage(
  file: string,
  out: OutPackage,
  media: AsyncIterable<{ name: string; data: Uint8Array }>,
  folder: string = tmpdir(),
): Promise<void> {
  const place = await mkdtemp(join(folder, 'edirae-deck-'));
  try {
    const collection = join(place, 'collection.anki2');
    writeCollection(collection, out);
    const zip = new ZipFile();
    const written = pipeline(
      zip.outputStream as NodeJS.ReadableStream,
      createWriteStream(file, { mode: 0o600 }),
    );
    zip.addFile(collection, 'collection.anki2');
    const names: Record<string, string> = {};
    let n = 0;
    for await (const { name, data } of media) {
      zip.addBuffer(Buffer.from(data), String(n), { compress: false });
      names[String(n)] = name;
      n += 1;
    }
    zip.addBuffer(Buffer.from(JSON.stringify(names)), 'media');
    zip.end();
    await written;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
