import { openDispute } from '@edirae/school';
import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

/** A path of ours, never another site's. */
const ownPath = z
  .string()
  .regex(/^\/(?![/\\])[^\s]*$/)
  .catch('/today');

export const load: PageServerLoad = ({ locals, url }) => {
  requireViewer(locals);
  const issueId = url.searchParams.get('issue');
  if (!issueId) error(404, 'No item named');
  return { issueId, back: ownPath.parse(url.searchParams.get('back')) };
};

const disputeForm = z.object({
  issueId: z.string().min(1).max(100),
  text: z.string().trim().min(3).max(2000),
  back: ownPath,
});

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const parsed = disputeForm.safeParse(Object.fromEntries(await request.formData()));
    if (!parsed.success) return fail(422, { problem: 'Say in a few words what is wrong with the item.' });
    const { issueId, text, back } = parsed.data;
    const result = await openDispute(locals.school, learnerId, { issueId, text });
    if (result.outcome === 'not-found') error(404, 'No such item');
    if (result.outcome === 'rate-limited') tooMany(result.retryAfter);
    const target = new URL(back, 'http://own');
    target.searchParams.set('disputed', issueId);
    redirect(303, target.pathname + target.search);
  },
};
