import { stateOf, type LearnerState } from '@edirae/engine';
import { writeTest, type Result } from '@edirae/labs';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import { countJobsBefore, findJob } from '../store/jobs.ts';
import type { StoredSubmission, SubmissionHead } from '../store/lab-submissions.ts';
import type { JobRow } from '../store/schema.ts';
import type { ShelvedLab } from './lab-shelf.ts';
import type { LearnerResult, SubmissionRowView, SubmissionState, SubmissionView } from './lab-views.ts';

/** A submission or a run as its author sees it, with its place in the queue. */
export async function toSubmissionView(
  school: School,
  state: LearnerState,
  submission: StoredSubmission,
): Promise<SubmissionView> {
  const job = isWaiting(submission) ? await findJob(school.db, submission.jobId) : undefined;
  const shelved = await school.labs.find(submission.lab);
  const row = toSubmissionRow(submission, job);
  return {
    ...row,
    kind: submission.kind,
    ahead: row.state === 'queued' && job ? await countJobsBefore(school.db, job) : null,
    progress: row.state === 'running' && job ? toProgress(job.progress) : null,
    result: submission.result && toLearnerResult(shelved, submission.result),
    files: submission.files,
    moved: movedBy(school, state, submission.id),
  };
}

/** @param job its job, where it may still be under way; without one it is taken for broken */
export function toSubmissionRow(submission: StoredSubmission, job: JobRow | undefined): SubmissionRowView {
  const { id, lab, language, number, submittedAt, result, seq } = submission;
  return {
    id,
    lab,
    language,
    number,
    at: submittedAt,
    state: stateOfSubmission(submission, job),
    status: result?.status ?? null,
    score: result?.score.total ?? null,
    tests: result && countPassed(result.tests),
    row: seq,
  };
}

export function isWaiting({ endedAt, cancelledAt }: SubmissionHead): boolean {
  return endedAt === null && cancelledAt === null;
}

function stateOfSubmission(submission: StoredSubmission, job: JobRow | undefined): SubmissionState {
  if (submission.endedAt !== null) return 'done';
  if (submission.cancelledAt !== null || job?.state === 'cancelled') return 'cancelled';
  return job?.state === 'queued' || job?.state === 'running' ? job.state : 'broken';
}

/** How many of these passed. */
export function countPassed(tests: readonly { passed: boolean }[]): { passed: number; of: number } {
  return { passed: tests.filter(({ passed }) => passed).length, of: tests.length };
}

function toProgress(text: string | null): { done: number; of: number } | null {
  if (text === null) return null;
  const { done, total } = JSON.parse(text) as { done: number; total: number | null };
  return total === null ? null : { done, of: total };
}

/** Skills that this submission, explained, made Applied. */
export function movedBy(school: School, state: LearnerState, submissionId: string): SubmissionView['moved'] {
  return Object.entries(state.skills)
    .filter(([, record]) => record.appliedBy?.submissionId === submissionId)
    .map(([id, record]) => ({ skill: { id, title: skillTitle(school, id) }, state: stateOf(record) }));
}

function toLearnerResult(shelved: ShelvedLab | undefined, result: Result): LearnerResult {
  const { status, reason, sandbox, language, stdout, truncated, resources } = result;
  const visible = result.tests.filter((test) => test.visible);
  const failed = visible.find(({ passed }) => !passed);
  const test = shelved?.lab.tests.find((each) => each.visible && each.name === failed?.name);
  const titles = new Map(shelved?.lab.rubric.map(({ id, title }) => [id, title]));
  return {
    status,
    reason,
    sandbox,
    language,
    visible: visible.map(({ name, rubric, passed, message }) => ({ name, rubric, passed, message })),
    hidden: result.tests.filter((each) => !each.visible).map(({ name, passed }) => ({ name, passed })),
    firstFailure:
      failed && shelved && test
        ? {
            name: failed.name,
            message: failed.message,
            ...writeTest(shelved.lab, test, language === 'py' ? 'py' : 'ts'),
          }
        : null,
    score: {
      total: result.score.total,
      lines: result.score.lines.map((line) => ({ ...line, title: titles.get(line.id) ?? line.id })),
    },
    stdout,
    truncated,
    resources,
  };
}
