import { renderMarkdown } from '@edirae/curriculum';
import { checkGate, isOpen } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { skillTitle } from '../present/titles.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { refuseIfCheckOpen, type CheckOpen, type NotFound } from './refusals.ts';

export interface MentorQuestion {
  text: string;
  skill?: string | undefined;
  /** An unanswered practice issue: help with it is recorded as aid. */
  issueId?: string | undefined;
  mode?: 'explain' | 'practise' | 'feedback' | 'examine' | undefined;
}

export type MentorEvent =
  | { type: 'text'; text: string; html: string }
  | { type: 'cite'; skill: string; title: string; heading: string }
  | { type: 'offerPractice'; skill: string }
  | { type: 'offerLesson'; skill: string }
  | { type: 'suggestCheck'; skill: string }
  | { type: 'refuse'; reason: 'unknown' }
  | { type: 'done' };

export type AskMentor = { outcome: 'answered'; events: MentorEvent[] } | CheckOpen | NotFound | RateLimited;

/**
 * Answers from the lessons, word for word, and says where it is from. It holds no key and writes nothing but the aid that it gave.
 * In a check and in a placement it is silent; an open review becomes an aided one, which keeps nothing.
 */
export async function askMentor(
  school: School,
  learnerId: string,
  question: MentorQuestion,
): Promise<AskMentor> {
  const limited = await school.limiter.take('mentor', learnerId, school.clock());
  if (limited) return limited;
  if (question.skill !== undefined && !school.graph.skills.has(question.skill))
    return { outcome: 'not-found' };
  return actOn(school, learnerId, async (tx): Promise<AskMentor> => {
    await closeOverdue(school, tx);
    const refusal = refuseIfCheckOpen(tx.state);
    if (refusal) return refusal;

    if (question.issueId !== undefined && !(await tx.store.findIssue(question.issueId))) {
      return { outcome: 'not-found' };
    }
    if (tx.state.placement) {
      return {
        outcome: 'answered',
        events: [
          ...say('A placement is open, and it is answered unaided. Finish or stop it, and ask again.'),
          { type: 'done' },
        ],
      };
    }
    const named = question.issueId === undefined ? undefined : tx.state.openIssues[question.issueId];
    const about = question.skill ?? (named?.place === 'practice' ? named.skill : null);
    const passage = school.passages.find(question.text, about);
    if (!passage) {
      return {
        outcome: 'answered',
        events: [
          ...say(
            'I answer from the lessons, and none of them speaks of that. Ask about a skill of your track, in its own words if you can.',
          ),
          { type: 'refuse', reason: 'unknown' },
          { type: 'done' },
        ],
      };
    }
    // Whatever is unanswered is aided from now on, named or not: a word with the mentor lies between issue and answer.
    await appendDecisions(
      school,
      tx,
      Object.keys(tx.state.openIssues).map(
        (issueId) => ({ type: 'aid-given', body: { issueId, aid: 'mentor' } }) as const,
      ),
    );

    const { skill, heading } = passage;
    const events: MentorEvent[] = [
      ...say(passage.text),
      { type: 'cite', skill, title: skillTitle(school, skill), heading },
      { type: 'offerLesson', skill },
    ];
    const written = school.graph.skills.get(skill)?.written === true;
    if (written && isOpen(tx.state, school.graph, skill)) {
      const ready =
        question.mode === 'examine' && checkGate(tx.state, school.graph, skill, tx.now, () => true).allowed;
      events.push(ready ? { type: 'suggestCheck', skill } : { type: 'offerPractice', skill });
    }
    return { outcome: 'answered', events: [...events, { type: 'done' }] };
  });
}

function say(text: string): MentorEvent[] {
  return [{ type: 'text', text, html: renderMarkdown(text) }];
}
