import { aidLab } from '@edirae/engine';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { compareFiles } from '../labs/compare-files.ts';
import type { FileComparison } from '../labs/lab-views.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { LabFiles, LabLanguage } from '../store/lab-drafts.ts';
import { refuseIfCheckOpen, type CheckOpen, type NotFound } from './refusals.ts';

export type ShowLabSolution =
  | { outcome: 'solution'; files: LabFiles; comparison: FileComparison[] }
  | { outcome: 'not-passed' }
  | CheckOpen
  | NotFound;

/** The reference solution beside the learner's last pass; after a pass only, and recorded: what is submitted later is no evidence. */
export async function showLabSolution(
  school: School,
  learnerId: string,
  { lab, language }: { lab: string; language?: LabLanguage | undefined },
): Promise<ShowLabSolution> {
  const shelved = await school.labs.find(lab);
  if (!shelved) return { outcome: 'not-found' };
  return actOn(school, learnerId, async (tx): Promise<ShowLabSolution> => {
    await closeOverdue(school, tx);
    const refused = refuseIfCheckOpen(tx.state);
    if (refused) return refused;
    if ((tx.state.labs[lab]?.passedAt ?? null) === null) return { outcome: 'not-passed' };
    const submissions = await tx.store.labs.listSubmissions({ lab, kind: 'submission' });
    const passed = submissions.filter(({ result }) => result?.status === 'passed');
    const own = passed.find((each) => language === undefined || each.language === language) ?? passed[0];
    const files = shelved.solution[language ?? own?.language ?? 'py'];
    if (files === undefined || own === undefined) return { outcome: 'not-found' };
    await appendDecisions(school, tx, aidLab(tx.state, { lab, aid: 'solution' }));
    return { outcome: 'solution', files, comparison: compareFiles(own.files, files) };
  });
}
