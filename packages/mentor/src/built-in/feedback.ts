import type { SkillBrief } from '../port.ts';
import { sayWhereToGo, type Events, type Telling } from './say.ts';
import { sortOrders } from './orders.ts';
import { coverage, splitCriterion } from './words.ts';

const MOST_LINES = 400;
const MOST_QUOTES = 4;
/** A line reads like a belief from this share of the belief's words on. */
const READS_LIKE = 0.6;

/** Advice on a piece of work against what its skill asks: by words alone, and it says so. */
export function* giveFeedback(telling: Telling, work: { name: string; text: string }): Events {
  const { skill } = telling;
  const lines = work.text.split('\n').slice(0, MOST_LINES);
  yield {
    type: 'text',
    text: `**Advice, not a verdict.** I read your work against the criterion of **${skill.title}**: *${skill.criterion}* I compare words and cannot judge an argument; a model or a person can.`,
  };
  const found = quoteBeliefs(lines, skill);
  for (const { line, text, belief, correction } of found)
    yield {
      type: 'text',
      text: `Line ${line}:\n\n> ${text}\n\nThis reads like a belief that does not hold: “${belief}”.${correction ? ` ${correction}` : ''} If you mean something else, say what bounds it.`,
    };
  const asked = listAsked(skill);
  const absent = asked.filter((point) => coverage(point, work.text) < 0.5);
  const met = asked.filter((point) => !absent.includes(point));
  if (met.length > 0)
    yield { type: 'text', text: `Spoken of: ${met.map((point) => `*${point}*`).join('; ')}.` };
  if (absent.length > 0)
    yield {
      type: 'text',
      text: `I find no line that speaks of: ${absent.map((point) => `*${point}*`).join('; ')}. A reader who grades against the criterion will look for it.`,
    };
  if (!/\d/.test(work.text))
    yield { type: 'text', text: 'There is no figure in it. Which number would change your decision?' };
  yield { type: 'cite', skill: skill.id, title: skill.title, heading: '', quote: skill.criterion };
  yield* sayWhereToGo(telling);
}

function quoteBeliefs(
  lines: readonly string[],
  skill: SkillBrief,
): { line: number; text: string; belief: string; correction: string }[] {
  return lines
    .flatMap((text, i) => {
      // A line that gives orders is not repeated.
      if (text.trim().length < 12 || sortOrders(text).orders > 0) return [];
      const nearest = skill.misconceptions
        .map((one) => ({ ...one, share: coverage(one.belief, text) }))
        .sort((a, b) => b.share - a.share)[0];
      return nearest && nearest.share >= READS_LIKE
        ? [
            {
              line: i + 1,
              text: text.trim().slice(0, 200),
              belief: nearest.belief,
              correction: nearest.correction,
            },
          ]
        : [];
    })
    .slice(0, MOST_QUOTES);
}

/** The parts of a criterion: "size and maximum concurrency", "layers, heads, dtype". */
function listAsked({ criterion }: SkillBrief): string[] {
  const { act, given } = splitCriterion(criterion);
  return [act, ...(given ?? '').split(/,| and /)]
    .flatMap((part) => part.split(/ and (?=[a-z]+ )/))
    .map((part) => part.trim())
    .filter((part) => part.length > 3);
}
