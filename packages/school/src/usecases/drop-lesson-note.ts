import { toLessonNoteView, type LessonNoteView } from '../library/lesson-note-view.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { NotFound } from './refusals.ts';

export type DropLessonNote = { outcome: 'dropped'; note: LessonNoteView } | NotFound;

/** Deletes a note and gives what it said, so that a page can offer to keep it again. */
export async function dropLessonNote(
  school: School,
  learnerId: string,
  noteId: string,
): Promise<DropLessonNote> {
  return actOn(school, learnerId, async (tx): Promise<DropLessonNote> => {
    const note = await tx.store.notes.find(noteId);
    if (!note) return { outcome: 'not-found' };
    await tx.store.notes.delete(noteId);
    return { outcome: 'dropped', note: toLessonNoteView(school, note) };
  });
}
