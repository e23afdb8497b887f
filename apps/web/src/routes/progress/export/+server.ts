import { exportLearner } from '@edirae/school';
import { error } from '@sveltejs/kit';
import { isoDate } from '#lib/words.ts';
import type { RequestHandler } from './$types';

/** Everything recorded about the viewer, as a file. */
export const GET: RequestHandler = async ({ locals }) => {
  if (!locals.viewer) error(401, 'Nobody is known here');
  const all = await exportLearner(locals.school, locals.viewer.learnerId);
  return new Response(`${JSON.stringify(all, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="edirae-${isoDate(locals.school.clock())}.json"`,
      'cache-control': 'no-store',
    },
  });
};
