import type { Element, ElementContent, Root as HtmlRoot } from 'hast';
import type { Nodes, Paragraph, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Curriculum, Figure, Skill } from '../curriculum.ts';
import { placeDirectives } from './directives.ts';
import { finishTree, listHeadings, stripUnsafe } from './finish-tree.ts';
import type { Heading } from './finish-tree.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { findSvg } from './sanitise-svg.ts';
import { toSafeTree, writeHtml } from './to-safe-tree.ts';

/** A lesson ready to print. */
export interface RenderedLesson {
  html: string;
  headings: Heading[];
}

interface PlacedFigure {
  path: string;
  alt: string;
  caption: string;
}

const cache = new WeakMap<Skill, RenderedLesson>();

/** The skill's lesson as sanitised HTML, figures drawn inline; empty where it has none. Rendered once and kept. */
export function renderLesson(skill: Skill, curriculum: Curriculum): RenderedLesson {
  const known = cache.get(skill);
  if (known) return known;
  const rendered = render(skill, curriculum);
  cache.set(skill, rendered);
  return rendered;
}

function render(skill: Skill, curriculum: Curriculum): RenderedLesson {
  if (!skill.lesson) return { html: '', headings: [] };
  const source = parseMarkdown(skill.lesson.markdown);
  placeDirectives(source, skill.misconceptions);
  openDeadLinks(source, curriculum);
  const figures = takeFigures(source);
  const tree = toSafeTree(source);
  finishTree(tree);
  const headings = listHeadings(tree);
  drawFigures(tree, figures, skill.lesson.figures);
  stripUnsafe(tree);
  return { html: writeHtml(tree), headings };
}

/** A link to a skill that does not exist is an error to the linter and plain words to a reader. */
function openDeadLinks(tree: Root, curriculum: Curriculum): void {
  visit(tree, 'link', (node, index, parent) => {
    if (!node.url.startsWith('skill:') || curriculum.skills.has(node.url.slice('skill:'.length))) return;
    if (parent && index !== undefined) (parent.children as Nodes[]).splice(index, 1, ...node.children);
  });
}

/** Replaces each image that stands alone by a numbered place; the drawing comes after sanitising. */
function takeFigures(tree: Root): PlacedFigure[] {
  const figures: PlacedFigure[] = [];
  visit(tree, 'paragraph', (node: Paragraph, index, parent) => {
    const [only, ...more] = node.children;
    if (only?.type !== 'image' || more.length > 0 || !parent || index === undefined) return;
    const caption = (only.title ?? '').replace(/^Caption:\s*/, '');
    figures.push({ path: only.url, alt: only.alt ?? '', caption });
    const data = { hName: 'figure', hProperties: { dataFigure: String(figures.length) } };
    (parent.children as Nodes[])[index] = { type: 'paragraph', data, children: [] };
  });
  return figures;
}

function drawFigures(tree: HtmlRoot, placed: readonly PlacedFigure[], drawings: readonly Figure[]): void {
  visit(tree, 'element', (node: Element) => {
    if (node.tagName !== 'figure') return;
    const number = Number(node.properties['dataFigure']);
    const figure = placed[number - 1];
    if (!figure) return;
    const drawing = drawings.find(({ path }) => path === figure.path);
    const svg = drawing && findSvg(drawing.svg, `fig-${number}`);
    node.properties = { className: ['pad-figure'], id: `fig-${number}` };
    const pad = {
      className: ['pad'],
      tabIndex: 0,
      role: 'region',
      ariaLabel: `Figure ${number}: ${figure.alt}`,
    };
    // A drawing that is missing leaves its description, never a hole.
    const inside: ElementContent = svg ?? element('p', {}, [text(figure.alt)]);
    const label = element('b', {}, [text(`Fig. ${number}`)]);
    node.children = [
      element('div', pad, [inside]),
      element('figcaption', {}, [label, text(` ${figure.caption === '' ? figure.alt : figure.caption}`)]),
    ];
  });
}

function element(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

function text(value: string): ElementContent {
  return { type: 'text', value };
}
