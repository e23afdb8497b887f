import { testRules } from '../../testing/rule-fixture.ts';
import type { RuleFixture } from '../../testing/rule-fixture.ts';
import { at, CHOICE_FAMILY, lessonOf } from '../../testing/tiny-curriculum.ts';

const LESSON = at('lesson.md');

const CHOICE = at('items/which-sum.yaml');

const CARDS = at('cards.yaml');

const FIGURE = at('figures/boxes.svg');

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 90" role="img"><title>Boxes</title><rect width="9" height="9" fill="var(--ink)"/><text font-size="14">a</text></svg>';

const SHOWN = 'First.\n\n![Two boxes side by side](figures/boxes.svg "Two boxes.")\n\n## A\n\n## B\n';

const SECTIONS = 'First.\n\n## A\n\nText.\n\n## B\n\nText.\n';

function cards(count: number, change = (yaml: string): string => yaml): string {
  return change(
    Array.from(
      { length: count },
      (_, n) => `- { id: card-${n}, front: How much is ${n} plus one?, back: It is ${n + 1} }\n`,
    ).join(''),
  );
}

const FIXTURES: RuleFixture[] = [
  {
    rule: 'lesson-length',
    because: 'there is no lesson',
    good: { [LESSON]: lessonOf(700) },
    bad: {},
    says: /is missing/,
  },
  {
    rule: 'lesson-length',
    because: 'it is short',
    good: { [LESSON]: lessonOf(1400) },
    bad: { [LESSON]: lessonOf(699) },
    says: /has 699 words/,
  },
  {
    rule: 'lesson-length',
    because: 'it is long',
    good: { [LESSON]: lessonOf(900) },
    bad: { [LESSON]: lessonOf(1401) },
    says: /has 1401 words/,
  },
  {
    rule: 'markdown',
    because: 'it holds raw HTML',
    good: { [LESSON]: SECTIONS },
    bad: { [LESSON]: `${SECTIONS}\nA <b>bold</b> word.\n` },
    says: /raw HTML \(<b>\)/,
    on: '<b>',
  },
  {
    rule: 'markdown',
    because: 'an item holds raw HTML',
    good: { [CHOICE]: CHOICE_FAMILY },
    bad: { [CHOICE]: CHOICE_FAMILY.replace('What is 17 plus 25?', 'What is <em>17</em> plus 25?') },
    says: /raw HTML/,
    on: '<em>',
  },
  {
    rule: 'markdown',
    because: 'a formula cannot be read',
    good: { [LESSON]: SECTIONS.replace('Text.', () => 'So $$\\frac{a}{b}$$.') },
    bad: { [LESSON]: SECTIONS.replace('Text.', () => 'So $$\\frac{a$$.') },
    says: /formula that cannot be read/,
    on: 'frac',
  },
  {
    rule: 'markdown',
    because: 'a formula has single dollars',
    good: { [LESSON]: SECTIONS.replace('Text.', 'It costs $5, not $6.') },
    bad: { [LESSON]: SECTIONS.replace('Text.', 'So $x + y$ is.') },
    says: /\$x \+ y\$ with single dollars/,
    on: '$x',
  },
  {
    rule: 'markdown',
    because: 'a directive is unknown',
    good: { [LESSON]: `${SECTIONS}\n:::formula\na = b\n:::\n` },
    bad: { [LESSON]: `${SECTIONS}\n:::aside\na\n:::\n` },
    says: /directive aside; there are worked, formula, misconception/,
    on: ':::aside',
  },
  {
    rule: 'markdown',
    because: 'a directive is shown as text',
    good: { [LESSON]: `${SECTIONS}\n:::formula\na\n:::\n` },
    bad: { [LESSON]: `${SECTIONS}\nText :::formula in a line\n` },
    says: /shows ::: as text/,
  },
  {
    rule: 'markdown',
    because: 'code is in an unknown language',
    good: { [LESSON]: `${SECTIONS}\n\`\`\`python\nx\n\`\`\`\n` },
    bad: { [LESSON]: `${SECTIONS}\n\`\`\`cobol\nx\n\`\`\`\n` },
    says: /code in “cobol”/,
    on: 'cobol',
  },
  {
    rule: 'markdown',
    because: 'it starts with a heading',
    good: { [LESSON]: SECTIONS },
    bad: { [LESSON]: `## Early\n\n${SECTIONS}` },
    says: /starts with something else/,
  },
  {
    rule: 'markdown',
    because: 'it has a title',
    good: { [LESSON]: SECTIONS },
    bad: { [LESSON]: `First.\n\n# Title\n\n${SECTIONS}` },
    says: /has a # heading/,
  },
  {
    rule: 'markdown',
    because: 'a level is skipped',
    good: { [LESSON]: `${SECTIONS}\n### C\n` },
    bad: { [LESSON]: `${SECTIONS}\n#### C\n` },
    says: /jumps from heading level 2 to 4/,
  },
  {
    rule: 'markdown',
    because: 'it is not divided',
    good: { [LESSON]: SECTIONS },
    bad: { [LESSON]: 'Only text.' },
    says: /fewer than two ## sections/,
  },
  ...(
    [
      ['has no viewBox', SVG.replace('viewBox="0 0 640 90" ', ''), /no viewBox/],
      ['sets its width', SVG.replace('role=', 'width="640" role='), /width or height/],
      ['has no role', SVG.replace(' role="img"', ''), /role="img"/],
      ['has no title', SVG.replace('<title>Boxes</title>', ''), /no <title>/],
      ['has a script', SVG.replace('<rect', '<script>x</script><rect'), /uses <script>/],
      ['has a raster image', SVG.replace('<rect', '<image href="x.png"/><rect'), /uses <image>/],
      ['has a style', SVG.replace('fill="var(--ink)"', 'style="fill:red"'), /sets style/],
      ['has an event handler', SVG.replace('fill="var(--ink)"', 'onclick="x"'), /sets onClick/],
      ['refers outside', SVG.replace('<rect', '<use href="https://a.b/c.svg#d"/><rect'), /refers to https/],
      ['uses a fixed colour', SVG.replace('var(--ink)', '#ff0000'), /colour #ff0000/],
      ['uses the colour of evidence', SVG.replace('var(--ink)', 'var(--proven)'), /var\(--proven\)/],
      ['is no SVG', '<div>x</div>', /single <svg>/],
    ] as const
  ).map(([because, svg, says]): RuleFixture => ({
    rule: 'figures',
    because,
    good: { [LESSON]: SHOWN, [FIGURE]: SVG },
    bad: { [LESSON]: SHOWN, [FIGURE]: svg },
    says,
  })),
  {
    rule: 'figures',
    because: 'its text is tiny',
    good: { [LESSON]: SHOWN, [FIGURE]: SVG },
    bad: { [LESSON]: SHOWN, [FIGURE]: SVG.replace('"14"', '"9"') },
    says: /text 9 units high/,
    severity: 'warning',
  },
  {
    rule: 'figures',
    because: 'it is narrow',
    good: { [LESSON]: SHOWN, [FIGURE]: SVG },
    bad: { [LESSON]: SHOWN, [FIGURE]: SVG.replace('0 640', '0 200') },
    says: /is 200 units wide/,
    severity: 'warning',
  },
  {
    rule: 'figures',
    because: 'it stands in a text',
    good: { [LESSON]: SHOWN, [FIGURE]: SVG },
    bad: { [LESSON]: SHOWN.replace('![', 'Look: !['), [FIGURE]: SVG },
    says: /inside a text/,
  },
  {
    rule: 'figures',
    because: 'it is not described',
    good: { [LESSON]: SHOWN, [FIGURE]: SVG },
    bad: { [LESSON]: SHOWN.replace('Two boxes side by side', 'Boxes'), [FIGURE]: SVG },
    says: /does not say in words/,
  },
  {
    rule: 'figures',
    because: 'it has no caption',
    good: { [LESSON]: SHOWN, [FIGURE]: SVG },
    bad: { [LESSON]: SHOWN.replace(' "Two boxes."', ''), [FIGURE]: SVG },
    says: /no caption/,
  },
  {
    rule: 'voice',
    because: 'it shouts',
    good: { [LESSON]: 'a != b, `x!`, "Stop!" they said.' },
    bad: { [LESSON]: 'A.\n\nThat is all!' },
    says: /exclamation mark/,
    severity: 'warning',
    on: 'all!',
  },
  {
    rule: 'voice',
    because: 'it sells',
    good: { [LESSON]: 'It is fast.' },
    bad: { [LESSON]: 'A.\n\nThis is blazingly fast.' },
    says: /“blazingly”/,
    severity: 'warning',
    on: 'blazingly',
  },
  {
    rule: 'voice',
    because: 'a card pads',
    good: { [CARDS]: cards(5) },
    bad: { [CARDS]: cards(5, (yaml) => yaml.replace('It is 3', "Let's dive into 3")) },
    says: /dive/,
    severity: 'warning',
  },
];

testRules(FIXTURES);
