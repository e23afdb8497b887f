import { getSent } from '@edirae/school';
import { error, redirect } from '@sveltejs/kit';
import { requireViewer } from '#lib/server/learner.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { learnerId } = requireViewer(locals);
  const found = await getSent(locals.school, learnerId, params.id);
  if (found.outcome === 'check-open') redirect(303, '/mentor');
  if (found.outcome === 'not-found') error(404, 'Nothing was sent to a model with this message');
  return { sent: found.sent, conversationId: found.conversationId };
};
