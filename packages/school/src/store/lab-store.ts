import * as drafts from './lab-drafts.ts';
import * as explanations from './lab-explanations.ts';
import * as submissions from './lab-submissions.ts';
import type { LabLanguage } from './lab-drafts.ts';
import type { Queries } from './transaction.ts';

/** One learner's work on labs. */
export function createLabStore(db: Queries, learnerId: string) {
  return {
    putDraft: (draft: drafts.StoredDraft) => drafts.putDraft(db, learnerId, draft),
    /** The newest first, without files. */
    listDrafts: (lab: string, language: LabLanguage) => drafts.listDrafts(db, learnerId, lab, language),
    findDraft: (lab: string, language: LabLanguage, version: number) =>
      drafts.findDraft(db, learnerId, lab, language, version),
    listDraftedLabs: () => drafts.listDraftedLabs(db, learnerId),
    settleDrafts: (lab: string, language: LabLanguage) => drafts.settleDrafts(db, learnerId, lab, language),
    deleteDrafts: (ids: readonly string[]) => drafts.deleteDrafts(db, learnerId, ids),

    insertSubmission: (submission: Parameters<typeof submissions.insertSubmission>[2]) =>
      submissions.insertSubmission(db, learnerId, submission),
    findSubmission: (id: string) => submissions.findSubmission(db, learnerId, id),
    /** The latest first. */
    listSubmissions: (filter?: Parameters<typeof submissions.listSubmissions>[2]) =>
      submissions.listSubmissions(db, learnerId, filter),
    listSubmissionHeads: (lab: string, kind: 'submission' | 'run') =>
      submissions.listSubmissionHeads(db, learnerId, lab, kind),
    listLastSubmissions: () => submissions.listLastSubmissions(db, learnerId),
    nextSubmissionNumber: (lab: string) => submissions.nextSubmissionNumber(db, learnerId, lab),
    /** True for the first result only, and not once it was cancelled. */
    endSubmission: (end: Parameters<typeof submissions.endSubmission>[2]) =>
      submissions.endSubmission(db, learnerId, end),
    markCancelled: (id: string, at: number) => submissions.markCancelled(db, learnerId, id, at),
    deleteSubmissions: (ids: readonly string[]) => submissions.deleteSubmissions(db, learnerId, ids),

    insertExplanation: (asked: Parameters<typeof explanations.insertExplanation>[2]) =>
      explanations.insertExplanation(db, learnerId, asked),
    findExplanation: (id: string) => explanations.findExplanation(db, learnerId, id),
    listExplanations: (lab?: string) => explanations.listExplanations(db, learnerId, lab),
    showExplanation: (shown: Parameters<typeof explanations.showExplanation>[2]) =>
      explanations.showExplanation(db, learnerId, shown),
    keepAnswers: (id: string, answers: readonly (string | null)[]) =>
      explanations.keepAnswers(db, learnerId, id, answers),
    endExplanation: (end: Parameters<typeof explanations.endExplanation>[2]) =>
      explanations.endExplanation(db, learnerId, end),
  };
}
