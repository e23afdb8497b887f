import { isFollowUp } from './intent.ts';
import { contentWords, firstSentence } from './words.ts';
import { cite, sayOutline, sayPassage, sayWhereToGo, socratic, type Events, type Telling } from './say.ts';

/** The lesson's passage, word for word, with its source, and a question to go on with. */
export function* explain(telling: Telling): Events {
  const { question, skill, port, context } = telling;
  const passage = port.findPassage(question, skill.id);
  if (!passage) {
    yield* sayOutline(telling);
    yield* sayWhereToGo(telling);
    return;
  }
  yield* sayPassage(passage);
  const near = nearestBelief(telling, passage.text);
  if (near) yield { type: 'text', text: `A mistake to watch for: “${near.belief}”. ${near.correction}` };
  yield { type: 'text', text: socratic(skill, context.history.length) };
  yield* sayWhereToGo(telling, passage.heading);
}

/** Shorter: the first sentence of the passage, the beliefs turned round, and an example instead of more prose. */
export function* explainSimpler(telling: Telling): Events {
  const { skill, port } = telling;
  const passage = port.findPassage(spokenOfBefore(telling), skill.id);
  if (!passage) {
    yield* explain(telling);
    return;
  }
  yield { type: 'text', text: `In one sentence: ${firstSentence(passage.text, 240)}` };
  yield cite(passage);
  const corrections = skill.misconceptions.filter(({ correction }) => correction !== '').slice(0, 3);
  if (corrections.length > 0)
    yield {
      type: 'text',
      text: `The points that carry it:\n\n${corrections.map(({ correction }) => `- ${correction}`).join('\n')}`,
    };
  yield* showExample(telling, 'And with numbers:');
  yield* sayWhereToGo(telling, passage.heading);
}

/** What the learner asked before going on from it, or the hint that was not understood; where there is neither, the criterion. */
function spokenOfBefore({ question, skill, context: { issue, history } }: Telling): string {
  const hint = issue?.hintsShown.at(-1);
  if (hint !== undefined) return hint;
  if (contentWords(question).size > 3) return question;
  const before = history.findLast(
    ({ who, text }) => who === 'learner' && !isFollowUp(text) && contentWords(text).size > 1,
  );
  return before?.text ?? skill.criterion;
}

/** A worked example with fresh numbers, drawn for this message. */
export function* showExample(
  telling: Telling,
  opening = 'A worked example, with numbers drawn for you:',
): Events {
  const { skill, port, context } = telling;
  const variant = port.findWorkedVariant(skill.id, context.seed);
  if (!variant) return;
  const given = variant.given.map(({ label, value }) => `- ${label}: ${value}`).join('\n');
  yield {
    type: 'text',
    text: `${opening}\n\n${variant.prompt}${given === '' ? '' : `\n\n${given}`}\n\n**Solution.** ${variant.solution}`,
  };
  yield { type: 'cite', skill: skill.id, title: skill.title, heading: '', quote: variant.title };
}

export function* example(telling: Telling): Events {
  const events = [...showExample(telling)];
  if (events.length === 0) {
    yield* explain(telling);
    return;
  }
  yield* events;
  yield { type: 'text', text: 'Cover the solution and do it once yourself; then take one of your own.' };
  yield* sayWhereToGo(telling);
}

/** The skill's belief that shares most words with the question, where one clearly does. */
function nearestBelief(
  { question, skill }: Telling,
  told: string,
): { belief: string; correction: string } | undefined {
  const words = new Set(question.toLowerCase().match(/[a-z]{4,}/g) ?? []);
  const scored = skill.misconceptions
    .filter(
      ({ belief, correction }) =>
        correction !== '' && !told.includes(correction.slice(0, 40)) && belief !== '',
    )
    .map((one) => ({
      one,
      shared: (`${one.belief} ${one.correction}`.toLowerCase().match(/[a-z]{4,}/g) ?? []).filter((word) =>
        words.has(word),
      ).length,
    }))
    .sort((a, b) => b.shared - a.shared);
  return scored[0] && scored[0].shared >= 2 ? scored[0].one : undefined;
}
