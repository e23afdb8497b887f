import { listQuizzes, QUIZ_LENGTHS, quizScopeSchema, startQuiz } from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { ensureLearner, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  choices: await listQuizzes(
    locals.school,
    locals.viewer?.learnerId ?? null,
    url.searchParams.get('skill') ?? undefined,
  ),
  lengths: QUIZ_LENGTHS,
});

/** `module/09-llm-inference`, `due`, `missed/…`: what a form asks for. */
const askedSchema = z.object({
  scope: z
    .string()
    .transform((text): unknown => {
      const [kind, ...id] = text.split('/');
      return { kind, id: id.join('/') };
    })
    .pipe(quizScopeSchema),
  length: z.coerce
    .number()
    .int()
    .min(1)
    .max(Math.max(...QUIZ_LENGTHS))
    .catch(8),
});

const refuse = (status: number, problem: string, checkId: string | null = null) =>
  fail(status, { problem, checkId });

export const actions: Actions = {
  start: async (event) => {
    const asked = askedSchema.safeParse(Object.fromEntries(await event.request.formData()));
    if (!asked.success) return refuse(422, 'Choose what the quiz is about.');
    const learnerId = await ensureLearner(event);
    const started = await startQuiz(event.locals.school, learnerId, asked.data);
    switch (started.outcome) {
      case 'started':
        return redirect(303, `/library/quizzes/${started.quizId}`);
      case 'rate-limited':
        return tooMany(started.retryAfter);
      case 'check-open':
        return refuse(409, 'A check is open, and quizzes wait until it ends.', started.checkId);
      case 'nothing-to-ask':
        return refuse(
          409,
          'Nothing of it can be asked now: its skills are not open to you yet, or still being written. A placement opens what you know already.',
        );
      case 'not-found':
        return refuse(404, 'There is no such quiz. Choose one from the list.');
    }
  },
};
