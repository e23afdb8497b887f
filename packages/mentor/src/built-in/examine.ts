import type { ExaminedInWords } from '../context.ts';
import type { OpinionLine } from '../events.ts';
import type { SkillBrief } from '../port.ts';
import { sayWhereToGo, type Events, type Telling } from './say.ts';
import { contentWords, coverage, splitCriterion } from './words.ts';

/** Questions of an oral examination. */
const MOST_QUESTIONS = 4;

interface Question {
  about: string;
  text: string;
  /** Words that a full answer holds. */
  wanted: string;
}

/** Asks, probes, and at the end gives an opinion. It teaches nothing until then, and its opinion is never evidence. */
export function* examine(telling: Telling): Events {
  const { skill, context } = telling;
  const questions = listQuestions(skill);
  const { examined } = context;
  const next = questions[examined.length];
  if (examined.length === 0)
    yield {
      type: 'text',
      text: `An oral examination on **${skill.title}**, ${questions.length} questions. I ask and do not teach until the end. What I think of it is my opinion: it is kept in this conversation and is never evidence.`,
    };
  else {
    const last = examined.at(-1);
    const thin = last && contentWords(last.answer).size < 6;
    if (thin && next)
      yield {
        type: 'text',
        text: 'That is brief; a reader could not tell what you know. Take the next one further.',
      };
  }
  if (next) {
    yield { type: 'ask', n: examined.length + 1, of: questions.length, about: next.about, text: next.text };
    return;
  }
  const lines = questions.map((question, i) => judge(question, examined[i]));
  const total = lines.reduce((sum, { points }) => sum + points, 0);
  yield { type: 'opinion', skill: skill.id, lines, total, most: lines.length * 2 };
  yield {
    type: 'text',
    text: 'I compared your words with those of the author, so a good answer in other words may score low here. What I looked for:',
  };
  yield {
    type: 'text',
    text: questions.map(({ text, wanted }) => `- ${text} *Looked for:* ${wanted}`).join('\n'),
  };
  yield { type: 'suggestCheck', skill: skill.id, title: skill.title };
  yield* sayWhereToGo(telling);
}

function listQuestions(skill: SkillBrief): Question[] {
  const { act, given } = splitCriterion(skill.criterion);
  const doing = act.charAt(0).toLowerCase() + act.slice(1);
  const first: Question = {
    about: 'criterion',
    text: `How do you ${doing}${given ? `, given ${given}` : ''}? Name the steps and what each needs.`,
    wanted: skill.criterion,
  };
  const probes = skill.misconceptions
    .filter(({ correction }) => correction !== '')
    .slice(0, MOST_QUESTIONS - 1)
    .map(({ id, belief, correction }): Question => ({
      about: id,
      text: `A colleague says: “${belief}.” What do you answer, and why?`,
      wanted: correction,
    }));
  const without = skill.misconceptions
    .filter(({ correction }) => correction === '')
    .slice(0, MOST_QUESTIONS - 1 - probes.length)
    .map(({ id, belief }): Question => ({
      about: id,
      text: `Somebody believes: “${belief}.” Give a case in which that goes wrong.`,
      wanted: belief,
    }));
  return [first, ...probes, ...without];
}

function judge({ about, wanted, text }: Question, examined: ExaminedInWords | undefined): OpinionLine {
  const answer = examined?.answer ?? '';
  const share = coverage(wanted, answer);
  const enough = contentWords(answer).size >= 8;
  const points = share >= 0.45 && enough ? 2 : share >= 0.2 ? 1 : 0;
  return { point: about === 'criterion' ? 'The way to do it' : text, points };
}
