import { renderLesson } from '@edirae/curriculum';
import { toLessonNoteView, type LessonNoteView } from '../library/lesson-note-view.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { NotFound } from './refusals.ts';

/** What a page sends of a note. */
export interface LessonNoteInput {
  /** The note that is changed; left out for a new one. */
  id?: string | undefined;
  skill: string;
  /** Id of a heading of the lesson; null for its opening. An unknown one counts as the opening. */
  place: string | null;
  /** The passage that was selected; empty for the whole section. */
  quote: string;
  /** Markdown; empty for a bookmark. */
  body: string;
  /** The revision that the page last saw; another one on the server means another tab wrote. Left out: write over it. */
  revision?: number | undefined;
}

export type KeepLessonNote =
  | { outcome: 'kept'; note: LessonNoteView }
  /** Another tab changed it; nothing was written. */
  | { outcome: 'changed-elsewhere'; note: LessonNoteView }
  /** There is a limit, and it is reached. */
  | { outcome: 'full'; most: number }
  | NotFound
  | RateLimited;

/** Longer texts are cut. */
const LONGEST_BODY = 10_000;
const LONGEST_QUOTE = 1_000;
const MOST_NOTES = 5_000;

/** Keeps a note or bookmark on a lesson: a new one, or new words for one there is. Where and on what it stands never changes. */
export async function keepLessonNote(
  school: School,
  learnerId: string,
  input: LessonNoteInput,
): Promise<KeepLessonNote> {
  const skill = school.curriculum.skills.get(input.skill);
  if (!skill?.lesson) return { outcome: 'not-found' };
  const limited = await school.limiter.take('note', learnerId, school.clock());
  if (limited) return limited;
  const { headings } = renderLesson(skill, school.curriculum);
  const body = clean(input.body, LONGEST_BODY);
  return actOn(school, learnerId, async (tx): Promise<KeepLessonNote> => {
    const known = input.id === undefined ? undefined : await tx.store.notes.find(input.id);
    if (known && input.revision !== undefined && input.revision !== known.revision)
      return { outcome: 'changed-elsewhere', note: toLessonNoteView(school, known) };
    if (!known && (await tx.store.notes.count()) >= MOST_NOTES) return { outcome: 'full', most: MOST_NOTES };
    // One that was deleted elsewhere is made again: its words are on the page and nowhere else.
    const note = known
      ? { ...known, body, changedAt: tx.now, revision: known.revision + 1 }
      : {
          id: school.newId(),
          skill: skill.id,
          place: headings.some(({ id }) => id === input.place) ? input.place : null,
          quote: clean(input.quote, LONGEST_QUOTE).replace(/\s+/g, ' '),
          body,
          madeAt: tx.now,
          changedAt: tx.now,
          revision: 1,
        };
    await tx.store.notes.put(note);
    return { outcome: 'kept', note: toLessonNoteView(school, note) };
  });
}

/** PostgreSQL's text holds no NUL. */
function clean(text: string, longest: number): string {
  return text.replaceAll('\0', '').trim().slice(0, longest);
}
