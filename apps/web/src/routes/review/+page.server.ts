import { findVerdict, getSkill, startReview, submitAttempt } from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { keepValues, parseSubmission } from '#lib/item/answer-form.ts';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { learnerId } = requireViewer(locals);
  const answered = url.searchParams.get('issue');
  if (answered) {
    const past = await findVerdict(locals.school, learnerId, answered);
    if (past.outcome === 'verdict') {
      const skill = await getSkill(locals.school, learnerId, past.verdict.skill);
      return {
        answered: past,
        skillTitle: skill.outcome === 'skill' ? skill.skill.title : past.verdict.skill,
      };
    }
  }
  const result = await startReview(locals.school, learnerId);
  switch (result.outcome) {
    case 'open':
      return { review: result.review };
    case 'none-due':
      return { nextAt: result.nextAt };
    default:
      return { refusal: result };
  }
};

export const actions: Actions = {
  answer: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    const submission = parseSubmission(form);
    if (!submission) return fail(422, { kept: keepValues(form), problem: 'This form was not complete.' });
    const result = await submitAttempt(locals.school, learnerId, submission);
    switch (result.outcome) {
      case 'recorded':
        return redirect(303, `/review?issue=${submission.issueId}#verdict`);
      case 'invalid-answer':
        return fail(422, { kept: keepValues(form), problem: result.detail });
      case 'rate-limited':
        return tooMany(result.retryAfter);
      default:
        return redirect(303, '/review');
    }
  },
};
