import { describe, expect, test } from 'vitest';
import type { Finding } from '../../finding.ts';
import { at, CHOICE_FAMILY, FOLDER, lessonOf, lintWith, skillYaml, SUM_FAMILY } from '../../testing/tiny-curriculum.ts';
import { LINT_RULES } from '../lint-curriculum.ts';
import type { LintRule } from '../rule.ts';

function ruleOf(name: string): LintRule {
  const rule = LINT_RULES.find((each) => each.name === name);
  if (!rule) throw new Error(`there is no rule ${name}`);
  return rule;
}

type Files = Readonly<Record<string, string>>;

interface Fixture {
  rule: string;
  /** What the bad one does, as a sentence. */
  because: string;
  good: Files;
  bad: Files;
  /** What the finding says. */
  says: RegExp;
  /** A part of the line the finding points to. */
  on?: string;
  severity?: Finding['severity'];
}

const LESSON = at('lesson.md');
const SKILL = at('skill.yaml');
const SUM = at('items/two-numbers.yaml');
const CHOICE = at('items/which-sum.yaml');
const CARDS = at('cards.yaml');
const FIGURE = at('figures/boxes.svg');

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 90" role="img"><title>Boxes</title><rect width="9" height="9" fill="var(--ink)"/><text font-size="14">a</text></svg>';
const SHOWN = 'First.\n\n![Two boxes side by side](figures/boxes.svg "Two boxes.")\n\n## A\n\n## B\n';

const SECTIONS = 'First.\n\n## A\n\nText.\n\n## B\n\nText.\n';

function cards(count: number, change = (yaml: string): string => yaml): string {
  return change(Array.from({ length: count }, (_, n) => `- { id: card-${n}, front: How much is ${n} plus one?, back: It is ${n + 1} }\n`).join(''));
}

function authored(kind: string, bodies: readonly string[], head = ''): string {
  return `id: which-sum
title: Which sum
kind: ${kind}
level: 1
hints: [Look at the last digits., Add the carry.]
solution: Add column by column.
${head}variants:
${bodies.map((body, n) => `  - { id: v${n}, ${body} }\n`).join('')}`;
}

const PAIRS = (n: number): string => `prompt: Match ${n}., pairs: [{ left: a, right: r${n} }, { left: b, right: s${n} }, { left: c, right: t${n} }]`;
const GAP = (n: number): string => `prompt: 'Fill [[gap]] ${n}.', blanks: { gap: { accept: [word${n}] } }`;
const STEPS = (n: number): string => `prompt: Order ${n}., sequence: [one, two, three${n}]`;
const NAME = (n: number): string => `prompt: Name ${n}?, accept: [name${n}]`;

const FIXTURES: Fixture[] = [
  {
    rule: 'ids',
    because: 'an id is taken over from another thing',
    good: { [SKILL]: skillYaml({ formerly: '[summing]' }) },
    bad: { [SKILL]: skillYaml({ formerly: '[two-numbers]' }) },
    says: /formerly two-numbers, but that id belongs to two-numbers/,
    on: 'formerly',
  },
  {
    rule: 'references',
    because: 'a resource is not listed',
    good: {},
    bad: { 'resources.yaml': '- { title: A, url: "https://example.org/other", type: docs }\n' },
    says: /is not listed in resources\.yaml/,
    on: 'url:',
  },
  {
    rule: 'references',
    because: 'an item names a misconception the skill does not have',
    good: {},
    bad: { [CHOICE]: CHOICE_FAMILY.replace('misconception: forgets-carry', 'misconception: forgets-sign') },
    says: /forgets-sign is no misconception of adding/,
    on: 'forgets-sign',
  },
  {
    rule: 'references',
    because: 'a figure does not exist',
    good: { [LESSON]: SHOWN, [FIGURE]: SVG },
    bad: { [LESSON]: SHOWN },
    says: /there is no figures\/boxes\.svg/,
    on: '![Two boxes',
  },
  {
    rule: 'references',
    because: 'a figure is never shown',
    good: { [LESSON]: SHOWN, [FIGURE]: SVG },
    bad: { [LESSON]: SECTIONS, [FIGURE]: SVG },
    says: /is not used by the lesson/,
    severity: 'warning',
  },
  {
    rule: 'references',
    because: 'a link leads to no skill',
    good: { [LESSON]: 'See [adding](skill:adding).' },
    bad: { [LESSON]: 'See\n[it](skill:nothing).' },
    says: /links to skill:nothing/,
    on: 'skill:nothing',
  },
  {
    rule: 'references',
    because: 'a lesson meets a misconception that is none',
    good: { [LESSON]: 'A.\n\n:::misconception{id="forgets-carry"}\nNo.\n:::' },
    bad: { [LESSON]: 'A.\n\n:::misconception{id="else"}\nNo.\n:::' },
    says: /else is no misconception/,
    on: ':::misconception',
  },
  {
    rule: 'aliases',
    because: 'an alias repeats the title',
    good: { [SKILL]: skillYaml({ aliases: '[sums, plus]' }) },
    bad: { [SKILL]: skillYaml({ aliases: '[sums, Adding-Up]' }) },
    says: /“Adding-Up” repeats the title/,
  },
  {
    rule: 'aliases',
    because: 'an alias leads to two skills',
    good: { 'modules/01-basics/other/skill.yaml': skillYaml({ id: 'other', title: 'Other', aliases: '[]', status: 'planned' }) },
    bad: { 'modules/01-basics/other/skill.yaml': skillYaml({ id: 'other', title: 'Addition', aliases: '[]', status: 'planned' }) },
    says: /also leads to other/,
    severity: 'warning',
  },
  {
    rule: 'resources',
    because: 'a resource does not say why',
    good: {},
    bad: { [SKILL]: skillYaml({ resources: '\n  - url: https://example.org/adding' }) },
    says: /does not say why/,
    on: 'url:',
  },
  {
    rule: 'resources',
    because: 'there is none',
    good: {},
    bad: { [SKILL]: skillYaml({ resources: '[]' }) },
    says: /names no resource/,
  },
  { rule: 'lesson-length', because: 'there is no lesson', good: { [LESSON]: lessonOf(700) }, bad: {}, says: /is missing/ },
  { rule: 'lesson-length', because: 'it is short', good: { [LESSON]: lessonOf(1400) }, bad: { [LESSON]: lessonOf(699) }, says: /has 699 words/ },
  { rule: 'lesson-length', because: 'it is long', good: { [LESSON]: lessonOf(900) }, bad: { [LESSON]: lessonOf(1401) }, says: /has 1401 words/ },
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
  { rule: 'markdown', because: 'it starts with a heading', good: { [LESSON]: SECTIONS }, bad: { [LESSON]: `## Early\n\n${SECTIONS}` }, says: /starts with something else/ },
  { rule: 'markdown', because: 'it has a title', good: { [LESSON]: SECTIONS }, bad: { [LESSON]: `First.\n\n# Title\n\n${SECTIONS}` }, says: /has a # heading/ },
  { rule: 'markdown', because: 'a level is skipped', good: { [LESSON]: `${SECTIONS}\n### C\n` }, bad: { [LESSON]: `${SECTIONS}\n#### C\n` }, says: /jumps from heading level 2 to 4/ },
  { rule: 'markdown', because: 'it is not divided', good: { [LESSON]: SECTIONS }, bad: { [LESSON]: 'Only text.' }, says: /fewer than two ## sections/ },
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
  ).map(
    ([because, svg, says]): Fixture => ({
      rule: 'figures',
      because,
      good: { [LESSON]: SHOWN, [FIGURE]: SVG },
      bad: { [LESSON]: SHOWN, [FIGURE]: svg },
      says,
    }),
  ),
  { rule: 'figures', because: 'its text is tiny', good: { [LESSON]: SHOWN, [FIGURE]: SVG }, bad: { [LESSON]: SHOWN, [FIGURE]: SVG.replace('"14"', '"9"') }, says: /text 9 units high/, severity: 'warning' },
  { rule: 'figures', because: 'it is narrow', good: { [LESSON]: SHOWN, [FIGURE]: SVG }, bad: { [LESSON]: SHOWN, [FIGURE]: SVG.replace('0 640', '0 200') }, says: /is 200 units wide/, severity: 'warning' },
  { rule: 'figures', because: 'it stands in a text', good: { [LESSON]: SHOWN, [FIGURE]: SVG }, bad: { [LESSON]: SHOWN.replace('![', 'Look: !['), [FIGURE]: SVG }, says: /inside a text/ },
  { rule: 'figures', because: 'it is not described', good: { [LESSON]: SHOWN, [FIGURE]: SVG }, bad: { [LESSON]: SHOWN.replace('Two boxes side by side', 'Boxes'), [FIGURE]: SVG }, says: /does not say in words/ },
  { rule: 'figures', because: 'it has no caption', good: { [LESSON]: SHOWN, [FIGURE]: SVG }, bad: { [LESSON]: SHOWN.replace(' "Two boxes."', ''), [FIGURE]: SVG }, says: /no caption/ },
  { rule: 'voice', because: 'it shouts', good: { [LESSON]: 'a != b, `x!`, "Stop!" they said.' }, bad: { [LESSON]: 'A.\n\nThat is all!' }, says: /exclamation mark/, severity: 'warning', on: 'all!' },
  { rule: 'voice', because: 'it sells', good: { [LESSON]: 'It is fast.' }, bad: { [LESSON]: 'A.\n\nThis is blazingly fast.' }, says: /“blazingly”/, severity: 'warning', on: 'blazingly' },
  { rule: 'voice', because: 'a card pads', good: { [CARDS]: cards(5) }, bad: { [CARDS]: cards(5, (yaml) => yaml.replace('It is 3', "Let's dive into 3")) }, says: /dive/, severity: 'warning' },
  { rule: 'enough-variants', because: 'there are too few', good: enough(), bad: { [SUM]: '' }, says: /has 3 different variants; at least 40/ },
  { rule: 'enough-variants', because: 'too few are for practice', good: enough(), bad: { [SUM]: SUM_FAMILY.replace('level: 2', 'level: 2\nuse: check') }, says: /has 3 different variants outside use: check; at least 28/ },
  { rule: 'formulas', because: 'a formula is outside the language', good: {}, bad: { [SUM]: SUM_FAMILY.replace('total - 10', 'total!') }, says: /uses the operator !/, on: 'formula: total!' },
  { rule: 'formulas', because: 'a name is unknown', good: {}, bad: { [SUM]: SUM_FAMILY.replace('total - 10', 'totals - 10') }, says: /uses totals, which is neither/, on: 'formula: totals' },
  { rule: 'formulas', because: 'a name is used before it is derived', good: {}, bad: { [SUM]: SUM_FAMILY.replace('  total: a + b', '  twice: total * 2\n  total: a + b') }, says: /uses total, which is neither/, on: 'twice' },
  { rule: 'formulas', because: 'a template is not closed', good: {}, bad: { [SUM]: SUM_FAMILY.replace('{{ b }}?', '{{ b ?') }, says: /without closing/, on: 'prompt' },
  { rule: 'formulas', because: 'the prompt prints the answer', good: {}, bad: { [SUM]: SUM_FAMILY.replace('What is', 'Is {{ answer }}') }, says: /prints the answer/, on: 'prompt' },
  { rule: 'formulas', because: 'a parameter has the name of a constant', good: {}, bad: { [SUM]: SUM_FAMILY.replace('  a: {', '  e: { label: E, choices: [1, 2] }\n  a: {') }, says: /calls a value e/ },
  { rule: 'formulas', because: 'a parameter is never used', good: {}, bad: { [SUM]: SUM_FAMILY.replace('  a: {', '  c: { label: C, choices: [1, 2] }\n  a: {') }, says: /c is never used/, severity: 'warning' },
  { rule: 'cloze-blanks', because: 'a blank is not defined', good: { [CHOICE]: authored('cloze', [0, 1, 2].map(GAP)) }, bad: { [CHOICE]: authored('cloze', [0, 1, 2].map(GAP)).replace('[[gap]] 1', '[[gap]] [[hole]] 1') }, says: /no blank hole/, on: 'v1' },
  { rule: 'cloze-blanks', because: 'a blank is never shown', good: { [CHOICE]: authored('cloze', [0, 1, 2].map(GAP)) }, bad: { [CHOICE]: authored('cloze', [0, 1, 2].map(GAP)).replace('[[gap]] 1', 'it 1') }, says: /occurs 0 times/, on: 'v1' },
  { rule: 'match-pairs', because: 'an extra is an answer', good: { [CHOICE]: authored('match', [0, 1, 2].map(PAIRS)) }, bad: { [CHOICE]: authored('match', [0, 1, 2].map((n) => `${PAIRS(n)}, extra: [r1]`)) }, says: /“r1” as extra/, on: 'v1' },
  { rule: 'match-pairs', because: 'the left side repeats', good: { [CHOICE]: authored('match', [0, 1, 2].map(PAIRS)) }, bad: { [CHOICE]: authored('match', [0, 1, 2].map(PAIRS)).replace('left: b, right: s2', 'left: a, right: s2') }, says: /left twice/, on: 'v2' },
  { rule: 'match-pairs', because: 'a wrong order has other steps', good: { [CHOICE]: authored('order', [0, 1, 2].map(STEPS)) }, bad: { [CHOICE]: authored('order', [0, 1, 2].map((n) => `${STEPS(n)}, wrong: [{ sequence: [two, one, three1], feedback: x }]`)) }, says: /not an order of the same steps/, on: 'v0' },
  { rule: 'match-pairs', because: 'a wrong order is the right one', good: { [CHOICE]: authored('order', [0, 1, 2].map(STEPS)) }, bad: { [CHOICE]: authored('order', [0, 1, 2].map((n) => `${STEPS(n)}, wrong: [{ sequence: [one, two, three${n}], feedback: x }]`)) }, says: /is the right order/, on: 'v0' },
  { rule: 'keys-differ', because: 'two variants have one answer', good: {}, bad: { [CHOICE]: CHOICE_FAMILY.replace('fifty-three, correct', 'forty-two, correct') }, says: /variant b has the same answer as a/, on: 'id: b' },
  { rule: 'keys-differ', because: 'two short answers are the same', good: { [CHOICE]: authored('short', [0, 1, 2].map(NAME)) }, bad: { [CHOICE]: authored('short', [0, 1, 2].map((n) => `prompt: Name ${n}?, accept: [NAME]`)) }, says: /same answer as v0/, on: 'v1' },
  { rule: 'prompt-repeats', because: 'two variants read the same', good: { [CHOICE]: authored('short', [0, 1, 2].map(NAME)) }, bad: { [CHOICE]: authored('short', [0, 1, 2].map((n) => `accept: [name${n}]`), 'prompt: Name it?\n') }, says: /variant v1 reads the same as v0/, on: 'v1' },
  { rule: 'options-apart', because: 'an option lumps the others together', good: { [CHOICE]: CHOICE_FAMILY.replace('sixty-three', 'all three of them') }, bad: { [CHOICE]: CHOICE_FAMILY.replace('sixty-three', 'All of the above') }, says: /offers “All of the above”/, on: 'id: b' },
  { rule: 'options-apart', because: 'two options read the same', good: {}, bad: { [CHOICE]: CHOICE_FAMILY.replace('sixty-three', 'Forty three') }, says: /two options that read the same/, on: 'id: b' },
  { rule: 'length-giveaway', because: 'the right option is always the longest', good: {}, bad: { [CHOICE]: CHOICE_FAMILY.replaceAll(', correct', ' because the carry goes along, correct') }, says: /clearly the longest in 3 of 3/ },
  { rule: 'distractor-feedback', because: 'a distractor has none', good: {}, bad: { [CHOICE]: CHOICE_FAMILY.replace('text: sixty-three, feedback: One carry too many.', 'text: sixty-three') }, says: /“sixty-three” has no feedback; say why it is wrong/, on: 'sixty-three' },
  { rule: 'distractor-feedback', because: 'the right option has none', good: {}, bad: { [CHOICE]: CHOICE_FAMILY.replace('forty-two, correct: true, feedback: The carry is counted.', 'forty-two, correct: true') }, says: /say why it is right/, severity: 'warning' },
  { rule: 'distractor-feedback', because: 'there is no wrong formula', good: {}, bad: { [SUM]: SUM_FAMILY.slice(0, SUM_FAMILY.indexOf('wrong:')) }, says: /names no wrong formula/ },
  { rule: 'hint-gives-answer', because: 'a hint says the words', good: {}, bad: { [CHOICE]: authored('short', [0, 1, 2].map(NAME)).replace('Add the carry.', 'It is name1.') }, says: /“name1”/, on: 'v1' },
  { rule: 'hint-gives-answer', because: 'a hint computes the number', good: {}, bad: { [SUM]: SUM_FAMILY.replace('min: 11, max: 59', 'min: 111, max: 159').replace('Start with the last digits.', 'Is it {{ total }}?') }, says: /a hint contains the answer/ },
  { rule: 'hint-gives-answer', because: 'a hint fills a blank', good: {}, bad: { [CHOICE]: authored('cloze', [0, 1, 2].map((n) => GAP(n).replace('word', 'worded'))).replace('Add the carry.', 'A worded2 thing.') }, says: /“worded2”/, severity: 'warning' },
  { rule: 'misconceptions-used', because: 'one is never diagnosed', good: {}, bad: { [SKILL]: skillYaml({ misconceptions: '\n  - { id: forgets-carry, belief: B, correction: C }\n  - { id: idle, belief: B, correction: C }' }) }, says: /idle is named by no item/, on: 'id: idle' },
  { rule: 'cards', because: 'there are too few', good: { [CARDS]: cards(5) }, bad: { [CARDS]: cards(4) }, says: /holds 4 cards; write 5 to 10/ },
  { rule: 'cards', because: 'there are too many', good: { [CARDS]: cards(10) }, bad: { [CARDS]: cards(11) }, says: /holds 11 cards/ },
  { rule: 'cards', because: 'one parrots the title', good: { [CARDS]: cards(5) }, bad: { [CARDS]: cards(5, (yaml) => yaml.replace('How much is 2 plus one?', 'What is adding up?')) }, says: /repeats the title/, on: 'adding up' },
  { rule: 'cards', because: 'two ask the same', good: { [CARDS]: cards(5) }, bad: { [CARDS]: cards(5, (yaml) => yaml.replace('How much is 2 plus one?', 'How much is 1 plus one?')) }, says: /same as an earlier card/, on: 'card-2' },
  { rule: 'cards', because: 'an answer is an essay', good: { [CARDS]: cards(5) }, bad: { [CARDS]: cards(5, (yaml) => yaml.replace('It is 3', 'word '.repeat(41))) }, says: /more than 40 words/, severity: 'warning' },
];

/** Enough variants of both families for two checks. */
function enough(): Files {
  return { [SUM]: SUM_FAMILY };
}

describe.each(FIXTURES)('$rule, where $because', ({ rule, good, bad, says, on, severity = 'error' }) => {
  const relevant = (files: Files): Finding[] => lintWith(ruleOf(rule), files).filter((finding) => says.test(finding.message));

  test('the good one is let through', () => {
    expect(relevant(good)).toEqual([]);
  });

  test('the bad one is found', () => {
    const [finding] = relevant(bad);
    expect(finding, JSON.stringify(lintWith(ruleOf(rule), bad), null, 1)).toMatchObject({ rule, severity });
    expect(finding?.file.startsWith(FOLDER)).toBe(true);
    if (on === undefined || !finding) return;
    const line = (bad[finding.file] ?? skillYaml()).split('\n')[(finding.line ?? 0) - 1];
    expect(line).toContain(on);
  });
});

test('every rule has a fixture, and its name is the name of its file', () => {
  const tested = new Set(FIXTURES.map((fixture) => fixture.rule));
  const elsewhere = ['families'];
  expect(LINT_RULES.map((rule) => rule.name).filter((name) => !tested.has(name))).toEqual(elsewhere);
});

describe('families', () => {
  const written = lintWith(ruleOf('families'), { [SKILL]: skillYaml({ evidence: '[parametric-numeric]' }) });

  test('a written skill with too few is told what is missing', () => {
    expect(written.map((finding) => finding.message)).toEqual([
      'has 2 item families; write at least 8',
      'has families of 2 kinds; use at least 3',
      'has no family of level 3; write one',
      'lists parametric-numeric but has 1 parametric families; write at least 2',
      'has 0 scenario families; write at least 2 (scenario: true)',
    ]);
  });

  test('a planned skill is not held to it', () => {
    expect(lintWith(ruleOf('families'), { [SKILL]: skillYaml({ status: 'planned' }) })).toEqual([]);
  });

  test('a skill with enough of all kinds is let through', () => {
    const kinds = ['short', 'short', 'short', 'cloze', 'cloze', 'order', 'order'];
    const files = kinds.map((kind, n) => {
      const bodies = [0, 1, 2].map(kind === 'short' ? NAME : kind === 'cloze' ? GAP : STEPS);
      const yaml = authored(kind, bodies, n < 2 ? 'scenario: true\n' : '').replace('which-sum', `family-${n}`).replace('level: 1', `level: ${(n % 3) + 1}`);
      return [at(`items/family-${n}.yaml`), yaml];
    });
    expect(lintWith(ruleOf('families'), Object.fromEntries(files) as Files)).toEqual([]);
  });
});
