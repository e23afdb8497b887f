import { findMedia } from '@edirae/school';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/**
 * A picture or sound of the viewer's own cards. Its type was told from its bytes and is one of a list; whatever it holds, it cannot run: a
 * policy of its own forbids scripts and requests, and the browser may not guess another type.
 */
export const GET: RequestHandler = async ({ locals, params, request }) => {
  if (!locals.viewer) error(404, 'No such file');
  const file = await findMedia(locals.school, locals.viewer.learnerId, params.hash);
  if (!file) error(404, 'No such file');
  const headers = {
    'content-type': file.type,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
    'content-disposition': `inline; filename="${params.hash.slice(0, 16)}"`,
    // Named by its content, so it never changes; only for whoever may see it.
    'cache-control': 'private, max-age=31536000, immutable',
    etag: `"${file.hash}"`,
    'accept-ranges': 'none',
  };
  if (request.headers.get('if-none-match') === headers.etag)
    return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(file.data), { headers });
};
