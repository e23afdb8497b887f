import { slugOf } from '../markdown/heading-slug.ts';
import { plainFormula } from './plain-formula.ts';

/** A section of a lesson, as plain text. */
export interface LessonSection {
  heading: string;
  /** Id of the heading on the page; null for the opening. */
  place: string | null;
  text: string;
}

/** Cuts a lesson at its headings. Code stays as written: people search for `max_num_seqs`. */
export function cutLesson(markdown: string): LessonSection[] {
  const sections: { heading: string; place: string | null; lines: string[] }[] = [
    { heading: '', place: null, lines: [] },
  ];
  const slug = slugOf();
  let fenced = false;
  for (const line of markdown.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) {
      fenced = !fenced;
      continue;
    }
    const heading = fenced ? null : /^#{2,4}\s+(.+?)\s*$/.exec(line);
    if (heading?.[1] === undefined) sections.at(-1)?.lines.push(line);
    else {
      const text = toPlain(heading[1]);
      sections.push({ heading: text, place: slug(text), lines: [] });
    }
  }
  return sections
    .map(({ heading, place, lines }) => ({ heading, place, text: toPlain(lines.join('\n')) }))
    .filter(({ text }) => text !== '');
}

/** Markdown as words: no marks of emphasis, tables, links, images, formulas or directives. */
export function toPlain(markdown: string): string {
  return markdown
    .replace(/\$\$([^$]+)\$\$/g, (_, tex: string) => ` ${plainFormula(tex)} `)
    .replace(/^:::\w*(\{title="([^"]*)"\})?.*$/gm, '$2')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*\|?[\s:|-]+\|[\s:|-]*$/gm, '')
    .replace(/[*`|$]|^\s*(>|[-+*]|\d+\.)\s+/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
