import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { exportCards } from '@edirae/school';
import { error } from '@sveltejs/kit';
import { requireViewer } from '#lib/server/learner.ts';
import type { RequestHandler } from './$types';

/** A deck as a file: a package for Anki, or a table. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { learnerId } = requireViewer(locals);
  const form = url.searchParams.get('form') === 'csv' ? 'csv' : 'apkg';
  const folder = await mkdtemp(join(locals.school.config.dataDir, 'edirae-out-'));
  const file = join(folder, `deck.${form}`);
  const forget = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const deck = (url.searchParams.get('deck') ?? 'all').slice(0, 200);
    const result = await exportCards(locals.school, learnerId, deck, { file, form });
    if (result.outcome === 'not-found') error(404, 'No such deck');
    const stream = createReadStream(file);
    stream.once('close', () => void forget());
    const name = result.name.replace(/[^\p{L}\p{N} _.-]+/gu, '-').slice(0, 80) || 'deck';
    return new Response(Readable.toWeb(stream) as ReadableStream, {
      headers: {
        'content-type': form === 'csv' ? 'text/csv; charset=utf-8' : 'application/octet-stream',
        'content-disposition': `attachment; filename="deck.${form}"; filename*=UTF-8''${encodeURIComponent(name)}.${form}`,
        'cache-control': 'no-store',
      },
    });
  } catch (problem) {
    await forget();
    throw problem;
  }
};
