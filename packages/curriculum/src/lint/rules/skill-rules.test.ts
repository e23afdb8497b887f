import { testRules } from '../../testing/rule-fixture.ts';
import type { RuleFixture } from '../../testing/rule-fixture.ts';
import { at, CHOICE_FAMILY, skillYaml } from '../../testing/tiny-curriculum.ts';

const LESSON = at('lesson.md');

const SKILL = at('skill.yaml');

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
    good: {
      'modules/01-basics/other/skill.yaml': skillYaml({
        id: 'other',
        title: 'Other',
        aliases: '[]',
        status: 'planned',
      }),
    },
    bad: {
      'modules/01-basics/other/skill.yaml': skillYaml({
        id: 'other',
        title: 'Addition',
        aliases: '[]',
        status: 'planned',
      }),
    },
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
  {
    rule: 'misconceptions-used',
    because: 'one is never diagnosed',
    good: {},
    bad: {
      [SKILL]: skillYaml({
        misconceptions:
          '\n  - { id: forgets-carry, belief: B, correction: C }\n  - { id: idle, belief: B, correction: C }',
      }),
    },
    says: /idle is named by no item/,
    on: 'id: idle',
  },
  {
    rule: 'cards',
    because: 'there are too few',
    good: { [CARDS]: cards(5) },
    bad: { [CARDS]: cards(4) },
    says: /holds 4 cards; write 5 to 10/,
  },
  {
    rule: 'cards',
    because: 'there are too many',
    good: { [CARDS]: cards(10) },
    bad: { [CARDS]: cards(11) },
    says: /holds 11 cards/,
  },
  {
    rule: 'cards',
    because: 'one parrots the title',
    good: { [CARDS]: cards(5) },
    bad: { [CARDS]: cards(5, (yaml) => yaml.replace('How much is 2 plus one?', 'What is adding up?')) },
    says: /repeats the title/,
    on: 'adding up',
  },
  {
    rule: 'cards',
    because: 'two ask the same',
    good: { [CARDS]: cards(5) },
    bad: { [CARDS]: cards(5, (yaml) => yaml.replace('How much is 2 plus one?', 'How much is 1 plus one?')) },
    says: /same as an earlier card/,
    on: 'card-2',
  },
  {
    rule: 'cards',
    because: 'an answer is an essay',
    good: { [CARDS]: cards(5) },
    bad: { [CARDS]: cards(5, (yaml) => yaml.replace('It is 3', 'word '.repeat(41))) },
    says: /more than 40 words/,
    severity: 'warning',
  },
];

testRules(FIXTURES);
