import { listLessonNotes } from '@edirae/school';
import { z } from 'zod';
import { dropNote, keepNote } from '#lib/server/note-form.ts';
import type { Actions, PageServerLoad } from './$types';

const askedSchema = z.object({
  q: z.string().max(200).catch(''),
  only: z.enum(['notes', 'bookmarks']).optional().catch(undefined),
});

export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = askedSchema.parse(Object.fromEntries(url.searchParams));
  const notes = locals.viewer
    ? await listLessonNotes(locals.school, locals.viewer.learnerId, { words: asked.q, only: asked.only })
    : [];
  return { asked, notes };
};

export const actions: Actions = {
  note: (event) => keepNote(event, 'note'),
  bookmark: (event) => keepNote(event, 'bookmark'),
  drop: dropNote,
};
