/**
 * `npm run --silent bench -- search [--file F] [--explain]`: how fast and how well the search finds things, beside SQLite's full-text index
 * (FTS5, Porter's stems, BM25) over the same entries in the same run. A line of a file has `id`, `words` as typed, and `finds`: what somebody who
 * types them wants, one of which must be among the first ten (`recall`) or first of all (`first`).
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { createMatcher, createSearch, listSearchEntries, loadCurriculum } from '@edirae/curriculum';
import { z } from 'zod';
import type { Bench } from './main.ts';
import { inMs, percentile } from './percentile.ts';

const lineSchema = z.strictObject({ id: z.string(), words: z.string(), finds: z.array(z.string()).min(1) });
type Find = (words: string) => string[];

/** How many of the first are looked at. */
const LOOKED_AT = 10;
const ROUNDS = 20;

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: {
      file: { type: 'string', default: 'bench/search/queries.jsonl' },
      content: { type: 'string', default: 'content' },
      explain: { type: 'boolean', default: false },
    },
  });
  const queries = readFileSync(values.file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)));
  const { curriculum } = await loadCurriculum(values.content);
  if (curriculum === null) throw new Error(`The content in ${values.content} does not load.`);
  const matcher = createMatcher(curriculum);

  const [search, buildMs] = timed(() => createSearch(curriculum, matcher));
  const kept = JSON.stringify(search.keep());
  const [, loadMs] = timed(() => createSearch(curriculum, matcher, JSON.parse(kept)));
  const ours: Find = (words) => search.find(words, { limit: LOOKED_AT }).hits.map(({ id }) => id);
  const fullText = openFullText(listSearchEntries(curriculum));

  if (values.explain)
    for (const { words, finds } of queries) {
      const found = ours(words);
      if (!finds.includes(found[0] ?? ''))
        progress(`${words}: wants ${finds.join(' or ')}, found ${found.slice(0, 4).join(', ')}`);
    }
  const [mine, base] = [measure(ours, queries), measure(fullText, queries)];
  return {
    entries: search.size,
    queries: queries.length,
    buildMs,
    loadMs,
    keptMb: inMs(kept.length / 2 ** 20),
    ...mine,
    p99OverFullText: inMs(mine.p99Ms / base.p99Ms),
    fullText: [base],
  };
};

function measure(find: Find, queries: readonly z.infer<typeof lineSchema>[]) {
  const share = (isFound: (found: string[], finds: string[]) => boolean): number =>
    inMs(queries.filter(({ words, finds }) => isFound(find(words), finds)).length / queries.length);
  const recall = share((found, finds) => found.some((id) => finds.includes(id)));
  const first = share((found, finds) => finds.includes(found[0] ?? ''));
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const { words } of queries) {
      // As it is typed: a palette asks after every few letters.
      for (const part of [words.slice(0, 3), words.slice(0, Math.ceil(words.length / 2)), words]) {
        const [, ms] = timed(() => find(part));
        times.push(ms);
      }
    }
  return { recall, first, p50Ms: inMs(percentile(times, 0.5)), p99Ms: inMs(percentile(times, 0.99)) };
}

function timed<T>(act: () => T): [T, number] {
  const from = performance.now();
  const result = act();
  return [result, inMs(performance.now() - from)];
}

/** The baseline: any of the words, the last one as a beginning, best first by BM25 with the same weights of title and text. */
function openFullText(entries: ReturnType<typeof listSearchEntries>): Find {
  const db = new DatabaseSync(':memory:');
  db.exec(
    "create virtual table entries using fts5(id unindexed, title, names, text, tokenize = 'porter unicode61')",
  );
  const add = db.prepare('insert into entries values (?, ?, ?, ?)');
  for (const { id, title, names, text } of entries) add.run(id, title, names.join(' . '), text);
  const find = db.prepare(
    `select id from entries where entries match ? order by bm25(entries, 0, 4, 3, 1) limit ${LOOKED_AT}`,
  );
  return (words) => {
    const terms = words.match(/[\p{L}\p{N}]+/gu) ?? [];
    if (terms.length === 0) return [];
    const asked = terms.map((term, i) => `"${term}"${i === terms.length - 1 ? '*' : ''}`).join(' OR ');
    return find.all(asked).map(({ id }) => String(id));
  };
}
