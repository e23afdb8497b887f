import { getReceipt } from '@edirae/school';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** A signed receipt of a pass, as a file to keep. */
export const GET: RequestHandler = async ({ locals, params }) => {
  if (!locals.viewer) error(401, 'Nobody is known here');
  const found = await getReceipt(locals.school, locals.viewer.learnerId, params.id);
  if (found.outcome === 'not-found') error(404, 'No such receipt');
  return new Response(`${JSON.stringify(found.receipt, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="edirae-receipt-${params.id.replaceAll(/[^\w-]/g, '')}.json"`,
      'cache-control': 'no-store',
    },
  });
};
