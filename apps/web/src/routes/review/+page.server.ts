import { findVerdict, getReview, getSkill, gradeCards, setCardsAside, submitAttempt } from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
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
  const result = await getReview(locals.school, learnerId);
  switch (result.outcome) {
    case 'item':
      return { review: result.review, progress: result.progress, undo: result.undo };
    case 'card':
      return {
        flashcard: {
          card: result.card,
          retention: result.retention,
          now: locals.school.clock(),
          // Sent twice, by a second click or a repeated request, it counts once.
          gradeId: locals.school.newId(),
          open: url.searchParams.get('show') === result.card.ref,
        },
        progress: result.progress,
        undo: result.undo,
      };
    case 'none':
      return { none: result, progress: result.progress, undo: result.undo };
    default:
      return { refusal: result };
  }
};

const ref = z.string().min(1).max(200);
const gradeForm = z.object({
  id: ref,
  card: ref,
  grade: z.coerce.number().pipe(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])),
  ms: z.coerce.number().min(0).optional().catch(undefined),
});
const undoForm = z.object({ id: ref, card: ref });
const asideForm = z.object({ card: ref, aside: z.enum(['bury', 'suspend', 'resume']) });

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

  grade: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const parsed = gradeForm.safeParse(Object.fromEntries(await request.formData()));
    if (!parsed.success) return fail(422, { problem: 'This form was not complete.' });
    const result = await gradeCards(locals.school, learnerId, [parsed.data]);
    if (result.outcome === 'rate-limited') return tooMany(result.retryAfter);
    return redirect(303, '/review');
  },

  undo: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const parsed = undoForm.safeParse(Object.fromEntries(await request.formData()));
    if (!parsed.success) return fail(422, { problem: 'This form was not complete.' });
    const { id, card } = parsed.data;
    const result = await gradeCards(locals.school, learnerId, [{ id: `undo:${id}`, card, undoes: id }]);
    if (result.outcome === 'rate-limited') return tooMany(result.retryAfter);
    return redirect(303, '/review');
  },

  aside: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const parsed = asideForm.safeParse(Object.fromEntries(await request.formData()));
    if (!parsed.success) return fail(422, { problem: 'This form was not complete.' });
    const result = await setCardsAside(locals.school, learnerId, [parsed.data.card], parsed.data.aside);
    if (result.outcome === 'rate-limited') return tooMany(result.retryAfter);
    return redirect(303, '/review');
  },
};
