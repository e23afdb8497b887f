import type { School } from '../school.ts';
import { createLearner } from '../store/act-on.ts';
import { findLearner } from '../store/learners.ts';
import { findMeta, setMeta } from '../store/meta.ts';

const KEY = 'command-line-learner';

/** Whose cards the command line means where it names nobody: a learner of its own, made the first time. */
export async function commandLineLearner(school: School): Promise<string> {
  const known = await findMeta(school.db, KEY);
  if (known !== undefined && (await findLearner(school.db, known)) !== undefined) return known;
  const id = await createLearner(school, null, async (tx) => tx.learnerId);
  await setMeta(school.db, KEY, id);
  return id;
}
