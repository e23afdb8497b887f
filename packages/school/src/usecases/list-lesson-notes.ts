import { toLessonNoteView, type LessonNoteView } from '../library/lesson-note-view.ts';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';

/** Which notes are wanted. */
export interface NotesAsked {
  skill?: string | undefined;
  /** Each must stand in the note, its passage, its section or the title of its skill. */
  words?: string | undefined;
  /** Only those with words of the learner's own, or only those without. */
  only?: 'notes' | 'bookmarks' | undefined;
}

/** A learner's notes and bookmarks, the latest changed first. @throws LearnerNotFound */
export async function listLessonNotes(
  school: School,
  learnerId: string,
  { skill, words, only }: NotesAsked = {},
): Promise<LessonNoteView[]> {
  const { store } = await readLearner(school, learnerId);
  const asked = fold(words ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return (await store.notes.list(skill))
    .filter(({ body }) => only === undefined || (only === 'notes') === (body !== ''))
    .map((note) => toLessonNoteView(school, note))
    .filter(({ quote, body, section, skillTitle }) => {
      const text = fold([quote, body, section ?? '', skillTitle].join(' '));
      return asked.every((word) => text.includes(word));
    });
}

/** Case and accents do not matter to somebody who searches. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
