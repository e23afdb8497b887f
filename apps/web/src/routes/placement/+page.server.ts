import { getTrack, startPlacement, stopPlacement, submitAttempt } from '@edirae/school';
import { error, fail, redirect } from '@sveltejs/kit';
import { keepValues, parseSubmission } from '#lib/item/answer-form.ts';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { learnerId } = requireViewer(locals);
  const result = await startPlacement(locals.school, learnerId);
  if (result.outcome === 'done') redirect(303, `/placement/result?placement=${result.result.placementId}`);
  if (result.outcome !== 'open') return { refusal: result };
  const found = await getTrack(locals.school, learnerId);
  const title =
    found.outcome === 'track'
      ? found.track.skills.find((skill) => skill.id === result.placement.item.skill)?.title
      : undefined;
  return { placement: result.placement, skillTitle: title ?? null };
};

export const actions: Actions = {
  answer: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    const submission = parseSubmission(form);
    if (!submission) return fail(422, { kept: keepValues(form), problem: 'This form was not complete.' });
    const result = await submitAttempt(locals.school, learnerId, submission);
    if (result.outcome === 'invalid-answer')
      return fail(422, { kept: keepValues(form), problem: result.detail });
    if (result.outcome === 'rate-limited') tooMany(result.retryAfter);
    redirect(303, '/placement');
  },

  stop: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const placementId = String((await request.formData()).get('placementId'));
    const ended = await stopPlacement(locals.school, learnerId, placementId);
    if (ended.outcome === 'not-found') error(404, 'No such placement');
    redirect(303, `/placement/result?placement=${encodeURIComponent(placementId)}`);
  },
};
