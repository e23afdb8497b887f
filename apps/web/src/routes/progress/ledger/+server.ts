import { readLedger } from '@edirae/school';
import { error, json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** A piece of the viewer's own ledger, for the check in their browser. */
export const GET: RequestHandler = async ({ locals, url }) => {
  if (!locals.viewer) error(401, 'Nobody is known here');
  const after = Number(url.searchParams.get('after') ?? 0);
  if (!Number.isSafeInteger(after) || after < 0) error(400, 'After which row?');
  return json(await readLedger(locals.school, locals.viewer.learnerId, { after }), {
    headers: { 'cache-control': 'no-store' },
  });
};
