import type { LabRowView, LabState } from '@edirae/school';
import type { GlyphName } from '#lib/state.ts';

/** Milliseconds as `0.4 s` or `40 s`. */
export function seconds(ms: number): string {
  const value = ms / 1000;
  return `${value < 10 && ms % 1000 !== 0 ? value.toFixed(1) : Math.round(value)} s`;
}

export const languageWords = { py: 'Python', ts: 'TypeScript' } as const;

export const stageWords: Record<number, string> = {
  1: 'Foundations',
  2: 'Production',
  3: 'Senior and lead',
  4: 'Architect',
};

/** A lab's state as a glyph and a word. A pass is no proof before it was explained. */
export const labStates: Record<LabState, { glyph: GlyphName; word: string }> = {
  new: { glyph: 'new', word: 'New' },
  begun: { glyph: 'practising', word: 'Begun' },
  submitted: { glyph: 'practising', word: 'Submitted' },
  passed: { glyph: 'placed', word: 'Passed, to explain' },
  explained: { glyph: 'applied', word: 'Explained back' },
};

/** A capstone says which it is; the others bear their title. */
export function labTitle({ title, capstone }: Pick<LabRowView, 'title' | 'capstone'>): string {
  return capstone === null || /^capstone/i.test(title) ? title : `Capstone ${capstone}: ${title}`;
}

const places = ['Next', 'Second', 'Third', 'Fourth', 'Fifth'];

/** How many are served before, as a place in the line. */
export function placeInLine(ahead: number): string {
  return places[ahead] === undefined ? `Number ${ahead + 1} in line` : `${places[ahead]} in line`;
}
