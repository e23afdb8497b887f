import { emptyState, explainGate } from '@edirae/engine';
import { renderMarkdown } from '@edirae/curriculum';
import { toBrowserLab, writeTest } from '@edirae/labs';
import type { LabView } from '../labs/lab-views.ts';
import type { ShelvedLab } from '../labs/lab-shelf.ts';
import { toExplainBackView } from '../labs/present-explanation.ts';
import { toDraftRow, toEvidence, toHintView, toLabRow } from '../labs/present-lab.ts';
import { isWaiting, toSubmissionRow, toSubmissionView } from '../labs/present-submission.ts';
import { readSettled } from '../present/read-settled.ts';
import { toNamed } from '../present/titles.ts';
import type { School } from '../school.ts';
import type { LearnerReader } from '../store/act-on.ts';
import { findJob } from '../store/jobs.ts';
import type { LabLanguage } from '../store/lab-drafts.ts';
import type { StoredSubmission } from '../store/lab-submissions.ts';
import type { NotFound } from './refusals.ts';

/** Submissions listed on a lab's page. */
const HISTORY = 30;

/** Everything that a lab's page shows. @param learnerId null for a visitor who has not begun */
export async function getLab(
  school: School,
  learnerId: string | null,
  asked: { lab: string; language?: LabLanguage | undefined },
): Promise<{ outcome: 'lab'; lab: LabView } | NotFound> {
  const shelved = await school.labs.find(asked.lab);
  if (!shelved) return { outcome: 'not-found' };
  const reader = learnerId === null ? null : await readSettled(school, learnerId);
  // Whoever reads a lab may run it soon; a process that leaves jobs to others never will.
  if (reader && school.config.runJobs) void school.sandboxes.warm();
  const { lab } = shelved;
  const state = reader?.state ?? emptyState();
  const work = reader ? await readWork(reader, lab.id) : NOTHING;
  const language = chooseLanguage(shelved, asked.language, work);
  const drafts = reader ? await readDrafts(reader, lab.id, language) : { draft: null, setAside: [] };
  const [last] = work.submissions;
  const explanation = (await reader?.store.labs.listExplanations(lab.id))?.[0];
  const record = state.labs[lab.id];
  const sandbox = await school.sandboxes.find(language).catch(() => undefined);
  return {
    outcome: 'lab',
    lab: {
      ...toLabRow(school, state, shelved, { savedAt: work.savedAt, submission: last }),
      language,
      entry: lab.entry[language] ?? '',
      instructions: shelved.instructions,
      instructionsHtml: renderMarkdown(shelved.instructions),
      limits: { ...lab.limits },
      rubric: lab.rubric.map(({ id, title, weight, by, skills, file }) => ({
        id,
        title,
        weight,
        by,
        skills: toNamed(school, skills),
        file: file ?? null,
      })),
      visible: lab.tests
        .filter((test) => test.visible)
        .map((test) => ({ name: test.name, rubric: test.rubric, ...writeTest(lab, test, language) })),
      hidden: shelved.hidden,
      browserLab: toBrowserLab(lab),
      starter: shelved.starter[language] ?? {},
      ...drafts,
      hints: {
        of: shelved.hints.length,
        taken: shelved.hints
          .slice(0, record?.hints ?? 0)
          .map((_hint, index) => toHintView(shelved, index + 1)),
      },
      aid: {
        hints: record?.hints ?? 0,
        mentor: (record?.mentorAt ?? null) !== null,
        solution: (record?.solutionAt ?? null) !== null,
      },
      submission: last ? await toSubmissionView(school, state, last) : null,
      run: work.run ? await toSubmissionView(school, state, work.run) : null,
      history: await toHistory(school, work.submissions),
      explainBack: explanation ? await toExplainBackView(school, state, explanation) : null,
      explain: explainGate(record, reader?.now ?? school.clock()),
      evidence: toEvidence(school, state, shelved),
      sandbox: sandbox?.name ?? null,
    },
  };
}

interface Work {
  savedAt: number | null;
  /** In which language the learner worked last. */
  language: LabLanguage | null;
  submissions: StoredSubmission[];
  run: StoredSubmission | undefined;
}

const NOTHING: Work = { savedAt: null, language: null, submissions: [], run: undefined };

async function readWork({ store }: LearnerReader, lab: string): Promise<Work> {
  const drafted = (await store.labs.listDraftedLabs()).find((each) => each.lab === lab);
  const submissions = await store.labs.listSubmissions({ lab, kind: 'submission', limit: HISTORY });
  const [run] = await store.labs.listSubmissions({ lab, kind: 'run', limit: 1 });
  return {
    savedAt: drafted?.savedAt ?? null,
    language: drafted?.language ?? submissions[0]?.language ?? null,
    submissions,
    run,
  };
}

function chooseLanguage({ lab }: ShelvedLab, asked: LabLanguage | undefined, work: Work): LabLanguage {
  const [first = 'py'] = lab.languages;
  return [asked, work.language].find((language) => language && lab.languages.includes(language)) ?? first;
}

async function readDrafts(
  { store }: LearnerReader,
  lab: string,
  language: LabLanguage,
): Promise<Pick<LabView, 'draft' | 'setAside'>> {
  const rows = await store.labs.listDrafts(lab, language);
  const current = rows.find((row) => !row.setAside);
  const draft = current && (await store.labs.findDraft(lab, language, current.version));
  return {
    draft: draft ? { ...toDraftRow(draft, draft.version), files: draft.files } : null,
    setAside: rows.filter((row) => row.setAside).map((row) => toDraftRow(row, current?.version)),
  };
}

async function toHistory(
  school: School,
  submissions: readonly StoredSubmission[],
): Promise<LabView['history']> {
  return Promise.all(
    submissions.map(async (submission) =>
      toSubmissionRow(
        submission,
        isWaiting(submission) ? await findJob(school.db, submission.jobId) : undefined,
      ),
    ),
  );
}
