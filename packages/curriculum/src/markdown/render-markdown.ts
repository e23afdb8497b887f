import type { Element, ElementContent, Root } from 'hast';
import { placeDirectives } from './directives.ts';
import { finishTree, plainText, stripUnsafe } from './finish-tree.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { toSafeTree, writeHtml } from './to-safe-tree.ts';

const KEPT = 2000;

/** Keeps the newest results: the same prompts and feedback are shown again and again. */
function memoise(render: (markdown: string) => string): (markdown: string) => string {
  const known = new Map<string, string>();
  return (markdown) => {
    const found = known.get(markdown);
    if (found !== undefined) return found;
    const html = render(markdown);
    const oldest = known.keys().next().value;
    if (known.size >= KEPT && oldest !== undefined) known.delete(oldest);
    known.set(markdown, html);
    return html;
  };
}

/** Our Markdown as a sanitised tree. */
export function treeOf(markdown: string): Root {
  const source = parseMarkdown(markdown);
  placeDirectives(source, []);
  const tree = toSafeTree(source);
  finishTree(tree);
  stripUnsafe(tree);
  return tree;
}

/** Sanitised HTML of a prompt, hint, solution or feedback: safe to print whatever the text, wherever it came from. */
export const renderMarkdown: (markdown: string) => string = memoise((markdown) =>
  writeHtml(treeOf(markdown)),
);

/** Sanitised HTML of an option's text: phrases only, no blocks, no links. */
export const renderInline: (markdown: string) => string = memoise((markdown) => {
  const children = phrasesOf(treeOf(markdown).children as ElementContent[]);
  return writeHtml({ type: 'root', children }).trim();
});

const PHRASES: ReadonlySet<string> = new Set(['code', 'del', 'em', 'math', 'span', 'strong']);

function phrasesOf(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return [{ type: 'text', value: node.value.replace(/\n/g, ' ') }];
    if (node.type !== 'element') return [];
    if (node.tagName === 'math') return [{ ...node, properties: { ...node.properties, display: 'inline' } }];
    if (node.tagName === 'pre') return [codeOf(node)];
    const inside = phrasesOf(node.children);
    return PHRASES.has(node.tagName) ? [{ ...node, children: inside }] : inside;
  });
}

function codeOf(node: Element): Element {
  const text = plainText(node).trim();
  return { type: 'element', tagName: 'code', properties: {}, children: [{ type: 'text', value: text }] };
}
