import { createHash } from 'node:crypto';
import { renderMarkdown } from '@edirae/curriculum';
import type { OutNoteType } from '@edirae/anki';
import { z } from 'zod';
import type { NoteType, StoredNote } from '../store/cards/notes.ts';

/** Notes written here, as they leave for Anki: HTML to be shown, and beside it the Markdown, so that they can come back as they were. */
export const OUT_TYPES = {
  basic: {
    name: 'Edirae',
    cloze: false,
    fields: ['Front', 'Back', 'Edirae'],
    templates: [{ name: 'Card 1', front: '{{Front}}', back: '{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}' }],
  },
  both: {
    name: 'Edirae, both ways',
    cloze: false,
    fields: ['Front', 'Back', 'Edirae'],
    templates: [
      { name: 'Card 1', front: '{{Front}}', back: '{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}' },
      { name: 'Card 2', front: '{{Back}}', back: '{{FrontSide}}\n\n<hr id=answer>\n\n{{Front}}' },
    ],
  },
  cloze: {
    name: 'Edirae Cloze',
    cloze: true,
    fields: ['Text', 'More', 'Edirae'],
    templates: [{ name: 'Cloze', front: '{{cloze:Text}}', back: '{{cloze:Text}}<br>\n{{More}}' }],
  },
} satisfies Record<string, OutNoteType>;

const sourceSchema = z.object({
  form: z.enum(['basic', 'cloze']),
  fields: z.array(z.string().max(50_000)).min(1).max(3),
  skill: z.string().max(200).nullable(),
  source: z.string().max(5_000).nullable(),
  of: z.string(),
});

/** A note's Markdown as HTML for Anki, where formulas are Anki's own and gaps stay gaps. */
export function toAnkiHtml(markdown: string): string {
  const formulas: string[] = [];
  // Code keeps its dollars.
  const kept = markdown.replace(
    /(```[\s\S]*?```|`[^`\n]*`)|\$\$([\s\S]+?)\$\$/g,
    (whole, code: string | undefined, tex: string) => {
      if (code !== undefined) return whole;
      const alone = /^\s*\n|\n\s*$/.test(tex);
      const escaped = tex.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      formulas.push(alone ? `\\[${escaped}\\]` : `\\(${escaped}\\)`);
      return `\uE010${formulas.length - 1}\uE011`;
    },
  );
  return renderMarkdown(kept).replace(/\uE010(\d+)\uE011/g, (_, n: string) => formulas[Number(n)] ?? '');
}

/** The fields of a note written here, for Anki. */
export function toAnkiFields(note: Pick<StoredNote, 'form' | 'fields' | 'skill' | 'source'>): string[] {
  const [first = '', second = ''] = note.fields;
  const shown = [toAnkiHtml(first), second.trim() === '' ? '' : toAnkiHtml(second)];
  const { form, fields, skill, source } = note;
  const beside = JSON.stringify({ form, fields, skill, source, of: digestOf(shown) });
  // Anki reads fields as HTML: what stands for itself is written so that nothing in it is markup.
  return [...shown, beside.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')];
}

/** The Markdown that came along, where the note is one of ours and was not changed elsewhere. */
export function readSource(
  type: Pick<NoteType, 'name' | 'fields'>,
  fields: readonly string[],
): (Pick<StoredNote, 'fields' | 'skill' | 'source'> & { form: 'basic' | 'cloze' }) | undefined {
  if (!type.name.startsWith('Edirae') || type.fields[2] !== 'Edirae') return undefined;
  const text = (fields[2] ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  try {
    const { of, ...source } = sourceSchema.parse(JSON.parse(text));
    return of === digestOf(fields.slice(0, 2)) ? source : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(shown: readonly string[]): string {
  return createHash('sha256').update(shown.join('\x1f')).digest('hex').slice(0, 16);
}

const GUID = 'edirae:';

/** The guid under which a card of the content leaves. */
export function guidOfContent(content: string): string {
  return `${GUID}${content}`;
}

/** The card of the content that a guid names. */
export function contentOfGuid(guid: string): string | undefined {
  return guid.startsWith(GUID) ? guid.slice(GUID.length) : undefined;
}
