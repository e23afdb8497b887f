import { findVerdict, getCheck, leaveCheck, submitAttempt } from '@edirae/school';
import { error, fail, redirect } from '@sveltejs/kit';
import { keepValues, parseSubmission } from '#lib/item/answer-form.ts';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { learnerId } = requireViewer(locals);
  const result = await getCheck(locals.school, learnerId, params.id);
  if (result.outcome === 'not-found') error(404, 'No such check');
  if (result.outcome === 'ended' || !result.check.item) redirect(303, `/checks/${params.id}/result`);

  const after = url.searchParams.get('after');
  const past = after ? await findVerdict(locals.school, learnerId, after) : null;
  const last = past?.outcome === 'verdict' && past.verdict.check?.checkId === params.id ? past.verdict : null;
  return {
    check: { ...result.check, item: result.check.item },
    last: last && {
      issueId: last.issueId,
      outcome: last.outcome,
      headline: last.headline,
      feedbackHtml: last.feedbackHtml,
    },
  };
};

export const actions: Actions = {
  answer: async ({ request, locals, params }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    const submission = parseSubmission(form);
    if (!submission) return fail(422, { kept: keepValues(form), problem: 'This form was not complete.' });
    const result = await submitAttempt(locals.school, learnerId, submission);
    switch (result.outcome) {
      case 'recorded': {
        const over = result.verdict.check && result.verdict.check.status !== 'open';
        return redirect(
          303,
          over ? `/checks/${params.id}/result` : `/checks/${params.id}?after=${submission.issueId}`,
        );
      }
      case 'invalid-answer':
        return fail(422, { kept: keepValues(form), problem: result.detail });
      case 'rate-limited':
        return tooMany(result.retryAfter);
      default:
        return redirect(303, `/checks/${params.id}`);
    }
  },

  leave: async ({ locals, params }) => {
    const { learnerId } = requireViewer(locals);
    await leaveCheck(locals.school, learnerId, params.id);
    redirect(303, `/checks/${params.id}/result`);
  },
};
