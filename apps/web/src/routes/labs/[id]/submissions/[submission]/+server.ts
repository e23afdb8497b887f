import { getSubmission } from '@edirae/school';
import { error, json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** How a submission stands, for the page that waits for it. */
export const GET: RequestHandler = async ({ locals, params }) => {
  if (!locals.viewer) error(401, 'Nobody is known here');
  const found = await getSubmission(locals.school, locals.viewer.learnerId, params.submission);
  if (found.outcome === 'not-found' || found.submission.lab !== params.id) error(404, 'No such submission');
  return json(found.submission, { headers: { 'cache-control': 'no-store' } });
};
