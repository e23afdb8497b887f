import type { Nodes, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { DIRECTIVES, listDirectives } from '../../markdown/directives.ts';
import { parseMarkdown, textOf } from '../../markdown/parse-markdown.ts';
import { findMath } from '../../markdown/render-math.ts';
import type { LintRule, Spot } from '../rule.ts';
import { lessonFile } from '../rule.ts';
import { listTexts } from '../family-texts.ts';
import { sampleVariants, spotOf } from '../sample-variants.ts';

const LANGUAGES = new Set(['python', 'typescript', 'javascript', 'bash', 'yaml', 'json', 'sql', 'text']);

type Report = (spot: Spot, message: string) => void;

/** Markdown says what its author meant: no raw HTML, formulas that can be read, known directives and languages. */
export const markdown: LintRule = {
  name: 'markdown',
  check({ skills, families, error }) {
    for (const skill of skills) {
      if (skill.lesson) {
        const file = lessonFile(skill);
        const tree = parseMarkdown(skill.lesson.markdown);
        checkTree(tree, (spot, message) => error(file, spot, message));
        checkLesson(tree, (spot, message) => error(file, spot, message));
      }
      for (const family of families(skill)) {
        for (const { path, text } of listTexts(family)) {
          checkDollars(text, (_, message) => error(family.file, path, message));
          if (!/<[a-z!/]|\$\$|:::|!\[/i.test(text) || text.includes('{{')) continue;
          checkTree(parseMarkdown(text), (_, message) => error(family.file, path, message));
        }
        // Templates are read as they come out, formulas with numbers in them.
        const variant = sampleVariants(family)[0];
        if (!variant || !family.parametric) continue;
        for (const text of [variant.prompt, variant.solution, ...variant.hints]) {
          if (/<[a-z!/]|\$\$/i.test(text))
            checkTree(parseMarkdown(text), (_, message) =>
              error(family.file, spotOf(family, variant), message),
            );
        }
      }
    }
  },
};

function checkTree(tree: Root, report: Report): void {
  visit(tree, (node: Nodes) => {
    if (node.type === 'html')
      report(node.value.slice(0, 40), `contains raw HTML (${node.value.slice(0, 40)}); write Markdown`);
    if (node.type === 'inlineMath' || node.type === 'math') {
      const math = findMath(node.value, node.type === 'math');
      if (typeof math === 'string')
        report(node.value.slice(0, 60), `has a formula that cannot be read: ${math}`);
    }
    if (node.type === 'code' && node.lang && !LANGUAGES.has(node.lang)) {
      report(`\`\`\`${node.lang}`, `has code in “${node.lang}”; use one of ${[...LANGUAGES].join(', ')}`);
    }
    if (node.type === 'text' && node.value.includes(':::')) {
      report(':::', 'shows ::: as text; a directive starts and ends on lines of its own');
    }
  });
  for (const { name } of listDirectives(tree)) {
    if (!DIRECTIVES.has(name))
      report(`:::${name}`, `uses the directive ${name}; there are ${[...DIRECTIVES].join(', ')}`);
  }
}

/** The page prints title and criterion, so a lesson starts with its first paragraph and has sections of ##. */
function checkLesson(tree: Root, report: Report): void {
  const [first] = tree.children;
  if (first && first.type !== 'paragraph')
    report([], 'starts with something else than a paragraph; start with the question it answers');
  let level = 1;
  let sections = 0;
  for (const node of tree.children) {
    if (node.type !== 'heading') continue;
    const text = textOf(node);
    if (node.depth === 1)
      report(text, `has a # heading (“${text}”); the page prints the title, sections start with ##`);
    else if (node.depth > level + 1)
      report(text, `jumps from heading level ${level} to ${node.depth}; do not skip one`);
    if (node.depth === 2) sections++;
    level = Math.max(1, node.depth);
  }
  if (sections < 2) report([], 'has fewer than two ## sections; divide it');
  checkDollars(
    tree.children.map((node) => (node.type === 'paragraph' ? textOf(node) : '')).join('\n'),
    report,
  );
}

/** `$x$` is no formula here, and reads as two dollar signs. */
function checkDollars(text: string, report: Report): void {
  const bare = text.replace(/`[^`]*`/g, ' ').replace(/\$\$[\s\S]*?\$\$/g, ' ');
  const single = /(?<![\w$])\$[A-Za-z\\][^$\n]{0,40}?(?<!\s)\$(?![\w$])/.exec(bare)?.[0];
  if (single !== undefined)
    report(single, `writes ${single} with single dollars; formulas are written $$…$$`);
}
