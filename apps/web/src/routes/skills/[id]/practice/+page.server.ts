import { findVerdict, getSkill, startPractice, submitAttempt, takeHint } from '@edirae/school';
import { error, fail, redirect } from '@sveltejs/kit';
import { keepValues, parseSubmission } from '#lib/item/answer-form.ts';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { learnerId } = requireViewer(locals, `/skills/${params.id}`);
  const found = await getSkill(locals.school, learnerId, params.id);
  if (found.outcome === 'not-found') error(404, 'No such skill');
  const { id, title, p, gate, checks, module } = found.skill;
  const skill = { id, title, p, gate, lastCheck: checks[0] ?? null, module: module.title };

  const answered = url.searchParams.get('issue');
  if (answered) {
    const past = await findVerdict(locals.school, learnerId, answered);
    if (past.outcome === 'verdict' && past.verdict.skill === id && past.item.context === 'practice')
      return { skill, answered: past };
  }
  const result = await startPractice(locals.school, learnerId, { skill: id });
  if (result.outcome === 'not-found') error(404, 'No such skill');
  return result.outcome === 'open' ? { skill, practice: result.practice } : { skill, refusal: result };
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
        return redirect(303, `/skills/${params.id}/practice?issue=${submission.issueId}#verdict`);
      case 'invalid-answer':
        return fail(422, { kept: keepValues(form), problem: result.detail });
      case 'rate-limited':
        return tooMany(result.retryAfter);
      default:
        return redirect(303, `/skills/${params.id}/practice`);
    }
  },

  hint: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    const taken = await takeHint(locals.school, learnerId, String(form.get('issueId')));
    const refused =
      taken.outcome === 'check-open' ? 'A check is open, and hints rest until it has ended.' : undefined;
    return { kept: keepValues(form), problem: refused };
  },

  fresh: async ({ locals, params }) => {
    const { learnerId } = requireViewer(locals);
    await startPractice(locals.school, learnerId, { skill: params.id, fresh: true });
    redirect(303, `/skills/${params.id}/practice`);
  },

  retry: async ({ request, locals, params }) => {
    const { learnerId } = requireViewer(locals);
    const retryOf = String((await request.formData()).get('issueId'));
    await startPractice(locals.school, learnerId, { skill: params.id, retryOf });
    redirect(303, `/skills/${params.id}/practice`);
  },
};
