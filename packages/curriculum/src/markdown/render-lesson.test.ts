import { describe, expect, test } from 'vitest';
import { at, skillYaml, tinyCurriculum } from '../testing/tiny-curriculum.ts';
import { renderLesson } from './render-lesson.ts';
import type { RenderedLesson } from './render-lesson.ts';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 100" role="img" aria-labelledby="t">
<title id="t">Two boxes</title>
<defs><marker id="tip"><path d="M0 0L4 2"/></marker></defs>
<path d="M0 0h10" stroke="var(--ink)" marker-end="url(#tip)"/><use href="#tip"/>
</svg>`;

function render(markdown: string, files: Readonly<Record<string, string>> = {}): RenderedLesson {
  const curriculum = tinyCurriculum({
    [at('lesson.md')]: markdown,
    [at('figures/boxes.svg')]: SVG,
    ...files,
  });
  const skill = curriculum.skills.get('adding');
  if (!skill) throw new Error('no skill');
  return renderLesson(skill, curriculum);
}

describe('figures', () => {
  const markdown = `First.

![Two boxes beside each other](figures/boxes.svg "Two boxes and an arrow.")

![The same boxes again](figures/boxes.svg "Caption: Again.")
`;

  test('are numbered, labelled and drawn inline with their caption', () => {
    const { html } = render(markdown);
    expect(html).toContain(
      '<figure class="pad-figure" id="fig-1"><div class="pad" tabindex="0" role="region" aria-label="Figure 1: Two boxes beside each other"><svg ',
    );
    expect(html).toContain('<figcaption><b>Fig. 1</b> Two boxes and an arrow.</figcaption>');
    expect(html).toContain('<figure class="pad-figure" id="fig-2">');
    expect(html).toContain('<figcaption><b>Fig. 2</b> Again.</figcaption>');
  });

  test('have ids of their own, so that two on a page do not use each other’s markers', () => {
    const { html } = render(markdown);
    for (const n of [1, 2]) {
      expect(html).toContain(`id="fig-${n}-tip"`);
      expect(html).toContain(`marker-end="url(#fig-${n}-tip)"`);
      expect(html).toContain(`href="#fig-${n}-tip"`);
      expect(html).toContain(`aria-labelledby="fig-${n}-t"`);
      expect(html).toContain(`<title id="fig-${n}-t">`);
    }
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('that are missing leave their description', () => {
    const { html } = render('A.\n\n![What would be seen](figures/none.svg "Cap.")');
    expect(html).toContain('<p>What would be seen</p>');
    expect(html).toContain('<figcaption><b>Fig. 1</b> Cap.</figcaption>');
  });

  test.each([
    '<script>alert(1)</script>',
    '<style>*{fill:red}</style>',
    '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml" onclick="x">x</div></foreignObject>',
    '<image href="https://evil/x.png"/>',
    '<use href="https://evil/x.svg#a"/>',
    '<use xlink:href="data:image/svg+xml,x"/>',
    '<a href="javascript:alert(1)"><text>x</text></a>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    '<set attributeName="onmouseover" to="alert(1)"/>',
    '<rect onload="alert(1)" onclick="x" style="fill:red" class="x"/>',
    '<rect fill="url(https://evil/x)"/>',
    '<rect fill="url(data:x)"/>',
    '<text><tspan onclick="x">y</tspan></text>',
    '<iframe src="x"/>',
    '<!--<script>-->',
    '<![CDATA[<script>alert(1)</script>]]>',
    '<handler type="x">alert(1)</handler>',
    '</svg><script>alert(1)</script><svg>',
    '</svg><img src=x onerror=alert(1)>',
  ])('hold nothing that runs or loads: %s', (inside) => {
    const { html } = render('A.\n\n![Seen](figures/bad.svg "C.")', {
      [at('figures/bad.svg')]: `<svg viewBox="0 0 1 1" width="9" style="x" onload="alert(1)">${inside}</svg>`,
    });
    expect(html).toContain('<svg viewBox="0 0 1 1">');
    expect(html).not.toMatch(
      /<script|<style|<foreignobject|<image|<img|<iframe|<animate|<set|<handler|<a |javascript:|data:|https:/i,
    );
    expect(html.replace(/aria-label="[^"]*"/g, '')).not.toMatch(/\s(on\w+|style|class="x"|width)=/i);
  });
});

describe('the rest of a lesson', () => {
  test('headings get ids and are listed; those of worked examples are not', () => {
    const { html, headings } = render(
      'A.\n\n## What one token costs\n\nB.\n\n:::worked{title="T"}\nC\n:::\n\n### In code\n\n## What one token costs\n',
    );
    expect(headings).toEqual([
      { id: 's-what-one-token-costs', text: 'What one token costs', level: 2 },
      { id: 's-in-code', text: 'In code', level: 3 },
      { id: 's-what-one-token-costs-2', text: 'What one token costs', level: 2 },
    ]);
    expect(html).toContain('<h2 id="s-what-one-token-costs-2">');
    expect(html).toContain('<section class="worked"><h3>Worked example: T</h3>');
  });

  test('a misconception prints its belief from skill.yaml', () => {
    const { html } = render(
      'A.\n\n:::misconception{id="forgets-carry"}\nIt belongs to the next column.\n:::\n',
    );
    expect(html).toContain(
      '<aside class="note miss misconception"><p>The carry can be left out</p><p>It belongs to the next column.</p></aside>',
    );
  });

  test('a link to a skill that does not exist is plain words', () => {
    const { html } = render('See [adding](skill:adding) and [more](skill:missing).');
    expect(html).toBe('<p>See <a href="/skills/adding">adding</a> and more.</p>');
  });

  test('a skill without a lesson has no text', () => {
    const curriculum = tinyCurriculum({ [at('skill.yaml')]: skillYaml({ status: 'planned' }) });
    const skill = curriculum.skills.get('adding');
    expect(skill && renderLesson(skill, curriculum)).toEqual({ html: '', headings: [] });
  });

  test('a lesson is rendered once and kept', () => {
    const curriculum = tinyCurriculum({ [at('lesson.md')]: 'Text.' });
    const skill = curriculum.skills.get('adding');
    if (!skill) throw new Error('no skill');
    expect(renderLesson(skill, curriculum)).toBe(renderLesson(skill, curriculum));
  });
});
