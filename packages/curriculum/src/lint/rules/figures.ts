import type { Element, ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import type { Figure } from '../../curriculum.ts';
import { parseMarkdown } from '../../markdown/parse-markdown.ts';
import { COLOUR, COLOUR_ATTRIBUTES, SVG_ATTRIBUTES, SVG_ELEMENTS } from '../../markdown/svg-rules.ts';
import type { LintRule } from '../rule.ts';
import { lessonFile } from '../rule.ts';

const LARGEST = 60_000;
const COLOURS: ReadonlySet<string> = new Set(COLOUR_ATTRIBUTES.map((name) => name.replaceAll('-', '')));

/** Figures are drawn inline, read in light and dark, and say in words what they show. */
export const figures: LintRule = {
  name: 'figures',
  check({ skills, error, warning }) {
    for (const skill of skills) {
      if (!skill.lesson) continue;
      for (const figure of skill.lesson.figures) {
        checkFigure(figure, (spot, message) => error(figure.file, spot, message));
        checkSize(figure, (spot, message) => warning(figure.file, spot, message));
      }
      const file = lessonFile(skill);
      visit(parseMarkdown(skill.lesson.markdown), 'image', (node, _, parent) => {
        if (parent?.type !== 'paragraph' || parent.children.length > 1)
          error(file, node.url, 'puts a figure inside a text; set it on a line of its own');
        if (!/^figures\/[a-z0-9-]+\.svg$/.test(node.url))
          error(file, node.url, `shows ${node.url}; figures are figures/<name>.svg`);
        if ((node.alt ?? '').length < 20)
          error(file, node.url, 'does not say in words what one sees; write it between the brackets');
        if ((node.title ?? '') === '')
          error(file, node.url, 'has no caption; write one sentence in quotes after the path');
      });
    }
  },
};

type Report = (spot: string | [], message: string) => void;

function checkFigure({ svg }: Figure, report: Report): void {
  const roots = fromHtml(svg, { fragment: true }).children.filter(
    (node): node is Element => node.type === 'element',
  );
  const [root] = roots;
  if (root?.tagName !== 'svg' || roots.length > 1) {
    report([], 'must be a single <svg>');
    return;
  }
  if (svg.length > LARGEST) report([], `is ${svg.length} characters long; draw it in fewer than ${LARGEST}`);
  const { properties } = root;
  if (!('viewBox' in properties)) report('<svg', 'has no viewBox; add one');
  if ('width' in properties || 'height' in properties)
    report('<svg', 'sets width or height; the page decides, so remove them');
  if (properties['role'] !== 'img') report('<svg', 'has no role="img"; add it');
  if (!root.children.some((child) => child.type === 'element' && child.tagName === 'title'))
    report('<svg', 'has no <title>; add one');
  walk(root, report);
}

function walk(element: Element, report: Report): void {
  const tag = `<${element.tagName}`;
  if (!SVG_ELEMENTS.has(element.tagName.toLowerCase())) {
    report(tag, `uses ${tag}>, which figures may not have`);
    return;
  }
  for (const [name, raw] of Object.entries(element.properties)) {
    const key = name.toLowerCase().replaceAll('-', '');
    const value = Array.isArray(raw) ? raw.join(' ') : String(raw);
    if (COLOURS.has(key)) {
      if (!COLOUR.test(value.trim()))
        report(
          value,
          `uses the colour ${value}; use currentColor, none or one of the variables in docs/authoring.md`,
        );
    } else if (!SVG_ATTRIBUTES.has(key) && !(element.tagName === 'svg' && key.startsWith('xmlns'))) {
      report(tag, `sets ${name} on ${tag}>, which figures may not have`);
    }
    if (key === 'href' && !value.startsWith('#')) report(value, `refers to ${value}; a figure stands alone`);
  }
  for (const child of element.children as ElementContent[]) if (child.type === 'element') walk(child, report);
}

/** Text one can read at the width of a page. */
function checkSize({ svg }: Figure, report: Report): void {
  const width = Number(/viewBox="\s*[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)/.exec(svg)?.[1]);
  if (width < 480 || width > 760)
    report('viewBox', `is ${width} units wide; about 640 lets its text match the page's`);
  for (const [whole, size] of svg.matchAll(/font-size="([\d.]+)(?:px)?"/g)) {
    if (Number(size) < 12 || Number(size) > 18) {
      report(whole, `has text ${size} units high; write it 13 or 14`);
      return;
    }
  }
}
