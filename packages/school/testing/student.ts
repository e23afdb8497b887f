import { leaveCheck } from '../src/usecases/leave-check.ts';
import { startCheck } from '../src/usecases/start-check.ts';
import { startPractice } from '../src/usecases/start-practice.ts';
import { submitAttempt } from '../src/usecases/submit-attempt.ts';
import type { CheckView, ItemView, VerdictView } from '../src/views.ts';
import { answerTo } from './answers.ts';
import type { TestSchool } from './test-school.ts';

type How = 'right' | 'wrong' | 'unknown';

/** A learner of a test school who answers as told. */
export interface Student {
  /** Whose turn it is; a test may set another. */
  id: string;
  answer(item: ItemView, how: How, more?: object): Promise<VerdictView>;
  practise(skill: string, how: How, fresh?: boolean): Promise<VerdictView>;
  openCheck(skill: string): Promise<CheckView>;
  /** Answers right to the end of a check. */
  passCheck(skill: string): Promise<VerdictView>;
  /** Practises until the next check opens; throws where it never does. */
  mend(skill: string): Promise<void>;
}

const ANSWER_TAKES = 30_000;
const MOST_PRACTICE = 12;

export function createStudent(test: () => TestSchool): Student {
  const student: Student = {
    id: '',
    async answer(item, how, more = {}) {
      const { school, time } = test();
      time.now += ANSWER_TAKES;
      const answer = how === 'unknown' ? null : await answerTo(school, student.id, item.issueId, how);
      const submitted = await submitAttempt(school, student.id, { issueId: item.issueId, answer, ...more });
      if (submitted.outcome !== 'recorded') throw new Error(submitted.outcome);
      return submitted.verdict;
    },
    async practise(skill, how, fresh = true) {
      const started = await startPractice(test().school, student.id, { skill, fresh });
      if (started.outcome !== 'open') throw new Error(started.outcome);
      return student.answer(started.practice.item, how, { confidence: 75 });
    },
    async openCheck(skill) {
      const started = await startCheck(test().school, student.id, skill);
      if (started.outcome !== 'open') throw new Error(JSON.stringify(started));
      return started.check;
    },
    async passCheck(skill) {
      let { item } = await student.openCheck(skill);
      while (item) {
        const verdict = await student.answer(item, 'right');
        if (verdict.check?.status !== 'open') return verdict;
        item = verdict.next ?? null;
      }
      throw new Error('The check did not end');
    },
    async mend(skill) {
      for (let tries = 0; tries < MOST_PRACTICE; tries++) {
        const started = await startCheck(test().school, student.id, skill);
        if (started.outcome === 'open') {
          await leaveCheck(test().school, student.id, started.check.checkId);
          return;
        }
        if (started.outcome !== 'practice-first') throw new Error(started.outcome);
        await student.practise(skill, 'right');
      }
      throw new Error('Practice never opened the check');
    },
  };
  return student;
}
