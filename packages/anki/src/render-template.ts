import { clozeNumbers, fillCloze } from './cloze.ts';

/** What a card is made from. */
export interface TemplateInput {
  front: string;
  back: string;
  fields: ReadonlyMap<string, string>;
  cloze: boolean;
  /** From 0; for cloze the gap's number less one. */
  ord: number;
  tags: readonly string[];
  deck: string;
  noteType: string;
  template: string;
}

/** A template may name a long field many times: what it makes ends here, in characters. */
const LONGEST = 200_000;

/**
 * One side of a card as HTML, as Anki's templates say. Not yet safe to show. On the back, what repeats the front is left out, because the
 * front stands above it.
 */
export function renderTemplate(input: TemplateInput, side: 'front' | 'back'): string {
  const source = side === 'front' ? input.front : input.back;
  const html = fill(source, input, side).slice(0, LONGEST);
  return side === 'back' ? html.replace(/^(?:\s|<br\s*\/?>)*<hr\b[^>]*>/i, '') : html;
}

const TAG = /\{\{\{?([^{}]*)\}?\}\}/g;

function fill(source: string, input: TemplateInput, side: 'front' | 'back'): string {
  let out = '';
  let at = 0;
  /** Open sections, and whether what is in them is shown. */
  const open: { name: string; shown: boolean }[] = [];
  const isShown = (): boolean => open.every(({ shown }) => shown);
  for (const tag of source.matchAll(TAG)) {
    if (isShown()) out += source.slice(at, tag.index);
    at = tag.index + tag[0].length;
    const name = (tag[1] ?? '').trim();
    if (name.startsWith('#') || name.startsWith('^')) {
      const field = name.slice(1).trim();
      const filled = isFilled(field, input);
      open.push({ name: field, shown: name.startsWith('#') ? filled : !filled });
    } else if (name.startsWith('/')) {
      const field = name.slice(1).trim();
      const opened = open.findLastIndex((one) => one.name === field);
      if (opened >= 0) open.length = opened;
    } else if (isShown()) out += valueOf(name, input, side);
    if (out.length > LONGEST) return out;
  }
  return isShown() ? out + source.slice(at) : out;
}

function isFilled(field: string, input: TemplateInput): boolean {
  const cloze = /^c(\d+)$/.exec(field);
  if (cloze && input.cloze) return Number(cloze[1]) === input.ord + 1;
  const value = input.fields.get(field) ?? specialOf(field, input);
  return value !== undefined && value.replace(/<\/?(?:br|div|p)\s*\/?>|&nbsp;|\s/gi, '') !== '';
}

function specialOf(name: string, { tags, deck, noteType, template }: TemplateInput): string | undefined {
  switch (name) {
    case 'Tags':
      return escapeHtml(tags.join(' '));
    case 'Deck':
      return escapeHtml(deck);
    case 'Subdeck':
      return escapeHtml(deck.split('::').at(-1) ?? '');
    case 'Type':
      return escapeHtml(noteType);
    case 'Card':
      return escapeHtml(template);
    case 'CardFlag':
      return '';
    default:
      return undefined;
  }
}

function valueOf(name: string, input: TemplateInput, side: 'front' | 'back'): string {
  if (name === 'FrontSide' || name.startsWith('!')) return '';
  const parts = name.split(':').map((part) => part.trim());
  const field = parts.at(-1) ?? '';
  let value = input.fields.get(field) ?? specialOf(field, input);
  if (value === undefined) return '';
  for (const filter of parts.slice(0, -1).reverse()) value = applyFilter(filter, value, input, side);
  return value;
}

function applyFilter(filter: string, value: string, input: TemplateInput, side: 'front' | 'back'): string {
  switch (filter) {
    case 'cloze':
    case 'cloze-only':
      return fillCloze(value, input.ord + 1, side, {
        gap: (hint) => `<strong>[${hint === null || hint === '' ? '…' : hint}]</strong>`,
        answer: (inner) => `<mark>${inner}</mark>`,
      });
    case 'type':
      // Typing the answer is not asked here: it is compared by the person who typed it.
      return side === 'front' ? '' : value;
    case 'text':
      return escapeHtml(value.replace(/<[^>]*>/g, ''));
    case 'kanji':
      return value.replace(/ ?([^ >]+?)\[(?!sound:)(.+?)\]/g, '$1');
    case 'kana':
      return value.replace(/ ?([^ >]+?)\[(?!sound:)(.+?)\]/g, '$2');
    case 'furigana':
      return value.replace(/ ?([^ >]+?)\[(?!sound:)(.+?)\]/g, '<ruby>$1<rt>$2</rt></ruby>');
    case 'hint':
      return value === '' ? '' : `<details><summary>Hint</summary>${value}</details>`;
    default:
      return value;
  }
}

/** Which cards a note makes: one for each template whose front shows something of its own, or one for each gap. */
export function cardOrds(
  type: { cloze: boolean; fields: readonly string[]; templates: readonly { front: string }[] },
  fields: readonly string[],
): number[] {
  if (type.cloze) {
    const numbers = new Set(fields.flatMap((field) => clozeNumbers(field)));
    return [...numbers].map((number) => number - 1).sort((a, b) => a - b);
  }
  return type.templates.map((_, ord) => ord);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
