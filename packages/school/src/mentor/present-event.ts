import { renderAdvice, renderMarkdown } from '@edirae/curriculum';
import { cleanText, type MentorEvent } from '@edirae/mentor';
import type { School } from '../school.ts';
import type { MentorEventView } from './views.ts';

/** The directory of help lines that the built-in mentor names. */
const ELSEWHERE = 'https://findahelpline.com';

/** Pages of our own that belong to no one skill. */
const PLACES = ['/placement', '/review', '/track', '/progress', '/careers'];

const known = new WeakMap<School['curriculum'], ReadonlySet<string>>();

/** Addresses that may be linked to: skills, and what the curriculum itself links to. */
function linkable(curriculum: School['curriculum']): ReadonlySet<string> {
  const found = known.get(curriculum);
  if (found) return found;
  const hrefs = new Set<string>([ELSEWHERE, ...PLACES]);
  for (const { url } of curriculum.resources) hrefs.add(url);
  for (const skill of curriculum.skills.values()) {
    hrefs.add(`/skills/${skill.id}`);
    for (const { url } of [...skill.resources, ...skill.sources]) hrefs.add(url);
  }
  known.set(curriculum, hrefs);
  return hrefs;
}

/** A mentor's event as it is stored and shown. Markdown that a model wrote is text, code and links that we know; never an image. */
export function presentEvent(school: School, event: MentorEvent): MentorEventView {
  switch (event.type) {
    case 'text':
    case 'hint':
    case 'ask': {
      const text = withoutMarkup(event.text);
      return { ...event, text, html: renderSaid(school, text) };
    }
    case 'cite':
    case 'offerLesson':
      return { ...event, href: `/skills/${event.skill}${anchorOf(event.heading)}` };
    case 'offerPractice':
      return { ...event, href: `/skills/${event.skill}/practice` };
    case 'suggestCheck':
      return { ...event, href: `/skills/${event.skill}` };
    case 'opinion':
      return {
        ...event,
        lines: event.lines.map(({ point, points }) => ({ point: cleanText(point), points })),
      };
    default:
      return event;
  }
}

export function renderSaid(school: School, text: string): string {
  const hrefs = linkable(school.curriculum);
  return renderAdvice(text, (href) => hrefs.has(href) || hrefs.has(href.replace(/\/$/, '')));
}

/** What a learner wrote, as they wrote it: nothing of it is markup. */
export function renderAsked(text: string): string {
  return renderMarkdown(text.replace(/[\\`*_{}[\]<>()#+.!|~$:-]/g, '\\$&').replaceAll('\n', '\\\n'));
}

/** Outside of code, images keep their words and tags become text: whoever renders the Markdown of the API loads nothing either. */
function withoutMarkup(text: string): string {
  return cleanText(text)
    .split(/(```[\s\S]*?(?:```|$)|`[^`\n]*`)/)
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part
            .replace(/!\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])?/g, '$1')
            .replace(/^[ \t]*\[[^\]]+\]:\s*\S+.*$/gm, '')
            .replace(/<(?=[a-z/!?])/gi, '&lt;'),
    )
    .join('');
}

/** As the lesson's headings are anchored. */
function anchorOf(heading: string): string {
  if (heading === '') return '';
  const slug = heading
    .replace(/[*_`]/g, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `#s-${slug}`;
}
