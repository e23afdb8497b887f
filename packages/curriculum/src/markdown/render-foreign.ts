import type { Element, ElementContent, Properties, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import rehypeSanitize, { type Options } from 'rehype-sanitize';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import { stripUnsafe } from './finish-tree.ts';
import { renderMath } from './render-math.ts';
import { writeHtml } from './to-safe-tree.ts';
import { toSet } from './to-set.ts';

const TAGS = toSet(`
  a b blockquote br code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img kbd li mark
  ol p pre q rp rt ruby s small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul
`);

/** What HTML of another program may become: words, structure and pictures. No class, no id, no style, no script. */
const SCHEMA: Options = {
  tagNames: [...TAGS],
  attributes: {
    a: ['href'],
    img: ['src', 'alt', 'width', 'height'],
    ol: ['start'],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan'],
  },
  ancestors: {
    tbody: ['table'],
    td: ['table'],
    tfoot: ['table'],
    th: ['table'],
    thead: ['table'],
    tr: ['table'],
  },
  protocols: { href: ['https', 'http', 'mailto'] },
  strip: ['script', 'style', 'title', 'template', 'noscript', 'iframe', 'object', 'svg', 'math'],
  clobber: [],
  required: {},
};

const sanitiser = unified().use(rehypeSanitize, SCHEMA).freeze();

/** Where media of a card are. */
export interface ForeignMedia {
  /** The address of a picture or sound by the name the card calls it; undefined where there is none. */
  address(name: string): string | undefined;
}

/**
 * Sanitised HTML of a text that another program wrote as HTML: safe to print whatever it holds. Pictures come from us or not at all, so
 * that reading a card tells nobody; `[sound:name]` becomes a player, and formulas between `\(` and `\)`, `\[` and `\]` become MathML.
 */
export function renderForeign(html: string, media: ForeignMedia): string {
  const tree = sanitiser.runSync(fromHtml(html, { fragment: true })) as Root;
  visit(tree, 'element', (node, index, parent) => {
    if (!parent || index === undefined) return undefined;
    const siblings = parent.children as ElementContent[];
    if (/^h[1-6]$/.test(node.tagName)) node.tagName = 'h3';
    if (node.tagName === 'summary' || node.tagName === 'details') node.properties = {};
    if (node.tagName === 'img') {
      siblings[index] = toPicture(node, media);
      return SKIP;
    }
    if (node.tagName === 'a') node.properties = toLink(node);
    if (node.tagName === 'pre')
      node.properties = { tabIndex: 0, role: 'region', ariaLabel: 'Code' } as Properties;
    return undefined;
  });
  visit(tree, 'text', (node, index, parent) => {
    if (!parent || index === undefined) return undefined;
    if (parent.type === 'element' && ['code', 'pre', 'tt', 'kbd'].includes(parent.tagName)) return undefined;
    const parts = splitText(node.value, media);
    if (parts === undefined) return undefined;
    (parent.children as ElementContent[]).splice(index, 1, ...parts);
    return [SKIP, index + parts.length];
  });
  stripUnsafe(tree);
  return writeHtml(tree);
}

/** Text of foreign HTML without markup, formulas and sounds as they were written. */
export function foreignText(html: string): string {
  const tree = sanitiser.runSync(fromHtml(html, { fragment: true })) as Root;
  let text = '';
  visit(tree, (node) => {
    if (node.type === 'text') text += node.value;
    else if (node.type === 'element' && /^(?:br|div|p|li|td|tr|hr|h\d)$/.test(node.tagName)) text += ' ';
  });
  return text.replace(/\s+/g, ' ').trim();
}

function toPicture(node: Element, media: ForeignMedia): ElementContent {
  const name = String(node.properties['src'] ?? '');
  const alt = String(node.properties['alt'] ?? '').trim();
  const address = media.address(name);
  if (address === undefined)
    return {
      type: 'element',
      tagName: 'em',
      properties: {},
      children: [
        { type: 'text', value: `[picture not here: ${alt || name.slice(0, 80) || 'without a name'}]` },
      ],
    };
  const size = (value: unknown): number | undefined => {
    const pixels = Number(value);
    return Number.isFinite(pixels) && pixels > 0 ? Math.min(2000, Math.round(pixels)) : undefined;
  };
  const [width, height] = [size(node.properties['width']), size(node.properties['height'])];
  return {
    type: 'element',
    tagName: 'img',
    properties: {
      src: address,
      alt: alt === '' ? 'Picture of this card' : alt,
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
    },
    children: [],
  };
}

/** Only to elsewhere, where it learns nothing of the page: an address of our own could act. */
function toLink({ properties }: Element): Properties {
  const href = String(properties['href'] ?? '');
  return /^(?:https?:|mailto:)/i.test(href) ? { href, rel: ['noopener', 'noreferrer'] } : {};
}

const SPECIAL =
  /\[sound:([^\]]{1,255})\]|\\\(([\s\S]{1,4000}?)\\\)|\\\[([\s\S]{1,4000}?)\\\]|\[\$\$\]([\s\S]{1,4000}?)\[\/\$\$\]|\[\$\]([\s\S]{1,4000}?)\[\/\$\]|\[latex\]([\s\S]{1,4000}?)\[\/latex\]/g;

function splitText(text: string, media: ForeignMedia): ElementContent[] | undefined {
  if (!text.includes('[') && !text.includes('\\(')) return undefined;
  const parts: ElementContent[] = [];
  let at = 0;
  for (const match of text.matchAll(SPECIAL)) {
    if (match.index > at) parts.push({ type: 'text', value: text.slice(at, match.index) });
    at = match.index + match[0].length;
    const [, sound, inline, display, latexDisplay, latexInline, latex] = match;
    if (sound !== undefined) parts.push(toSound(sound, media));
    else if (inline !== undefined) parts.push(renderMath(inline, false));
    else if (latexInline !== undefined) parts.push(renderMath(latexInline, false));
    else parts.push(renderMath(unwrap(display ?? latexDisplay ?? latex ?? ''), true));
  }
  if (parts.length === 0) return undefined;
  if (at < text.length) parts.push({ type: 'text', value: text.slice(at) });
  return parts;
}

/** `[latex]` holds TeX of a document, often with its own dollars. */
function unwrap(tex: string): string {
  return tex.trim().replace(/^\$\$?([\s\S]*?)\$\$?$/, '$1');
}

function toSound(name: string, media: ForeignMedia): ElementContent {
  const address = media.address(name);
  if (address === undefined) return { type: 'text', value: ` [sound not here: ${name.slice(0, 80)}] ` };
  return {
    type: 'element',
    tagName: 'audio',
    properties: { controls: true, preload: 'none', src: address },
    children: [],
  };
}
