import { randomInt } from 'node:crypto';
import { enqueueJob, type EnqueuedJob } from '../jobs/enqueue-job.ts';
import { gradeLab } from '../jobs/kinds/grade-lab.ts';
import { checkFiles, digestOf, findEntry, type InvalidFiles } from '../labs/lab-files.ts';
import type { SubmissionView } from '../labs/lab-views.ts';
import { isWaiting, toSubmissionView } from '../labs/present-submission.ts';
import { readSettled } from '../present/read-settled.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { findJob } from '../store/jobs.ts';
import type { LabFiles, LabLanguage } from '../store/lab-drafts.ts';
import { askToCancel } from '../store/running-jobs.ts';
import type { NotFound } from './refusals.ts';

/** What a learner hands in. */
export interface HandedIn {
  lab: string;
  files: LabFiles;
  language?: LabLanguage | undefined;
  /** The file that is loaded; left out, the lab's own. */
  entry?: string | undefined;
  /** `visible`: a run, which is never evidence. */
  tests?: 'all' | 'visible' | undefined;
}

export type QueueFull = Extract<EnqueuedJob, { outcome: 'queue-full' }>;

export type SubmitLab =
  | { outcome: 'submitted'; submission: SubmissionView; existing: boolean }
  | InvalidFiles
  | QueueFull
  | NotFound
  | RateLimited;

/** Seeds are drawn so that nobody can know what the next submission will be asked. */
const SEEDS = 2 ** 31;

/** How many of a lab are kept, of each sort; the ledger keeps its row of every one that was graded. */
const KEPT = { submission: 100, run: 3 } as const;

/** Puts a submission, or a run of the visible tests, into the queue. The same files that still wait are not queued twice. */
export async function submitLab(school: School, learnerId: string, given: HandedIn): Promise<SubmitLab> {
  const shelved = await school.labs.find(given.lab);
  if (!shelved) return { outcome: 'not-found' };
  const invalid = checkFiles(given.files);
  if (invalid) return invalid;
  const limited = await school.limiter.take('grade', learnerId, school.clock());
  if (limited) return limited;
  const kind = given.tests === 'visible' ? 'run' : 'submission';
  const digest = digestOf(given.files);
  const { language, entry } = findEntry(shelved.lab, given.files, given);
  type Queued = { outcome: 'queued'; id: string; existing: boolean } | QueueFull;
  const queued = await actOn(school, learnerId, async (tx): Promise<Queued> => {
    const known = await tx.store.labs.listSubmissionHeads(given.lab, kind);
    const same = known.find((each) => isWaiting(each) && each.digest === digest && each.entry === entry);
    const job = same && (await findJob(tx.queries, same.jobId));
    if (same && (job?.state === 'queued' || job?.state === 'running'))
      return { outcome: 'queued', id: same.id, existing: true };
    const id = school.newId();
    const put = await enqueueJob(school, tx.queries, gradeLab, { submissionId: id }, { learnerId });
    if (put.outcome === 'queue-full') return put;
    await tx.store.labs.insertSubmission({
      id,
      lab: given.lab,
      kind,
      number: kind === 'run' ? null : await tx.store.labs.nextSubmissionNumber(given.lab),
      language,
      entry,
      files: given.files,
      digest,
      seed: randomInt(SEEDS),
      jobId: put.jobId,
      submittedAt: tx.now,
    });
    const toExplain = tx.state.labs[given.lab]?.pass?.submissionId;
    const old = known.slice(KEPT[kind] - 1).filter((each) => !isWaiting(each) && each.id !== toExplain);
    await tx.store.labs.deleteSubmissions(old.map((each) => each.id));
    return { outcome: 'queued', id, existing: false };
  });
  if (queued.outcome === 'queue-full') return queued;
  const found = await getSubmission(school, learnerId, queued.id);
  if (found.outcome !== 'submission') throw new Error(`The submission ${queued.id} is not there`);
  return { outcome: 'submitted', submission: found.submission, existing: queued.existing };
}

/** A submission of the learner's own, with its place in the queue while it waits. */
export async function getSubmission(
  school: School,
  learnerId: string,
  id: string,
): Promise<{ outcome: 'submission'; submission: SubmissionView } | NotFound> {
  const { state, store } = await readSettled(school, learnerId);
  const found = await store.labs.findSubmission(id);
  if (!found) return { outcome: 'not-found' };
  return { outcome: 'submission', submission: await toSubmissionView(school, state, found) };
}

/** Takes a submission out of the queue, or stops it where it runs: nothing is recorded of it. `ended`: it has its result. */
export async function cancelSubmission(
  school: School,
  learnerId: string,
  id: string,
): Promise<{ outcome: 'cancelled' | 'ended'; submission: SubmissionView } | NotFound> {
  const outcome = await actOn(school, learnerId, async (tx) => {
    const found = await tx.store.labs.findSubmission(id);
    if (!found) return null;
    if (!(await tx.store.labs.markCancelled(id, tx.now))) return 'ended';
    await askToCancel(tx.queries, found.jobId, tx.now);
    return 'cancelled';
  });
  const found = await getSubmission(school, learnerId, id);
  if (outcome === null || found.outcome !== 'submission') return { outcome: 'not-found' };
  return { outcome, submission: found.submission };
}
