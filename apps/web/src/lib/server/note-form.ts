import { dropLessonNote, keepLessonNote, type LessonNoteView } from '@edirae/school';
import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { ensureLearner, requireViewer, tooMany } from './learner.ts';

const text = z.string().catch('');

const noteSchema = z.object({
  id: z.string().min(1).optional().catch(undefined),
  skill: z.string().min(1),
  place: text.transform((place) => place || null),
  quote: text,
  body: text,
  revision: z.coerce.number().int().min(1).optional().catch(undefined),
});

type NoteForm = z.infer<typeof noteSchema>;

/** What a form is answered with where its note was not kept: the words come back. */
interface NotKept {
  noteProblem: string;
  kept: NoteForm;
  /** What another tab wrote meanwhile. */
  elsewhere: LessonNoteView | null;
}

const refuse = (
  status: number,
  noteProblem: string,
  kept: NoteForm,
  elsewhere: LessonNoteView | null = null,
) => fail(status, { noteProblem, kept, elsewhere } satisfies NotKept);

/** Keeps what a form says: a note, or without words a bookmark. */
export async function keepNote(event: RequestEvent, as: 'note' | 'bookmark') {
  const read = noteSchema.safeParse(Object.fromEntries(await event.request.formData()));
  if (!read.success) error(422, 'This form was not complete.');
  const form = as === 'bookmark' ? { ...read.data, body: '' } : read.data;
  if (as === 'note' && form.body.trim() === '')
    return refuse(422, 'Write something, or set a bookmark instead.', form);
  const learnerId = await ensureLearner(event);
  const kept = await keepLessonNote(event.locals.school, learnerId, form);
  switch (kept.outcome) {
    case 'kept':
      return { keptNote: kept.note };
    case 'changed-elsewhere':
      return refuse(
        409,
        'Another tab changed this note. Both are here: yours in the form, the other above it.',
        form,
        kept.note,
      );
    case 'full':
      return refuse(
        409,
        `There are ${kept.most} notes already. Delete some first; these words are kept here.`,
        form,
      );
    case 'not-found':
      return error(404, 'No such lesson');
    case 'rate-limited':
      return tooMany(kept.retryAfter);
  }
}

/** Deletes the note that a form names, and hands it back for an undo. */
export async function dropNote({ request, locals }: RequestEvent) {
  const { learnerId } = requireViewer(locals);
  const id = (await request.formData()).get('id');
  const dropped = await dropLessonNote(locals.school, learnerId, typeof id === 'string' ? id : '');
  // Deleted already, in another tab: that is what was wanted.
  return dropped.outcome === 'dropped' ? { droppedNote: dropped.note } : { droppedNote: null };
}
