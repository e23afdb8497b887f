import { exportLearner, type LearnerExport } from '../src/usecases/export-learner.ts';

/** A learner's export, as whoever saved it reads it. */
export async function readExport(
  school: Parameters<typeof exportLearner>[0],
  learnerId: string,
): Promise<LearnerExport> {
  let text = '';
  for await (const piece of await exportLearner(school, learnerId)) text += piece;
  return JSON.parse(text) as LearnerExport;
}
