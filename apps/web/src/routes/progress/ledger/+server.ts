import { readLedger } from '@edirae/school';
import { error, json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The viewer's own ledger, whole, for the check in their browser. */
export const GET: RequestHandler = async ({ locals }) => {
  if (!locals.viewer) error(401, 'Nobody is known here');
  return json(await readLedger(locals.school, locals.viewer.learnerId), {
    headers: { 'cache-control': 'no-store' },
  });
};
