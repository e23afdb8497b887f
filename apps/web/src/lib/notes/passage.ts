/** A passage of a lesson that somebody selected. */
export interface Passage {
  quote: string;
  /** Id of the heading it stands under; empty for the opening. */
  place: string;
}

/** Longest passage that a note stands on. */
const LONGEST = 1_000;

/** What is selected inside `lesson`; null where nothing is, or something that reaches outside. */
export function selectedPassage(lesson: HTMLElement, selection: Selection | null): Passage | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!lesson.contains(range.commonAncestorContainer)) return null;
  const quote = selection.toString().replace(/\s+/g, ' ').trim().slice(0, LONGEST);
  return quote === '' ? null : { quote, place: headingBefore(lesson, range.startContainer) };
}

function headingBefore(lesson: HTMLElement, node: Node): string {
  let found = '';
  for (const heading of lesson.querySelectorAll<HTMLElement>(':is(h2, h3)[id]')) {
    const order = heading.compareDocumentPosition(node);
    if (heading.contains(node) || (order & Node.DOCUMENT_POSITION_FOLLOWING) !== 0) found = heading.id;
  }
  return found;
}
