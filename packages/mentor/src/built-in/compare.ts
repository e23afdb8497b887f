import type { SkillBrief } from '../port.ts';
import { explain } from './explain.ts';
import { sayPassage, sayWhereToGo, type Events, type Telling } from './say.ts';
import { contentWords, splitCriterion } from './words.ts';

/** A second skill counts as the other side from this fit on. */
const OTHER_SIDE = 0.22;

/** Two things beside each other, with the condition that decides; where one lesson holds both, its passage. */
export function* compare(telling: Telling, others: readonly { skill: string; fit: number }[]): Events {
  const { question, skill, port } = telling;
  const passage = port.findPassage(question, skill.id);
  const second = others.find(({ fit }) => fit >= OTHER_SIDE);
  const other = second && port.findSkill(second.skill);
  if (passage && holdsBoth(question, passage.text)) {
    yield* sayPassage(passage);
    yield { type: 'text', text: deciding(skill) };
    yield* sayWhereToGo(telling, passage.heading);
    return;
  }
  if (!other) {
    yield* explain(telling);
    return;
  }
  yield {
    type: 'text',
    text: [
      '| | ' + [skill.title, other.title].map(cell).join(' | ') + ' |',
      '| --- | --- | --- |',
      row('what it lets you do', splitCriterion(skill.criterion).act, splitCriterion(other.criterion).act),
      row(
        'what you need to know',
        splitCriterion(skill.criterion).given ?? '–',
        splitCriterion(other.criterion).given ?? '–',
      ),
      row(
        'where people go wrong',
        skill.misconceptions[0]?.belief ?? '–',
        other.misconceptions[0]?.belief ?? '–',
      ),
    ].join('\n'),
  };
  yield { type: 'text', text: `**What decides.** ${decidingBetween(skill, other)}` };
  if (passage) {
    yield* sayPassage(passage);
  } else yield { type: 'cite', skill: skill.id, title: skill.title, heading: '', quote: skill.criterion };
  const beside = port.findPassage(question, other.id);
  if (beside) yield* sayPassage(beside);
  yield* sayWhereToGo(telling, passage?.heading ?? '');
  yield { type: 'offerLesson', skill: other.id, title: other.title, heading: beside?.heading ?? '' };
}

/** Names on both sides of "or", "versus" and the like. */
function holdsBoth(question: string, text: string): boolean {
  const sides = question.split(/\b(?:or|versus|vs\.?|rather than|instead of|and)\b/i);
  const held = contentWords(text);
  const [left, right] = [sides[0] ?? '', sides.slice(1).join(' ')];
  const shares = (side: string): boolean => [...contentWords(side)].some((word) => held.has(word));
  return right !== '' && shares(left) && shares(right);
}

function deciding({ criterion }: SkillBrief): string {
  const { act, given } = splitCriterion(criterion);
  return given === null
    ? `What decides: whether it lets you ${act}.`
    : `What decides is what you are given: ${given}. Put your own values to these, and see which side they speak for.`;
}

function decidingBetween(one: SkillBrief, other: SkillBrief): string {
  if (one.requires.some(({ id }) => id === other.id))
    return `They are no alternatives: **${one.title}** rests on **${other.title}**. Begin with the second.`;
  if (other.requires.some(({ id }) => id === one.id))
    return `They are no alternatives: **${other.title}** rests on **${one.title}**. Begin with the first.`;
  const [a, b] = [splitCriterion(one.criterion), splitCriterion(other.criterion)];
  return `If what you have is ${a.given ?? a.act}, you are asking about **${one.title}**; if it is ${b.given ?? b.act}, about **${other.title}**.`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
