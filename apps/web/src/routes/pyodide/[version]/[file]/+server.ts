import { error } from '@sveltejs/kit';
import { findPyodideFile } from '#lib/server/pyodide-files.ts';
import type { RequestHandler } from './$types';

/** Python for practice runs, from our own origin. An address names a version, so what it gives never changes. */
export const GET: RequestHandler = async ({ params }) => {
  const file = await findPyodideFile(params.version, params.file);
  if (!file) error(404, 'No such file');
  return new Response(file.gzipped, {
    headers: {
      'content-type': file.type,
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
    },
  });
};
