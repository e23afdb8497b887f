import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { LoggedAnswer } from '../../packages/engine/src/fit/answer-log.ts';

const HEADER = 'learner,item,skill,correct,ts';

/** Reads `learner,item,skill,correct,ts` from a gzipped CSV file, row by row. @throws Error on another header or an unreadable row. */
export function* readAnswers(file: string): Generator<LoggedAnswer> {
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  let from = text.indexOf('\n') + 1;
  const header = text.slice(0, from).trim();
  if (header !== HEADER) throw new Error(`${file}: the header is "${header}", expected "${HEADER}"`);
  for (let line = 2; from < text.length; line++) {
    const end = text.indexOf('\n', from);
    const row = (end < 0 ? text.slice(from) : text.slice(from, end)).trim();
    from = end < 0 ? text.length : end + 1;
    if (row === '') continue;
    const [learner, item, skill, correct, ts] = row.split(',');
    if (!learner || item === undefined || skill === undefined || (correct !== '0' && correct !== '1'))
      throw new Error(`${file}, line ${line}: expected learner,item,skill,0 or 1,seconds; got "${row}"`);
    yield {
      learner,
      item,
      skill,
      correct: correct === '1',
      ts: ts === undefined || ts === '' ? null : Number(ts),
    };
  }
}
