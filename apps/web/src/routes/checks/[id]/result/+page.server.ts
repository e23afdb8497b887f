import { getCheck, getToday } from '@edirae/school';
import { error, redirect } from '@sveltejs/kit';
import { requireViewer } from '#lib/server/learner.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { learnerId } = requireViewer(locals);
  const found = await getCheck(locals.school, learnerId, params.id);
  if (found.outcome === 'not-found') error(404, 'No such check');
  if (found.outcome === 'open') redirect(303, `/checks/${params.id}`);
  const { next } = await getToday(locals.school, learnerId);
  return { result: found.result, next };
};
