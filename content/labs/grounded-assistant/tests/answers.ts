import type { Answer, Doc, User } from '../solution/solution.ts';
import { mayRead, wordsOf } from './world.ts';

/** The grader's checker: why an answer is not grounded in what the user may read; null if it is. */
export function ungrounded(answer: Answer, user: User, documents: readonly Doc[]): string | null {
  if (answer.abstained) return answer.answer === null && answer.claims.length === 0 ? null : 'an abstention has an answer or claims';
  if (answer.answer === null || answer.claims.length === 0) return 'an answer has no text or no claim';
  for (const { text, evidence } of answer.claims) {
    if (evidence.length === 0) return `“${text}” has no evidence`;
    for (const { doc: id, version, sentence } of evidence) {
      const doc = documents.find((one) => one.id === id);
      if (!doc) return `“${text}” rests on ${id}, which is not there`;
      if (!mayRead(user, doc)) return `“${text}” rests on ${id}, which the user may not read`;
      if (doc.version !== version || !doc.sentences.includes(sentence)) return `“${sentence}” does not stand in ${id}, version ${version}`;
      const missing = wordsOf(text).find((word) => !wordsOf(sentence).includes(word));
      if (missing !== undefined) return `“${text}” says ${missing}, “${sentence}” does not`;
    }
  }
  const said = answer.claims.flatMap(({ text }) => wordsOf(text));
  const extra = wordsOf(answer.answer).find((word) => !said.includes(word));
  return extra === undefined ? null : `the answer says ${extra}, and no claim does`;
}
