import type { MentorContext } from '../context.ts';
import type { MentorEvent } from '../events.ts';
import type { CurriculumPort, Passage, SkillBrief } from '../port.ts';
import { firstSentence, splitCriterion } from './words.ts';

export type Events = Generator<MentorEvent, void>;

/** What an answer is made from. */
export interface Telling {
  question: string;
  context: MentorContext;
  port: CurriculumPort;
  skill: SkillBrief;
}

export function* sayPassage(passage: Passage): Events {
  yield { type: 'text', text: passage.text };
  yield cite(passage);
}

export function cite({ skill, title, heading, text }: Passage): MentorEvent {
  return { type: 'cite', skill, title, heading, quote: firstSentence(text) };
}

/** What is known of a skill whose lesson is not written yet: its criterion, its named mistakes, and where to read. */
export function* sayOutline({ question, skill, port }: Telling): Events {
  yield {
    type: 'text',
    text: `The lesson on **${skill.title}** is not written yet, so I cannot explain it from one. What is settled is its criterion: *${skill.criterion}*`,
  };
  if (skill.misconceptions.length > 0)
    yield {
      type: 'text',
      text: `Beliefs that people bring to it, and that do not hold:\n\n${skill.misconceptions
        .map(({ belief, correction }) => `- ${belief}.${correction ? ` ${correction}` : ''}`)
        .join('\n')}`,
    };
  yield { type: 'cite', skill: skill.id, title: skill.title, heading: '', quote: skill.criterion };
  if (skill.resources.length > 0)
    yield {
      type: 'text',
      text: `Worth reading meanwhile:\n\n${skill.resources
        .slice(0, 3)
        .map(({ title, url, why }) => `- [${title}](${url})${why ? `: ${why}` : ''}`)
        .join('\n')}`,
    };
  const near = skill.requires.find(({ written }) => written);
  const passage = near && port.findPassage(question, near.id);
  if (passage) {
    yield {
      type: 'text',
      text: `It rests on **${passage.title}**, which is written. The part nearest to your question:`,
    };
    yield* sayPassage(passage);
  }
}

/** A question that leads to the first step, made from the criterion. */
export function socratic({ criterion }: SkillBrief, turn = 0): string {
  const { act, given } = splitCriterion(criterion);
  const doing = act.charAt(0).toLowerCase() + act.slice(1);
  if (given === null) return `Before you read on: if you had to ${doing}, what would you do first?`;
  const questions = [
    `Now you: what you are given is ${given}. Which of these do you need first to ${doing}, and what would you get from it?`,
    `Try it the other way round: leave one of these out (${given}). What could you then no longer say?`,
    `Say in one sentence how you would ${doing}, as if to a colleague who holds only ${given}.`,
  ];
  return questions[turn % questions.length] as string;
}

/** Where to go from here, by what is written and open. */
export function* sayWhereToGo({ skill }: Telling, heading = ''): Events {
  yield { type: 'offerLesson', skill: skill.id, title: skill.title, heading };
  if (!skill.written) return;
  if (skill.open) {
    yield { type: 'offerPractice', skill: skill.id, title: skill.title };
    return;
  }
  const first = skill.requires.find(({ written, open }) => written && open);
  if (first) yield { type: 'offerPractice', skill: first.id, title: first.title };
}
