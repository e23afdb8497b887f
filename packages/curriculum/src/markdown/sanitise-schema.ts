import type { Options } from 'rehype-sanitize';
import { toSet } from './to-set.ts';

const TAGS = toSet(`
  a aside blockquote br code del div em figure h2 h3 h4 hr li ol p pre section span strong table tbody td
  th thead tr ul
`);

/** What our Markdown can become, and nothing else: no raw HTML reaches this far, and this holds even if it did. */
export const SANITISE_SCHEMA: Options = {
  tagNames: [...TAGS],
  attributes: {
    a: ['href'],
    aside: [['className', 'note', 'miss', 'misconception']],
    code: [['className', /^language-[a-z]+$/, 'hljs', 'math-inline', 'math-display']],
    div: [['className', 'formula']],
    figure: ['dataFigure'],
    ol: ['start'],
    p: [['className', 'formula']],
    section: [['className', 'worked']],
    span: [['className', /^hljs-[a-z_]+$/, /^[a-z]+_$/]],
    td: ['align'],
    th: ['align'],
  },
  ancestors: { tbody: ['table'], td: ['table'], th: ['table'], thead: ['table'], tr: ['table'] },
  protocols: { href: ['https', 'http', 'mailto'] },
  strip: ['script', 'style'],
  clobber: [],
  required: {},
};
