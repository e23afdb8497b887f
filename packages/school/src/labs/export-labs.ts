import { listAllDrafts, type StoredDraft } from '../store/lab-drafts.ts';
import { listExplanations } from '../store/lab-explanations.ts';
import { listSubmissions, type StoredSubmission } from '../store/lab-submissions.ts';
import type { Queries } from '../store/transaction.ts';

/** A learner's work on labs as it is exported: nothing of what decides is in it. */
export interface LabsExport {
  drafts: Omit<StoredDraft, 'id' | 'begunAt'>[];
  submissions: (Pick<
    StoredSubmission,
    'id' | 'lab' | 'kind' | 'number' | 'language' | 'entry' | 'files' | 'submittedAt' | 'endedAt' | 'seq'
  > & {
    result: Omit<NonNullable<StoredSubmission['result']>, 'seed'> | null;
  })[];
  explanations: {
    id: string;
    lab: string;
    submissionId: string;
    at: number;
    endedAt: number | null;
    outcome: string | null;
    right: number | null;
    questions: { prompt: string; answer: string | null }[];
  }[];
}

export async function exportLabs(db: Queries, learnerId: string): Promise<LabsExport> {
  const drafts = await listAllDrafts(db, learnerId);
  const submissions = await listSubmissions(db, learnerId);
  const explanations = await listExplanations(db, learnerId);
  return {
    drafts: drafts.map(({ id: _id, begunAt: _begun, ...draft }) => draft),
    submissions: submissions.map(
      ({ id, lab, kind, number, language, entry, files, submittedAt, endedAt, seq, result }) => ({
        id,
        lab,
        kind,
        number,
        language,
        entry,
        files,
        submittedAt,
        endedAt,
        seq,
        result: result && withoutSeed(result),
      }),
    ),
    explanations: explanations.map(
      ({ id, lab, submissionId, askedAt, endedAt, outcome, right, questions, answers }) => ({
        id,
        lab,
        submissionId,
        at: askedAt,
        endedAt,
        outcome,
        right,
        questions: questions.map(({ prompt }, index) => ({ prompt, answer: answers?.[index] ?? null })),
      }),
    ),
  };
}

/** The seed decides what hidden tests draw. */
function withoutSeed({ seed: _seed, ...result }: NonNullable<StoredSubmission['result']>) {
  return result;
}
