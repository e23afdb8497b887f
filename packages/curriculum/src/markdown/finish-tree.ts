import type { Element, ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { slugOf } from './heading-slug.ts';
import { renderMath } from './render-math.ts';

/** A heading of a lesson, for a table of contents. */
export interface Heading {
  id: string;
  text: string;
  level: number;
}

/** Text of a tree without markup. */
export function plainText(node: Root | ElementContent | { type: 'doctype' }): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map((child) => plainText(child as ElementContent)).join('') : '';
}

/** What comes after sanitising: formulas, tables and code one can reach by keyboard, links that keep to themselves. */
export function finishTree(tree: Root): void {
  visit(tree, 'element', (node, index, parent) => {
    if (!parent || index === undefined) return undefined;
    const siblings = parent.children as ElementContent[];
    const classes = classesOf(node);
    if (node.tagName === 'pre') {
      const code = node.children.find(
        (child): child is Element => child.type === 'element' && child.tagName === 'code',
      );
      if (code && classesOf(code).includes('math-display')) {
        siblings[index] = renderMath(plainText(code), true);
        return SKIP;
      }
      const language =
        code &&
        classesOf(code)
          .find((name) => name.startsWith('language-'))
          ?.slice('language-'.length);
      node.properties = {
        tabIndex: 0,
        role: 'region',
        ariaLabel: language && language !== 'text' ? `Code, ${language}` : 'Code',
      };
      return undefined;
    }
    if (node.tagName === 'code' && classes.includes('math-inline')) {
      siblings[index] = renderMath(plainText(node), false);
      return SKIP;
    }
    if (node.tagName === 'table') {
      const label = `Table: ${columnsOf(node).join(', ').replace(/[<>]/g, '')}`.slice(0, 120);
      const properties = { className: ['scroll'], tabIndex: 0, role: 'region', ariaLabel: label };
      siblings[index] = { type: 'element', tagName: 'div', properties, children: [node] };
      visit(node, 'element', finishCell);
      return [SKIP, index + 1];
    }
    if (node.tagName === 'a') finishLink(node);
    return undefined;
  });
  // Cells were skipped above together with their table.
  visit(tree, 'element', (node, index, parent) => {
    if (!parent || index === undefined) return undefined;
    if (node.tagName === 'code' && classesOf(node).includes('math-inline')) {
      (parent.children as ElementContent[])[index] = renderMath(plainText(node), false);
      return SKIP;
    }
    if (node.tagName === 'a') finishLink(node);
    return undefined;
  });
}

/** Last of all, on everything that leaves: no style, no event handler, no address that runs. */
export function stripUnsafe(tree: Root): void {
  visit(tree, 'element', (node) => {
    for (const name of Object.keys(node.properties)) {
      if (/^on|^style$|^srcdoc$/i.test(name)) delete node.properties[name];
    }
    const { href } = node.properties;
    if (href !== undefined && !/^(https?:|mailto:|\/(?!\/)|#)/i.test(String(href)))
      delete node.properties['href'];
  });
}

/** Gives each section heading an id that no other has, and lists them. */
export function listHeadings(tree: Root): Heading[] {
  const slug = slugOf();
  const headings: Heading[] = [];
  for (const node of tree.children) {
    if (node.type !== 'element' || !/^h[2-4]$/.test(node.tagName)) continue;
    const text = plainText(node).trim();
    const id = slug(text);
    node.properties['id'] = id;
    headings.push({ id, text, level: Number(node.tagName.slice(1)) });
  }
  return headings;
}

function classesOf(node: Element): string[] {
  const { className } = node.properties;
  return Array.isArray(className) ? className.map(String) : [];
}

function columnsOf(table: Element): string[] {
  const columns: string[] = [];
  visit(table, 'element', (node) => {
    if (node.tagName === 'th') columns.push(plainText(node).trim());
  });
  return columns.filter((column) => column !== '');
}

function finishCell(node: Element): void {
  if (node.tagName !== 'td' && node.tagName !== 'th') return;
  const { align } = node.properties;
  delete node.properties['align'];
  if (align === 'right') node.properties['className'] = ['r'];
  if (node.tagName === 'th') node.properties['scope'] = 'col';
}

/** Links to elsewhere learn nothing of the page they were on. */
function finishLink(node: Element): void {
  const href = String(node.properties['href'] ?? '');
  if (/^https?:/i.test(href)) node.properties['rel'] = ['noopener', 'noreferrer'];
}
