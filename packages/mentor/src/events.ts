/** Why the mentor did not answer. */
export type RefusalReason =
  /** The answer to an open item was asked for. */
  | 'answer'
  /** It is not about what is taught here. */
  | 'off-topic'
  /** Nothing written here answers it. */
  | 'unknown'
  /** It was an order to do what a mentor cannot do. */
  | 'order'
  /** Distress or law: people who can help are named instead. */
  | 'care';

/** What went wrong with a model; the built-in mentor answers in its place. */
export type ModelFailure =
  | 'unreachable'
  | 'key-refused'
  | 'rate-limited'
  | 'not-found'
  | 'refused'
  | 'broken-answer'
  | 'too-large'
  | 'too-slow'
  | 'redirected'
  | 'blocked-address'
  | 'held-back';

export interface OpinionLine {
  point: string;
  /** 0 absent, 1 mentioned, 2 argued. */
  points: number;
}

/** What a mentor says, piece by piece. Markdown in `text`; nothing in an event is an instruction to anybody. */
export type MentorEvent =
  /** A block of Markdown that stands by itself. */
  | { type: 'text'; text: string }
  | { type: 'cite'; skill: string; title: string; heading: string; quote: string }
  /** A rung of the hint ladder of the item at hand, shown with this answer. */
  | { type: 'hint'; n: number; text: string }
  | { type: 'offerPractice'; skill: string; title: string }
  | { type: 'offerLesson'; skill: string; title: string; heading: string }
  | { type: 'suggestCheck'; skill: string; title: string }
  /** A question of an oral examination; or, `about` "task", something to try here that counts for nothing. */
  | { type: 'ask'; n: number; of: number; about: string; text: string }
  /** The outcome of one: the mentor's opinion, never evidence. */
  | { type: 'opinion'; skill: string; lines: OpinionLine[]; total: number; most: number }
  /** Said beside an answer: who answers, and why. */
  | { type: 'note'; text: string }
  | { type: 'refuse'; reason: RefusalReason }
  | { type: 'error'; code: ModelFailure; text: string };

/** Tokens as the provider counted them; 0 where it said nothing. */
export interface Usage {
  input: number;
  output: number;
}
