import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';

/** A file that came with a form, on the disk; must be removed. */
export interface ReceivedFile {
  /** As the sender called it: to be shown, never to be opened. */
  name: string;
  path: string;
  bytes: number;
  fields: Record<string, string>;
  remove(): Promise<void>;
}

/**
 * Writes the file of a form to the disk as it arrives, so that a large one is never in memory.
 * @param limit bytes; more is cut off and told
 * @returns a reason where there is no such file
 */
export async function receiveFile(
  request: Request,
  { folder, limit }: { folder: string; limit: number },
): Promise<ReceivedFile | 'no-file' | 'too-large'> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data') || request.body === null) return 'no-file';
  const place = await mkdtemp(join(folder, 'edirae-in-'));
  const remove = async (): Promise<void> => rm(place, { recursive: true, force: true });
  const path = join(place, 'file');
  const received = { name: '', bytes: 0, isCut: false, fields: {} as Record<string, string> };
  let writing: Promise<void> | undefined;
  try {
    const form = new Busboy({
      headers: { 'content-type': type },
      limits: { files: 1, fields: 10, fieldSize: 10_000, fileSize: limit, parts: 20 },
    });
    form.on('file', (_field, stream, name) => {
      received.name = name ?? '';
      stream.on('data', (chunk: Buffer) => (received.bytes += chunk.length));
      stream.on('limit', () => (received.isCut = true));
      writing = pipeline(stream, createWriteStream(path, { mode: 0o600 }));
      // Awaited below; a failure before that must not end the process.
      writing.catch(() => undefined);
    });
    form.on('field', (name, value) => (received.fields[name] = value));
    await pipeline(Readable.fromWeb(request.body as never), form);
    await writing;
  } catch (error) {
    await remove();
    if (error instanceof Error && /multipart|form/i.test(error.message)) return 'no-file';
    throw error;
  }
  if (writing === undefined || received.bytes === 0 || received.isCut) {
    await remove();
    return received.isCut ? 'too-large' : 'no-file';
  }
  const { name, bytes, fields } = received;
  return { name, path, bytes, fields, remove };
}
