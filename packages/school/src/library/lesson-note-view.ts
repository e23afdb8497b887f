import { renderAdvice, renderLesson } from '@edirae/curriculum';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import type { StoredLessonNote } from '../store/lesson-notes.ts';

/** A learner's note on a lesson as pages show it; without a body it is a bookmark. */
export interface LessonNoteView extends StoredLessonNote {
  skillTitle: string;
  /** The heading it stands under; null for the opening, or where the lesson has lost it since. */
  section: string | null;
  /** Where it stands. */
  href: string;
  /** The body, sanitised. */
  html: string;
}

export function toLessonNoteView(school: School, note: StoredLessonNote): LessonNoteView {
  const skill = school.curriculum.skills.get(note.skill);
  const headings = skill?.lesson ? renderLesson(skill, school.curriculum).headings : [];
  const heading = headings.find(({ id }) => id === note.place);
  return {
    ...note,
    skillTitle: skillTitle(school, note.skill),
    section: heading?.text ?? null,
    href: `/skills/${note.skill}${heading ? `#${heading.id}` : ''}`,
    html: renderOwnWords(note.body),
  };
}

/** A learner's own Markdown: text, code, formulas and links to the web; never an image or markup. */
export function renderOwnWords(markdown: string): string {
  return markdown.trim() === '' ? '' : renderAdvice(markdown, (href) => /^https?:\/\//i.test(href));
}
