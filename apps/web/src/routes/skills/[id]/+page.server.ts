import { editTrack, getSkill, listLessonNotes, startCheck } from '@edirae/school';
import { error, fail, redirect } from '@sveltejs/kit';
import { ensureLearner } from '#lib/server/learner.ts';
import { dropNote, keepNote } from '#lib/server/note-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const found = await getSkill(locals.school, locals.viewer?.learnerId ?? null, params.id);
  if (found.outcome === 'not-found') error(404, 'No such skill');
  const notes = locals.viewer
    ? await listLessonNotes(locals.school, locals.viewer.learnerId, { skill: params.id })
    : [];
  return { skill: found.skill, notes };
};

export const actions: Actions = {
  practise: async (event) => {
    await ensureLearner(event);
    redirect(303, `/skills/${event.params.id}/practice`);
  },

  check: async (event) => {
    const learnerId = await ensureLearner(event);
    const result = await startCheck(event.locals.school, learnerId, event.params.id);
    switch (result.outcome) {
      case 'open':
        return redirect(303, `/checks/${result.check.checkId}`);
      case 'not-found':
        return error(404, 'No such skill');
      default:
        return fail(409, { refusal: result });
    }
  },

  note: (event) => keepNote(event, 'note'),
  bookmark: (event) => keepNote(event, 'bookmark'),
  drop: dropNote,

  add: async (event) => {
    const learnerId = await ensureLearner(event);
    const result = await editTrack(event.locals.school, learnerId, { add: [event.params.id] });
    if (result.outcome === 'no-goal') redirect(303, '/#goal');
    redirect(303, `/track?added=${event.params.id}`);
  },
};
