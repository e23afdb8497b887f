import { afterAll, beforeAll, beforeEach } from 'vitest';
import { gradeLab } from '../src/jobs/kinds/grade-lab.ts';
import { makeExplainBack } from '../src/jobs/kinds/make-explain-back.ts';
import { runNextJob } from '../src/jobs/run-job.ts';
import type { ExplainBackView, LabView, SubmissionView } from '../src/labs/lab-views.ts';
import { readLearner } from '../src/store/act-on.ts';
import type { DatabaseKind } from '../src/store/database-kind.ts';
import { findExplainer } from '../src/store/lab-explanations.ts';
import type { LabFiles } from '../src/store/lab-drafts.ts';
import { getExplainBack, startExplainBack } from '../src/usecases/explain-back.ts';
import { getLab } from '../src/usecases/get-lab.ts';
import { getSubmission, submitLab } from '../src/usecases/submit-lab.ts';
import { openTestSchool, type TestSchool } from './school.ts';
import { startLearner } from './start-learner.ts';
import { makeLabContent } from './tiny-labs.ts';

/** The tiny lab's id. */
export const LAB = 'prices';

/** A school with the tiny lab, and a learner of it who is another in each test. */
export interface LabDesk {
  school: TestSchool;
  learner: string;
  submit(
    files: LabFiles,
    tests?: 'all' | 'visible',
  ): Promise<{ submission: SubmissionView; existing: boolean }>;
  /** Runs the next submission that waits. False: none does. */
  grade(): Promise<boolean>;
  look(id: string): Promise<SubmissionView>;
  graded(files: LabFiles, tests?: 'all' | 'visible'): Promise<SubmissionView>;
  view(): Promise<LabView>;
  /** Asks for questions and has them made. */
  explain(): Promise<ExplainBackView>;
  keysOf(id: string): Promise<string[]>;
  eventTypes(): Promise<string[]>;
}

/** Opens it for the tests of a `describe`, and closes it after them. */
export function useLabDesk(kind: DatabaseKind): LabDesk {
  const content = makeLabContent();
  const desk = {} as LabDesk;
  beforeAll(async () => {
    const env = { EDIRAE_CONTENT: content.contentDir };
    desk.school = await openTestSchool(kind, env, content.curriculum);
  });
  beforeEach(async () => {
    desk.learner = await startLearner(desk.school);
  });
  afterAll(async () => {
    await desk.school.remove();
    content.remove();
  });
  const acts: Omit<LabDesk, 'school' | 'learner'> = {
    async submit(files, tests = 'all') {
      const put = await submitLab(desk.school, desk.learner, { lab: LAB, files, tests });
      if (put.outcome !== 'submitted') throw new Error(put.outcome);
      return put;
    },
    grade: () => runNextJob(desk.school, gradeLab, () => {}),
    async look(id) {
      const found = await getSubmission(desk.school, desk.learner, id);
      if (found.outcome !== 'submission') throw new Error(found.outcome);
      return found.submission;
    },
    async graded(files, tests = 'all') {
      const { submission } = await desk.submit(files, tests);
      await desk.grade();
      return desk.look(submission.id);
    },
    async view() {
      const found = await getLab(desk.school, desk.learner, { lab: LAB });
      if (found.outcome !== 'lab') throw new Error(found.outcome);
      return found.lab;
    },
    async explain() {
      const started = await startExplainBack(desk.school, desk.learner, LAB);
      if (started.outcome !== 'explain-back') throw new Error(started.outcome);
      await runNextJob(desk.school, makeExplainBack, () => {});
      const found = await getExplainBack(desk.school, desk.learner, started.explainBack.id);
      if (found.outcome !== 'explain-back') throw new Error(found.outcome);
      return found.explainBack;
    },
    async keysOf(id) {
      const found = await findExplainer(desk.school.db, id);
      return found?.explanation.questions.map(({ key }) => key) ?? [];
    },
    async eventTypes() {
      const { store } = await readLearner(desk.school, desk.learner);
      return (await store.listEvents()).map(({ type }) => type);
    },
  };
  return Object.assign(desk, acts);
}
