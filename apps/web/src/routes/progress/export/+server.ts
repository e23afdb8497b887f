import { exportLearner } from '@edirae/school';
import { error } from '@sveltejs/kit';
import { toByteStream } from '#lib/text-stream.ts';
import { isoDate } from '#lib/words.ts';
import type { RequestHandler } from './$types';

/** Everything recorded about the viewer, as a file. */
export const GET: RequestHandler = async ({ locals }) => {
  if (!locals.viewer) error(401, 'Nobody is known here');
  const pieces = await exportLearner(locals.school, locals.viewer.learnerId);
  return new Response(toByteStream(pieces), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="edirae-${isoDate(locals.school.clock())}.json"`,
      'cache-control': 'no-store',
    },
  });
};
