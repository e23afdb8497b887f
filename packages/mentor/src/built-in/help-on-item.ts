import { showExample } from './explain.ts';
import { sayPassage, sayWhereToGo, sayOutline, socratic, type Events, type Telling } from './say.ts';

/** The next rung of the ladder; where none is left, the same thing with other numbers, then a question. */
export function* helpOnItem(telling: Telling): Events {
  const { context, skill, port, question } = telling;
  const { issue } = context;
  if (issue?.nextHint && issue.skill === skill.id) {
    const { n, text } = issue.nextHint;
    yield { type: 'hint', n, text };
    yield { type: 'text', text: 'Write down what that changes, then try the next step alone.' };
    return;
  }
  if (issue && issue.skill === skill.id) {
    const events = [
      ...showExample(
        telling,
        'All hints of this item are shown. Here is another one on the same skill, worked out:',
      ),
    ];
    yield* events;
    if (events.length === 0) {
      yield {
        type: 'text',
        text: 'All hints of this item are shown. The part of the lesson that it turns on:',
      };
      const passage = port.findPassage(issue.prompt.slice(0, 300), skill.id);
      if (passage) yield* sayPassage(passage);
    }
    yield { type: 'text', text: socratic(skill, 1) };
    return;
  }
  const passage = port.findPassage(question, skill.id);
  if (!passage) {
    yield* sayOutline(telling);
    yield { type: 'text', text: socratic(skill) };
    yield* sayWhereToGo(telling);
    return;
  }
  yield { type: 'text', text: `Let us find the first step. ${socratic(skill)}` };
  yield { type: 'text', text: 'The part of the lesson that this turns on:' };
  yield* sayPassage(passage);
  yield* sayWhereToGo(telling, passage.heading);
}

/** The answer is never told; help that leads to it is. */
export function* refuseAnswer(telling: Telling): Events {
  yield { type: 'refuse', reason: 'answer' };
  yield {
    type: 'text',
    text: telling.context.issue
      ? 'I am not given the answers of open items, so I cannot tell you this one. What I can do is help you to get there.'
      : 'I am not given the answers of items, so I cannot tell you one. What I can do is help you to get there.',
  };
  yield* helpOnItem(telling);
}

/** The belief behind the last wrong answer, what holds instead, and where the lesson says so. */
export function* whyWrong(telling: Telling): Events {
  const { context, skill, port, question } = telling;
  const { missed } = context;
  if (missed && missed.skill === skill.id) {
    yield {
      type: 'text',
      text: missed.belief
        ? `Your answer on **${missed.title}** (${missed.when}) fits a belief that many people hold: “${missed.belief}”.${missed.correction ? ` What holds: ${missed.correction}` : ''}`
        : `Your answer on **${missed.title}** (${missed.when}) was not right, and no named misconception fits it.`,
    };
    if (missed.feedback) yield { type: 'text', text: missed.feedback };
    const passage = port.findPassage(missed.correction ?? missed.feedback ?? question, skill.id);
    if (passage) {
      yield { type: 'text', text: 'The lesson on it:' };
      yield* sayPassage(passage);
    }
    yield {
      type: 'text',
      text: 'Say in your own words what you would now do differently, and try a fresh one.',
    };
    yield* sayWhereToGo(telling, passage?.heading ?? '');
    return;
  }
  const beliefs = skill.misconceptions.slice(0, 4);
  yield {
    type: 'text',
    text: `I see no recent wrong answer of yours on **${skill.title}**. ${
      beliefs.length > 0 ? 'These beliefs lead people astray here most often:' : ''
    }`,
  };
  if (beliefs.length > 0)
    yield {
      type: 'text',
      text: beliefs.map(({ belief, correction }) => `- “${belief}”. ${correction}`).join('\n'),
    };
  const passage = port.findPassage(question, skill.id);
  if (passage) yield* sayPassage(passage);
  else yield { type: 'cite', skill: skill.id, title: skill.title, heading: '', quote: skill.criterion };
  yield* sayWhereToGo(telling, passage?.heading ?? '');
}
