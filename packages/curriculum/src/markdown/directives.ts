import type { BlockContent, Nodes, Paragraph, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Misconception } from '../curriculum.ts';

/** A container directive as remark-directive gives it. */
interface Container {
  type: 'containerDirective';
  name: string;
  attributes?: Record<string, string | null | undefined> | null;
  children: BlockContent[];
  data?: { hName?: string; hProperties?: Record<string, string[]> };
}

/** The directives there are. */
export const DIRECTIVES: ReadonlySet<string> = new Set(['worked', 'formula', 'misconception']);

/** Turns directives into the elements they stand for; an unknown one keeps its content. */
export function placeDirectives(tree: Root, misconceptions: readonly Misconception[]): void {
  visit(tree, (node) => {
    const kind: string = node.type;
    if (kind !== 'containerDirective') return;
    const container = node as unknown as Container;
    const { name, attributes } = container;
    if (name === 'worked') {
      const title = attributes?.['title'] ?? '';
      place(container, 'section', ['worked']);
      container.children.unshift(
        sentence(title === '' ? 'Worked example' : `Worked example: ${title}`, 'h3'),
      );
    } else if (name === 'formula') {
      const [only, ...more] = container.children;
      if (only?.type === 'paragraph' && more.length === 0) {
        // One paragraph becomes the formula itself, without a box around it.
        place(container, 'p', ['formula']);
        container.children = only.children as unknown as BlockContent[];
      } else place(container, 'div', ['formula']);
    } else if (name === 'misconception') {
      const known = misconceptions.find(({ id }) => id === attributes?.['id']);
      place(container, 'aside', ['note', 'miss', 'misconception']);
      if (known) container.children.unshift(sentence(known.belief, 'p'));
    } else place(container, 'div', []);
  });
}

function place(container: Container, hName: string, className: string[]): void {
  container.data = { hName, hProperties: className.length > 0 ? { className } : {} };
}

function sentence(text: string, hName: string): Paragraph {
  return { type: 'paragraph', data: { hName }, children: [{ type: 'text', value: text }] };
}

/** The names of the directives a tree uses, with the line of each. */
export function listDirectives(
  tree: Root,
): { name: string; line: number; attributes: Record<string, string> }[] {
  const found: { name: string; line: number; attributes: Record<string, string> }[] = [];
  visit(tree, (node: Nodes) => {
    const kind: string = node.type;
    if (kind !== 'containerDirective') return;
    const { name, attributes } = node as unknown as Container;
    const given = Object.entries(attributes ?? {}).map(([key, value]) => [key, value ?? '']);
    found.push({ name, line: node.position?.start.line ?? 1, attributes: Object.fromEntries(given) });
  });
  return found;
}
