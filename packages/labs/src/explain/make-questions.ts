import { createRandom } from '../contract/random.ts';
import { askMutations } from './ask-mutations.ts';
import { askValues } from './ask-values.ts';
import { shuffle, type ExplainQuestion, type QuestionsAbout } from './question.ts';

/**
 * Questions about somebody's own code, with keys computed by running it: what it gives for an input that no test shows, and which visible
 * test fails when a line of it is changed. Hidden tests play no part. Fewer than `count` only where the code gives no more to ask about.
 */
export async function makeQuestions(about: QuestionsAbout): Promise<ExplainQuestion[]> {
  const random = createRandom(`explain:${about.seed}`);
  const mutations = await askMutations(about, random, about.count - 1);
  about.progress?.(mutations.length, about.count);
  const values = await askValues(about, random, about.count - mutations.length);
  about.progress?.(mutations.length + values.length, about.count);
  const missing = about.count - mutations.length - values.length;
  const more = missing > 0 ? await askMutations(about, random, missing, mutations) : [];
  return shuffle([...mutations, ...values, ...more], random);
}
