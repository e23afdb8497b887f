import { getCardLibrary, makeDeck, studyDeck } from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { ensureLearner } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const learnerId = locals.viewer?.learnerId ?? null;
  return { library: await getCardLibrary(locals.school, learnerId), isVisitor: learnerId === null };
};

const studyForm = z.object({ deck: z.string().min(1).max(200), studied: z.enum(['yes', 'no']) });
const makeForm = z.object({ name: z.string().trim().min(1).max(200) });

export const actions: Actions = {
  study: async (event) => {
    const learnerId = await ensureLearner(event);
    const parsed = studyForm.safeParse(Object.fromEntries(await event.request.formData()));
    if (!parsed.success) return fail(422, { problem: 'This form was not complete.' });
    await studyDeck(event.locals.school, learnerId, parsed.data.deck, parsed.data.studied === 'yes');
    return {};
  },

  make: async (event) => {
    const learnerId = await ensureLearner(event);
    const parsed = makeForm.safeParse(Object.fromEntries(await event.request.formData()));
    if (!parsed.success) return fail(422, { problem: 'A deck needs a name. Nothing was made.' });
    const { id } = await makeDeck(event.locals.school, learnerId, parsed.data.name);
    redirect(303, `/library/cards/browse?deck=${id}`);
  },
};
