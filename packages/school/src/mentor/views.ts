import type { MentorEvent, Mode, ModelFailure } from '@edirae/mentor';
import type { MessageStatus } from '../store/mentor-talks.ts';
import type { StateName } from '../views.ts';

/**
 * What the mentor says, as it is stored and sent: its own events with their Markdown rendered, and what the school adds — where it begins
 * and ends, and the true state beside a claim.
 */
export type MentorEventView =
  | { type: 'start'; messageId: string; conversationId: string; by: 'built-in' | 'model' }
  | (Extract<MentorEvent, { type: 'text' | 'hint' | 'ask' }> & { html: string })
  | (Extract<MentorEvent, { type: 'cite' | 'offerPractice' | 'offerLesson' | 'suggestCheck' }> & {
      href: string;
    })
  | Exclude<
      MentorEvent,
      { type: 'text' | 'hint' | 'ask' | 'cite' | 'offerPractice' | 'offerLesson' | 'suggestCheck' }
    >
  | { type: 'state'; skill: string; title: string; state: StateName; words: string; href: string }
  | {
      type: 'done';
      status: Exclude<MessageStatus, 'running'>;
      by: 'built-in' | 'model';
      tokens: number;
      costMicros: number;
    };

export interface NumberedMentorEvent {
  id: number;
  event: MentorEventView;
}

export interface TurnView {
  messageId: string;
  at: number;
  question: string;
  questionHtml: string;
  mode: Mode;
  by: 'built-in' | 'model';
  status: MessageStatus;
  work: { name: string } | null;
  tokens: number;
  costMicros: number;
  events: NumberedMentorEvent[];
  /** A model was asked, and what it was sent can be read. */
  wasSent: boolean;
}

export interface ConversationView {
  id: string;
  title: string;
  skill: { id: string; title: string } | null;
  mode: Mode;
  at: number;
  turns: TurnView[];
}

export interface ConversationRowView {
  id: string;
  title: string;
  skill: { id: string; title: string } | null;
  mode: Mode;
  at: number;
}

/** Who answers, and what it may use. */
export interface MentorDeskView {
  answers: 'built-in' | 'model';
  /** Null: no model can be asked. */
  model: { name: string; provider: string; whose: 'operator' | 'learner'; onThisMachine: boolean } | null;
  budget: { used: number; most: number; costMicros: number } | null;
  /** Unanswered items that a word with the mentor would make aided. */
  openItems: number;
  own: {
    provider: string;
    model: string;
    hasKey: boolean;
    testedAt: number | null;
    failure: ModelFailure | null;
    failureWords: string | null;
  } | null;
}
