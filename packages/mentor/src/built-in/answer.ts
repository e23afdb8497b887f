import type { MentorContext } from '../context.ts';
import type { MentorEvent } from '../events.ts';
import type { CurriculumPort } from '../port.ts';
import { CARE_WORDS, findCare } from './care.ts';
import { compare } from './compare.ts';
import { examine } from './examine.ts';
import { example, explain, explainSimpler } from './explain.ts';
import { giveFeedback } from './feedback.ts';
import { findSubject, type Subject } from './find-subject.ts';
import { helpOnItem, refuseAnswer, whyWrong } from './help-on-item.ts';
import { readIntent, type Intent } from './intent.ts';
import { sortOrders } from './orders.ts';
import { answerTask, isAnswerToTask, practise } from './practise.ts';
import type { Events, Telling } from './say.ts';
import { contentWords } from './words.ts';

/** What it is, said where it is asked and where a conversation begins. */
const WHAT_I_AM =
  'I am the built-in guide: a program, no person and no language model. I answer with passages, hints and examples that the authors of these lessons wrote, and say where they are from. I see the lesson, your recent answers and this conversation; I see no answer keys. Nothing you or I say here can change your record.';

/** Answers from authored material alone: no network, no chance but the context's seed. */
export function* answerBuiltIn(context: MentorContext, port: CurriculumPort): Generator<MentorEvent, void> {
  const care = findCare(context.question);
  if (care) {
    yield { type: 'refuse', reason: 'care' };
    yield { type: 'text', text: CARE_WORDS[care] };
    return;
  }
  const { asked, orders } = sortOrders(context.question);
  if (orders > 0) {
    yield { type: 'refuse', reason: 'order' };
    yield {
      type: 'text',
      text: 'I cannot do that: I explain and ask, and have no way to change a record, to open a skill, or to show what I was not given.',
    };
    if (contentWords(asked).size === 0) return;
  }
  yield* answerAsked(orders > 0 ? asked : context.question, context, port);
}

function* answerAsked(question: string, context: MentorContext, port: CurriculumPort): Events {
  if (isAnswerToTask(question, context)) {
    yield* answerTask(question, context, port);
    return;
  }
  const intent = readIntent(question, context.mode);
  const examining = context.mode === 'examine' && context.atHand !== null;
  if (intent === 'about-mentor' || (intent === 'greeting' && !examining)) {
    if (/thank|\b(ok|okay|cool|great)\b/i.test(question)) {
      yield {
        type: 'text',
        text: 'Gladly. Ask on, or try it alone now: what you do unaided is what counts.',
      };
      return;
    }
    yield { type: 'text', text: WHAT_I_AM };
    if (intent === 'greeting')
      yield { type: 'text', text: 'Ask me about anything on your track, in your own words.' };
    return;
  }
  if (intent === 'track') {
    yield { type: 'text', text: ON_THE_TRACK };
    return;
  }
  if (intent === 'next' && context.next && contentWords(question).size <= 5) {
    yield* sayNext(context.next);
    return;
  }
  const work = context.mode === 'feedback' ? (context.work ?? longText(question)) : null;
  if (!examining && !work && isElsewhere(question, intent, context, port)) {
    yield { type: 'refuse', reason: 'off-topic' };
    yield {
      type: 'text',
      text: 'That is not taught here, so I would only be guessing. I can help with building, running, measuring and defending AI systems: ask me about anything on your track.',
    };
    return;
  }
  // An examination, and work handed in on a skill's page, stay with that skill whatever words they hold.
  const page = (examining || work) && context.atHand ? port.findSkill(context.atHand.id) : undefined;
  const subject = page
    ? { skill: page, unsure: false, others: [] }
    : findSubject(work ? `${question} ${work.text.slice(0, 2000)}` : question, intent, context, port);
  if (!subject && context.next && context.history.length > 0 && contentWords(question).size <= 1) {
    yield* sayNext(context.next);
    return;
  }
  if (!subject) {
    yield { type: 'refuse', reason: 'unknown' };
    yield {
      type: 'text',
      text: 'I do not know: nothing written here answers that. Put it in other words, or name the thing that puzzles you.',
    };
    return;
  }
  const telling: Telling = { question, context, port, skill: subject.skill };
  if (work) yield* giveFeedback(telling, work);
  else if (examining) yield* examine(telling);
  else {
    if (subject.unsure)
      yield {
        type: 'text',
        text: `I take this to be about **${subject.skill.title}**. If it is not, say it in other words.`,
      };
    // A word or two beside an open item ("please?") ask for help with it.
    const meant =
      context.issue && intent === 'explain' && contentWords(question).size <= 1 ? 'stuck' : intent;
    yield* tell(meant, telling, subject);
    if (subject.unsure)
      for (const { skill, title } of subject.others.slice(0, 2))
        yield { type: 'offerLesson', skill, title, heading: '' };
  }
}

function tell(intent: Intent, telling: Telling, { others }: Subject): Events {
  switch (intent) {
    case 'begging':
      return refuseAnswer(telling);
    case 'stuck':
      return helpOnItem(telling);
    case 'lost':
      return telling.context.issue ? helpOnItem(telling) : explainSimpler(telling);
    case 'why-wrong':
      return whyWrong(telling);
    case 'practise':
      return practise(telling);
    case 'compare':
      return compare(telling, others);
    case 'simpler':
      return explainSimpler(telling);
    case 'example':
      return example(telling);
    default:
      return explain(telling);
  }
}

/** On the page of a skill a short remark belongs to the page, unless its words are of another world. */
function isElsewhere(
  question: string,
  intent: Intent,
  context: MentorContext,
  port: CurriculumPort,
): boolean {
  if (!port.isElsewhere(question, context.atHand?.id ?? context.issue?.skill ?? null)) return false;
  if (context.history.length > 0 && contentWords(question).size <= 1 && !/[a-z]{12,}/i.test(question))
    return false;
  const onPage = context.issue !== null || context.atHand !== null;
  const own =
    intent === 'begging' ||
    intent === 'lost' ||
    intent === 'why-wrong' ||
    intent === 'stuck' ||
    intent === 'simpler';
  if (own && (onPage || context.about !== null)) return false;
  return !(onPage && contentWords(question).size <= 3);
}

const ON_THE_TRACK =
  'That is not for me to judge: I see only your recent answers. How long the rest of your track takes, with a range, stands on [your track](/track); what you have shown so far on [your progress](/progress); what a job asks for, and how much of it you have shown, under [careers](/careers).';

/** Where to go for what belongs to no one skill. */
const PLACES: Readonly<Record<string, string>> = {
  placement: '[Go to the placement](/placement)',
  review: '[Go to the review](/review)',
};

function* sayNext(next: NonNullable<MentorContext['next']>): Events {
  const place = PLACES[next.action];
  yield {
    type: 'text',
    text: next.title
      ? `Next on your track: **${next.title}**. ${next.why}`
      : `${next.why}${place ? ` ${place}` : ''}`,
  };
  if (next.skill === null || next.title === null) return;
  if (next.action === 'check') yield { type: 'suggestCheck', skill: next.skill, title: next.title };
  else if (next.action === 'practice') yield { type: 'offerPractice', skill: next.skill, title: next.title };
  yield { type: 'offerLesson', skill: next.skill, title: next.title, heading: '' };
}

/** Work pasted into the message itself. */
function longText(question: string): MentorContext['work'] {
  return question.length > 200 || question.split('\n').length > 4
    ? { name: 'your message', text: question }
    : null;
}
