import { getReadiness } from '@edirae/school';
import { json } from '@sveltejs/kit';
import { isLeaving } from '#lib/server/open-school.ts';
import type { RequestHandler } from './$types';

/** May requests be sent here? 503: the database does not answer, or this process was told to end. */
export const GET: RequestHandler = async ({ locals }) => {
  const { ready, databaseMs, leaving } = await getReadiness(locals.school, isLeaving());
  const database = databaseMs === null ? { ok: false } : { ok: true, ms: databaseMs };
  return json(
    { status: ready ? 'ready' : 'not-ready', database, leaving },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
};
