import type { Nodes, Paragraph, PhrasingContent, Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';

const parser = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkMath, { singleDollarTextMath: false })
  .use(remarkDirective)
  .freeze();

/** Our Markdown as a tree: formulas by $$ only, and directives of three colons. */
export function parseMarkdown(markdown: string): Root {
  const tree = parser.runSync(parser.parse(markdown)) as Root;
  restoreColons(tree, markdown);
  liftFormulas(tree);
  return tree;
}

/** `at 10:fast` is prose, not a directive called fast: only containers are directives here. */
function restoreColons(tree: Root, markdown: string): void {
  visit(tree, (node, index, parent) => {
    const kind: string = node.type;
    if ((kind !== 'textDirective' && kind !== 'leafDirective') || !parent || index === undefined)
      return undefined;
    const { start, end } = node.position ?? {};
    const value = markdown.slice(start?.offset ?? 0, end?.offset ?? 0);
    const text: PhrasingContent = { type: 'text', value };
    const children: Nodes[] = parent.children;
    children[index] = kind === 'textDirective' ? text : { type: 'paragraph', children: [text] };
    return SKIP;
  });
}

/** A formula alone in its paragraph is a displayed one, whether or not its $$ stand on lines of their own. */
function liftFormulas(tree: Root): void {
  visit(tree, 'paragraph', (node: Paragraph, index, parent) => {
    const [only, ...more] = node.children;
    if (only?.type !== 'inlineMath' || more.length > 0 || !parent || index === undefined) return;
    const children: Nodes[] = parent.children;
    const code = {
      type: 'element' as const,
      tagName: 'code',
      properties: { className: ['math-display'] },
      children: [{ type: 'text' as const, value: only.value }],
    };
    children[index] = { type: 'math', value: only.value, data: { hName: 'pre', hChildren: [code] } };
  });
}

/** All text of a node, without markup. */
export function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
