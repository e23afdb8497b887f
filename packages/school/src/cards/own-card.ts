import { renderMarkdown } from '@edirae/curriculum';
import { clozeNumbers, fillCloze } from '@edirae/anki';
import type { StoredNote } from '../store/cards/notes.ts';

/** Characters that stand for what is put around a gap after Markdown was rendered. Nobody types them; where somebody does, they go. */
const GAP_OPEN = '\uE000';
const GAP_CLOSE = '\uE001';
const ANSWER_OPEN = '\uE002';
const ANSWER_CLOSE = '\uE003';
const MARKS = /[\uE000-\uE003]/g;

/** Which cards a note written here makes: front and back, the other way round too where asked, or one for each gap. */
export function ownOrds(form: 'basic' | 'cloze', fields: readonly string[]): number[] {
  if (form === 'cloze') return clozeNumbers(fields[0] ?? '').map((number) => number - 1);
  return fields[2] === 'both' ? [0, 1] : [0];
}

/** Both sides of a card written here in Markdown, as safe HTML. */
export function renderOwn(
  note: Pick<StoredNote, 'form' | 'fields'>,
  ord: number,
): { front: string; back: string } {
  const [first = '', second = ''] = note.fields.map((field) => field.replaceAll(MARKS, ''));
  if (note.form === 'cloze') {
    const more = second.trim() === '' ? '' : renderMarkdown(second);
    return { front: renderGaps(first, ord + 1, 'front'), back: renderGaps(first, ord + 1, 'back') + more };
  }
  const [front, back] = ord === 0 ? [first, second] : [second, first];
  return { front: renderMarkdown(front), back: renderMarkdown(back) };
}

function renderGaps(text: string, number: number, side: 'front' | 'back'): string {
  const marked = fillCloze(text, number, side, {
    gap: (hint) => `${GAP_OPEN}${hint ?? ''}${GAP_CLOSE}`,
    answer: (inner) => `${ANSWER_OPEN}${inner}${ANSWER_CLOSE}`,
  });
  // TeX has a box of its own for what is asked.
  const formulas = marked.replace(/\$\$[\s\S]*?\$\$/g, (tex) =>
    tex.replace(/\uE000[^\uE001]*\uE001/g, '\\boxed{?}').replaceAll(MARKS, ''),
  );
  const html = renderMarkdown(formulas);
  // In code the marks may stand across the highlighter's spans: the answer is shown there without a mark of its own.
  return html
    .replace(/<code\b[\s\S]*?<\/code>/g, (code) =>
      code
        .replace(/[\uE002\uE003]/g, '')
        .replaceAll(GAP_OPEN, '[')
        .replaceAll(GAP_CLOSE, '…]'),
    )
    .replace(
      /\uE000([^\uE001]*)\uE001/g,
      (_, hint: string) => `<strong>[${hint === '' ? '…' : hint}]</strong>`,
    )
    .replaceAll(ANSWER_OPEN, '<mark>')
    .replaceAll(ANSWER_CLOSE, '</mark>')
    .replaceAll(MARKS, '');
}

/** Words to find a note by. */
export function ownSearch(fields: readonly string[], tags: readonly string[]): string {
  return [...fields.slice(0, 2), ...tags].join(' ').toLowerCase().replace(/\s+/g, ' ').slice(0, 20_000);
}
