import { emptyState } from '@edirae/engine';
import type { LabListView, LabRowView } from '../labs/lab-views.ts';
import { toLabRow } from '../labs/present-lab.ts';
import { readSettled } from '../present/read-settled.ts';
import type { School } from '../school.ts';

/** Every lab by stage, with what it proves and how far the learner is. @param learnerId null for a visitor */
export async function listLabs(school: School, learnerId: string | null): Promise<LabListView> {
  const reader = learnerId === null ? null : await readSettled(school, learnerId);
  const state = reader?.state ?? emptyState();
  const drafted = (await reader?.store.labs.listDraftedLabs()) ?? [];
  const submitted = (await reader?.store.labs.listLastSubmissions()) ?? [];
  const rows = (await school.labs.list()).map((shelved): LabRowView => {
    const { id } = shelved.lab;
    return toLabRow(school, state, shelved, {
      savedAt: drafted.find(({ lab }) => lab === id)?.savedAt ?? null,
      submission: submitted.find(({ lab }) => lab === id),
    });
  });
  const begun = rows.filter((row) => row.state !== 'new' && row.state !== 'explained');
  return {
    goOn: begun.sort((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0))[0] ?? null,
    stages: [1, 2, 3, 4]
      .map((stage) => ({ stage, labs: inStage(rows, stage) }))
      .filter(({ labs }) => labs.length > 0),
    onTrack: rows.filter((row) => row.onTrack).length,
    total: rows.length,
  };
}

/** The capstone closes its stage. */
function inStage(rows: readonly LabRowView[], stage: number): LabRowView[] {
  const own = rows.filter((row) => row.stage === stage);
  return [
    ...own.filter(({ capstone }) => capstone === null),
    ...own.filter(({ capstone }) => capstone !== null),
  ];
}
