import type { NewEvent } from '@edirae/engine';
import type { MentorEvent } from '@edirae/mentor';
import { appendDecisions } from './append-decisions.ts';
import type { School } from '../school.ts';
import type { LearnerTransaction } from '../store/act-on.ts';

/** Whether an answer holds more than a refusal: a word that could help with an open item. */
export function givesHelp(events: readonly MentorEvent[]): boolean {
  return events.some(({ type }) =>
    ['cite', 'hint', 'ask', 'opinion', 'offerPractice', 'offerLesson'].includes(type),
  );
}

/** Records that every unanswered item is aided: a word with the mentor lies between issue and answer. A hint given is recorded as such too. */
export async function recordMentorAid(
  school: School,
  tx: LearnerTransaction,
  given?: { issueId: string | null; events: readonly MentorEvent[] },
): Promise<void> {
  const hints = (given?.events ?? []).flatMap((event): NewEvent[] =>
    event.type === 'hint' && given?.issueId && tx.state.openIssues[given.issueId]
      ? [{ type: 'aid-given', body: { issueId: given.issueId, aid: `hint-${event.n}` as 'hint-1' } }]
      : [],
  );
  const aided = Object.values(tx.state.openIssues)
    .filter(({ aid }) => aid !== 'mentor' && aid !== 'solution')
    .map(({ issueId }): NewEvent => ({ type: 'aid-given', body: { issueId, aid: 'mentor' } }));
  await appendDecisions(school, tx, [...hints, ...aided]);
}
