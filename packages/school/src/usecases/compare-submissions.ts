import { compareFiles } from '../labs/compare-files.ts';
import type { FileComparison } from '../labs/lab-views.ts';
import { readSettled } from '../present/read-settled.ts';
import type { School } from '../school.ts';
import type { NotFound } from './refusals.ts';

export type CompareSubmissions = { outcome: 'comparison'; files: FileComparison[] } | NotFound;

/** What changed since a submission: up to the work in progress, or from the submission before it. */
export async function compareSubmissions(
  school: School,
  learnerId: string,
  asked: { submissionId: string; with: 'draft' | 'previous' },
): Promise<CompareSubmissions> {
  const { store } = await readSettled(school, learnerId);
  const found = await store.labs.findSubmission(asked.submissionId);
  if (!found) return { outcome: 'not-found' };
  const { lab, language } = found;
  if (asked.with === 'draft') {
    const current = (await store.labs.listDrafts(lab, language)).find((row) => !row.setAside);
    const draft = current && (await store.labs.findDraft(lab, language, current.version));
    return draft
      ? { outcome: 'comparison', files: compareFiles(found.files, draft.files) }
      : { outcome: 'not-found' };
  }
  const earlier = (await store.labs.listSubmissions({ lab, kind: 'submission' })).find(
    (each) => each.number !== null && found.number !== null && each.number < found.number,
  );
  return earlier
    ? { outcome: 'comparison', files: compareFiles(earlier.files, found.files) }
    : { outcome: 'not-found' };
}
