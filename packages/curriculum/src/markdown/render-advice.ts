import type { ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { treeOf } from './render-markdown.ts';
import { writeHtml } from './to-safe-tree.ts';

/**
 * Sanitised HTML of text that nobody here wrote: as for a prompt, and a link stays one only where `mayLink` knows its address. Its
 * words stay in any case.
 */
export function renderAdvice(markdown: string, mayLink: (href: string) => boolean): string {
  const tree: Root = treeOf(markdown);
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName !== 'a' || !parent || index === undefined) return undefined;
    const href = String(node.properties['href'] ?? '');
    if (mayLink(href)) return undefined;
    (parent.children as ElementContent[]).splice(index, 1, ...node.children);
    return [SKIP, index];
  });
  return writeHtml(tree);
}
