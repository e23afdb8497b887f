import type { MentorEventView } from '@edirae/school';

type Offer = Extract<MentorEventView, { type: 'offerPractice' | 'offerLesson' | 'suggestCheck' }>;
type Cite = Extract<MentorEventView, { type: 'cite' }>;

/** What was said, as a page shows it: the words in order, then sources, then where to go. */
export interface Said {
  words: Exclude<MentorEventView, Offer | Cite | { type: 'start' | 'done' | 'refuse' }>[];
  cites: Cite[];
  offers: Offer[];
  done: Extract<MentorEventView, { type: 'done' }> | null;
  by: 'built-in' | 'model' | null;
}

const MOST_OFFERS = 4;

export function gather(events: readonly MentorEventView[]): Said {
  const said: Said = { words: [], cites: [], offers: [], done: null, by: null };
  for (const event of events) {
    switch (event.type) {
      case 'start':
        said.by = event.by;
        break;
      case 'done':
        said.done = event;
        break;
      case 'refuse':
        break;
      case 'cite':
        if (!said.cites.some((one) => one.href === event.href && one.quote === event.quote))
          said.cites.push(event);
        break;
      case 'offerLesson':
      case 'offerPractice':
      case 'suggestCheck':
        if (!said.offers.some((one) => one.type === event.type && one.skill === event.skill))
          said.offers.push(event);
        break;
      default:
        said.words.push(event);
    }
  }
  said.offers = said.offers.slice(0, MOST_OFFERS);
  return said;
}

export function offerInWords(offer: Offer): string {
  switch (offer.type) {
    case 'offerLesson':
      return `Lesson: ${offer.title}`;
    case 'offerPractice':
      return `Practise: ${offer.title}`;
    case 'suggestCheck':
      return `Take the check: ${offer.title}`;
  }
}

/** "from the built-in guide. No model was used" */
export function speakerInWords({ by, cites, words }: Said): string {
  const fell = words.some((event) => event.type === 'error');
  if (by === 'model')
    return fell ? 'Mentor, from the built-in guide: the model failed' : 'Mentor, by a model';
  return cites.length > 0
    ? `Mentor, from the built-in guide and ${cites.length === 1 ? 'a source' : `${cites.length} sources`}`
    : 'Mentor, from the built-in guide';
}

export function priceInWords(done: Said['done']): string {
  if (!done) return '';
  if (done.by === 'built-in') return 'free';
  const tokens = `${done.tokens.toLocaleString('en')} tokens`;
  return done.costMicros > 0
    ? `${tokens}, ${(done.costMicros / 1e6).toFixed(4)} of the operator’s money`
    : tokens;
}

export const modes = [
  { id: 'explain', text: 'Explain', hint: 'answers, with sources' },
  { id: 'practise', text: 'Practise with me', hint: 'one step at a time' },
  { id: 'feedback', text: 'Feedback on my work', hint: 'reads what you attach' },
  { id: 'examine', text: 'Examine me', hint: 'asks, does not teach' },
] as const;
