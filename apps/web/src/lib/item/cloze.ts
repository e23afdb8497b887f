import type { Kept } from './kept.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character]!);
}

/** The prompt with a text field in place of every `[[blank]]`. The rest is already sanitised; what was typed is escaped. */
export function withBlanks(promptHtml: string, blanks: { id: string }[], kept: Kept): string {
  const places = new Map(blanks.map(({ id }, i) => [id, i + 1]));
  return promptHtml.replaceAll(/\[\[([\w-]+)\]\]/g, (whole, id: string) => {
    const place = places.get(id);
    if (place === undefined) return whole;
    const value = escape(kept[`blank-${id}`]?.[0] ?? '');
    return `<input class="blank" name="blank-${escape(id)}" aria-label="Blank ${place} of ${blanks.length}" value="${value}" required maxlength="500" autocomplete="off" autocapitalize="off" spellcheck="false">`;
  });
}

/** The prompt read once it is answered: a drawn gap for each blank. */
export function withGaps(promptHtml: string): string {
  return promptHtml.replaceAll(
    /\[\[([\w-]+)\]\]/g,
    '<span class="gap" role="img" aria-label="blank"></span>',
  );
}
