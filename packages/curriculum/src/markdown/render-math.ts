import type { Element, ElementContent, Properties } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import katex from 'katex';
import { toSet } from './to-set.ts';

const ELEMENTS: ReadonlySet<string> = toSet(`
  math mrow mi mo mn ms mtext mspace msqrt mroot mfrac msub msup msubsup munder mover munderover mtable
  mtr mtd mstyle mpadded mphantom menclose mmultiscripts mprescripts
`);

const ATTRIBUTES: ReadonlySet<string> = toSet(`
  accent accentunder columnalign columnspacing depth display displaystyle fence height largeop
  linethickness lspace mathvariant maxsize minsize movablelimits notation rowspacing rspace scriptlevel
  separator stretchy symmetric voffset width xmlns
`);

/** A formula as MathML; where TeX cannot be read, its source as code. */
export function renderMath(tex: string, display: boolean): Element {
  const math = findMath(tex, display);
  if (typeof math === 'string') {
    return {
      type: 'element',
      tagName: 'code',
      properties: { className: ['unread'] },
      children: [{ type: 'text', value: tex }],
    };
  }
  if (!display) return math;
  const properties = { className: ['math', 'scroll'], tabIndex: 0, role: 'region', ariaLabel: 'Formula' };
  return { type: 'element', tagName: 'div', properties, children: [math] };
}

/** A formula as a clean MathML element, or what KaTeX says is wrong with it. */
export function findMath(tex: string, display: boolean): Element | string {
  let html: string;
  try {
    html = katex.renderToString(tex, {
      displayMode: display,
      output: 'mathml',
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 200,
      maxSize: 20,
    });
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '') : 'cannot be read';
  }
  const [math] = cleanNodes(fromHtml(html, { fragment: true }).children as ElementContent[]);
  return math?.type === 'element' ? math : 'gives no formula';
}

/** Keeps MathML, opens the wrappers around it, drops the TeX kept beside it and every style. */
function cleanNodes(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return [{ type: 'text', value: node.value }];
    if (node.type !== 'element' || node.tagName === 'annotation') return [];
    const children = cleanNodes(node.children);
    if (!ELEMENTS.has(node.tagName)) return children;
    const properties: Properties = {};
    for (const [name, value] of Object.entries(node.properties)) {
      if (ATTRIBUTES.has(name.toLowerCase()) && value !== null && value !== undefined)
        properties[name.toLowerCase()] = value;
    }
    return [{ type: 'element', tagName: node.tagName, properties, children }];
  });
}
