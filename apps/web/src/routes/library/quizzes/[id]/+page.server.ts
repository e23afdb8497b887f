import { endQuiz, findVerdict, getQuiz, submitAttempt } from '@edirae/school';
import { error, fail, redirect } from '@sveltejs/kit';
import { keepValues, parseSubmission } from '#lib/item/answer-form.ts';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { learnerId } = requireViewer(locals, '/library/quizzes');
  const issueId = url.searchParams.get('issue');
  const past = issueId === null ? null : await findVerdict(locals.school, learnerId, issueId);
  const answered = past?.outcome === 'verdict' && past.item.context === 'practice' ? past : undefined;
  const found = await getQuiz(locals.school, learnerId, params.id);
  switch (found.outcome) {
    case 'not-found':
      return error(404, 'No such quiz');
    case 'check-open':
      return { refusal: found };
    case 'quiz': {
      const { item, ...quiz } = found.quiz;
      return answered ? { quiz, answered } : { quiz, item: item ?? undefined };
    }
  }
};

export const actions: Actions = {
  answer: async ({ request, locals, params }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    const submission = parseSubmission(form);
    if (!submission) return fail(422, { kept: keepValues(form), problem: 'This form was not complete.' });
    const result = await submitAttempt(locals.school, learnerId, submission);
    switch (result.outcome) {
      case 'recorded':
        return redirect(303, `/library/quizzes/${params.id}?issue=${submission.issueId}#verdict`);
      case 'invalid-answer':
        return fail(422, { kept: keepValues(form), problem: result.detail });
      case 'rate-limited':
        return tooMany(result.retryAfter);
      default:
        return redirect(303, `/library/quizzes/${params.id}`);
    }
  },

  end: async ({ locals, params }) => {
    const { learnerId } = requireViewer(locals);
    const ended = await endQuiz(locals.school, learnerId, params.id);
    if (ended.outcome === 'not-found') error(404, 'No such quiz');
    redirect(303, `/library/quizzes/${params.id}`);
  },
};
