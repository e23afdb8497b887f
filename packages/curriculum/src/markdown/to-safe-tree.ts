import type { Root as HtmlRoot } from 'hast';
import type { Nodes, Root } from 'mdast';
import rehypeHighlight from 'rehype-highlight';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { SANITISE_SCHEMA } from './sanitise-schema.ts';

const LANGUAGES: ReadonlySet<string> = new Set([
  'python',
  'typescript',
  'javascript',
  'bash',
  'yaml',
  'json',
  'sql',
]);
const ALIASES: Readonly<Record<string, string>> = {
  py: 'python',
  ts: 'typescript',
  js: 'javascript',
  sh: 'bash',
  shell: 'bash',
  yml: 'yaml',
};

const toHtml = unified().use(remarkRehype).use(rehypeHighlight).use(rehypeSanitize, SANITISE_SCHEMA).freeze();
const writer = unified().use(rehypeStringify).freeze();

/** Markdown's tree as a sanitised HTML tree. Raw HTML becomes text. */
export function toSafeTree(tree: Root): HtmlRoot {
  visit(tree, (node, index, parent) => {
    if (node.type === 'heading') node.depth = Math.min(4, Math.max(2, node.depth)) as 2 | 3 | 4;
    if (node.type === 'code') {
      const language = ALIASES[node.lang ?? ''] ?? node.lang ?? '';
      node.lang = LANGUAGES.has(language) ? language : 'text';
    }
    if (node.type === 'link' || node.type === 'definition') node.url = rewriteLink(node.url);
    // Raw HTML is shown as the text it is: nothing of it is obeyed, and nothing a person wrote is lost.
    if (node.type === 'html' && parent && index !== undefined) {
      const shown: Nodes = { type: 'text', value: node.value };
      (parent.children as Nodes[])[index] =
        parent.type === 'root' ? { type: 'paragraph', children: [shown] } : shown;
    }
    // An image would be a request to somewhere; its words stay.
    if ((node.type === 'image' || node.type === 'imageReference') && parent && index !== undefined) {
      (parent.children as Nodes[])[index] = { type: 'text', value: node.alt ?? '' };
    }
  });
  return toHtml.runSync(tree) as HtmlRoot;
}

/** `skill:littles-law` is a page of ours. */
function rewriteLink(url: string): string {
  const skill = /^skill:([a-z0-9-]+)$/.exec(url)?.[1];
  return skill === undefined ? url : `/skills/${skill}`;
}

/** A tree as HTML text. */
export function writeHtml(tree: HtmlRoot): string {
  return writer.stringify(tree);
}
