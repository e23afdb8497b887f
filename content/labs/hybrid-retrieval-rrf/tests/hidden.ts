import type { Doc, Hit, Qrels, Query, Settings } from './reference.ts';
import { chunks, embed, fuse, measures, Reference, round, words } from './reference.ts';

type Step =
  | { call: string; args: unknown[] }
  | { new: string; as: string; args: unknown[] }
  | { on: string; call: string; args: unknown[] };
type Drive = (step: Step) => Promise<unknown>;
type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  expect?: unknown;
  tol?: number;
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};
const settings: Settings = { chunk: 24, overlap: 6, dims: 128, k1: 1.2, b: 0.75, depth: 40 };
const ask = (method: string, ...args: unknown[]): Step => ({ on: 'index', call: method, args });
const start = (given: Settings): Step => ({ new: 'Index', as: 'index', args: [given] });

/** Both lists, with scores to nine digits, and the order of ids. */
function differs(want: Hit[], got: unknown): string | null {
  const say = (hits: Hit[]) => hits.map((hit) => `${hit.id} ${hit.score}`).join(', ');
  if (!Array.isArray(got)) return 'a search gives a list';
  const same =
    want.length === got.length &&
    want.every((hit, i) => (got[i] as Hit).id === hit.id && Math.abs((got[i] as Hit).score - hit.score) < 3e-9);
  return same ? null : `expected ${say(want)}; got ${say(got as Hit[])}`;
}

export function tests(random: () => number): Test[] {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => list[whole(0, list.length - 1)]!;
  const stems = Array.from({ length: 70 }, () => Array.from({ length: whole(2, 3) }, () => pick(SYLLABLES)).join(''));
  const library = makeLibrary(whole, pick, stems);
  const about = (rubric: string, skill: string) => ({ rubric, skill });
  const text = (count: number) => Array.from({ length: count }, () => pick(stems.slice(0, 25)) + pick(['', '', 's', '-2', '!'])).join(pick([' ', ', ']));

  const awkward = ['Pump AX-4711, valve--B7 and (x-y-z)-', 'a - b -c d- É4-é 10.5%', '', '---', 'UPPER lower 2nd-Gen_part'];
  const sizes: [number, number, number][] = [
    [0, 10, 3],
    [10, 10, 3],
    [11, 10, 3],
    [17, 10, 3],
    [18, 10, 3],
    [40, 12, 0],
    [9, 4, 3],
  ];
  const basics: Test[] = [
    {
      ...about('correctness', 'hybrid-retrieval'),
      name: 'words, part numbers among them',
      steps: awkward.map((one) => ({ call: 'words', args: [one] })),
      check: (results) => {
        const wrong = awkward.findIndex((one, i) => JSON.stringify(results[i]) !== JSON.stringify(words(one)));
        return wrong < 0 ? null : `${JSON.stringify(awkward[wrong])} has the words ${words(awkward[wrong]!).join(' ')}, not ${JSON.stringify(results[wrong])}`;
      },
    },
    {
      ...about('correctness', 'chunking-ingestion'),
      name: 'chunks cover the text, and none lies inside the one before',
      steps: sizes.map(([count, size, overlap]) => ({ call: 'chunk', args: [numbered(count), size, overlap] })),
      check: (results) => {
        for (const [i, [count, size, overlap]] of sizes.entries()) {
          const want = chunks(numbered(count), size, overlap);
          if (JSON.stringify(results[i]) !== JSON.stringify(want)) return `${count} words by ${size} with ${overlap} in common: expected ${JSON.stringify(want)}, got ${JSON.stringify(results[i])}`;
        }
        return null;
      },
    },
    ...[64, 100].map((dims): Test => {
      const given = text(9);
      return {
        ...about('correctness', 'embeddings-similarity'),
        name: `a hashed embedding of ${dims} numbers`,
        steps: [{ call: 'embed', args: [given, dims] }],
        expect: embed(given, dims),
        tol: 1e-12,
      };
    }),
    {
      ...about('correctness', 'embeddings-similarity'),
      name: 'nothing to embed is all zeros, not a division by zero',
      steps: [{ call: 'embed', args: [' -- ', 8] }],
      expect: [0, 0, 0, 0, 0, 0, 0, 0],
    },
  ];

  /** Searches in the submission and in the reference, side by side. */
  const compared = (name: string, rubric: string, skill: string, docs: Doc[], queries: Query[], given = settings): Test => {
    const reference = new Reference(given);
    for (const doc of docs) reference.docs.set(doc.id, doc);
    return {
      name,
      rubric,
      skill,
      steps: [start(given), ...docs.map((doc) => ask('add', doc)), ...queries.map((query) => ask('search', query))],
      check: (results) => {
        for (const [i, query] of queries.entries()) {
          const found = differs(reference.search(query), results[1 + docs.length + i]);
          if (found) return `${JSON.stringify(query)}: ${found}`;
        }
        return null;
      },
    };
  };
  const docs = Array.from({ length: 30 }, (_, i): Doc => ({ id: `d${i}`, text: text(whole(5, 90)), meta: { team: pick(['red', 'blue']) } }));
  const queries = (mode: Query['mode'], count = 8): Query[] =>
    Array.from({ length: count }, () => ({ text: text(whole(1, 5)), k: pick([3, 10, 100]), mode }));
  const twins = [9, 3, 7, 1].map((n): Doc => ({ id: `twin${n}`, text: 'the same words in each of them', meta: {} }));
  const scores: Test[] = [
    compared('BM25 on random texts', 'correctness', 'hybrid-retrieval', docs, queries('bm25')),
    compared('BM25 with other settings: short chunks, no length, steep counts', 'correctness', 'hybrid-retrieval', docs, queries('bm25'), { ...settings, chunk: 7, overlap: 2, k1: 3, b: 0 }),
    compared('vectors on random texts', 'correctness', 'embeddings-similarity', docs, queries('vector')),
    compared('a document is worth its best chunk, not the sum of them', 'correctness', 'chunking-ingestion', docs, [...queries('bm25', 4), ...queries('vector', 4)], { ...settings, chunk: 5, overlap: 4 }),
    compared('equal scores come in the order of ids', 'correctness', 'hybrid-retrieval', twins, (['bm25', 'vector', 'hybrid'] as const).map((mode) => ({ text: 'same words', k: 3, mode }))),
  ];
  return [...basics, ...scores, ...fusion(whole, pick, compared, docs, queries, library), ...filtering(compared, library), ...updates(whole, pick, text, library)];
}

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `w${i}`).join(' ');
const SYLLABLES = ['ba', 'cor', 'del', 'fin', 'gra', 'hul', 'jen', 'kol', 'lim', 'mor', 'nep', 'pra', 'quin', 'ros', 'sel', 'tur', 'vol', 'wex'];
const ENDINGS = ['', 's', 'ed', 'ing', 'er', 'ment'];
type Whole = (low: number, high: number) => number;
type Pick = <T>(list: readonly T[]) => T;
type Library = { docs: Doc[]; qrels: Qrels; texts: Record<string, string> };

/**
 * Support notes. Three notes share a part number, and part numbers differ in one digit; a question names the subject of one
 * note in other forms of its words. Keywords find the three, vectors find the subject, among notes about other parts too.
 */
function makeLibrary(whole: Whole, pick: Pick, stems: string[]): Library {
  const docs: Doc[] = [];
  const subjects: string[][] = [];
  for (let i = 0; i < 120; i++) {
    const subject = [pick(stems), pick(stems), pick(stems)];
    subjects.push(subject);
    const body = Array.from({ length: whole(5, 12) }, () => pick(stems) + pick(ENDINGS));
    for (const stem of subject) body.splice(whole(0, body.length), 0, stem + pick(ENDINGS));
    body.splice(whole(0, body.length), 0, partOf(i));
    docs.push({ id: `note${i}`, text: body.join(' '), meta: { team: pick(['red', 'blue', 'green']), state: pick(['open', 'closed']) } });
  }
  const qrels: Qrels = {};
  const texts: Record<string, string> = {};
  for (let q = 0; q < 60; q++) {
    const i = whole(0, docs.length - 1);
    qrels[`q${q}`] = { [`note${i}`]: 3, [`note${(i + 40) % 120}`]: 0 };
    texts[`q${q}`] = `${partOf(i)} ${subjects[i]!.map((stem) => stem + pick(ENDINGS)).join(' ')}`;
  }
  return { docs, qrels, texts };
}

const partOf = (i: number) => `ax-${4000 + (i % 40)}`;
type Compared = (name: string, rubric: string, skill: string, docs: Doc[], queries: Query[], given?: Settings) => Test;

function fusion(whole: Whole, pick: Pick, compared: Compared, docs: Doc[], queries: (mode: Query['mode'], count?: number) => Query[], library: Library): Test[] {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const shuffled = () => [...ids].sort(() => whole(0, 1) - 0.5).slice(0, whole(2, 7));
  const lists = [shuffled(), shuffled(), shuffled()];
  const want = (k: number) =>
    [...fuse(lists, k)].map(([id, score]) => ({ id, score: round(score) })).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const gain = { rubric: 'gain', skill: 'hybrid-retrieval' };
  const metric = { rubric: 'gain', skill: 'retrieval-metrics' };
  const judged: Qrels = Object.fromEntries(Array.from({ length: 9 }, (_, q) => [`q${q}`, Object.fromEntries(ids.slice(0, whole(2, 7)).map((id) => [id, q === 4 ? 0 : pick([0, 1, 2, 3])]))]));
  const run = () => Object.fromEntries(Object.keys(judged).filter((_, q) => q !== 7).map((query) => [query, shuffled()]));
  const [one, two] = [run(), run()];
  const counted = Object.keys(judged).filter((query) => Object.values(judged[query]!).some((value) => value > 0));
  const mean = (runs: Record<string, string[]>, k: number) => {
    const all = counted.map((query) => measures(judged[query]!, runs[query] ?? [], k));
    const of = (key: 'recall' | 'mrr' | 'ndcg' | 'judged') => all.reduce((sum, each) => sum + each[key], 0) / all.length;
    return { recall: of('recall'), mrr: of('mrr'), ndcg: of('ndcg'), judged: of('judged') };
  };
  const diffs = counted.map((query) => round(measures(judged[query]!, two[query] ?? [], 5).ndcg - measures(judged[query]!, one[query] ?? [], 5).ndcg));
  const wins = diffs.filter((diff) => diff > 0).length;
  const losses = diffs.filter((diff) => diff < 0).length;
  return [
    ...[60, 2].map((k): Test => ({ ...gain, name: `fusion of three lists with k = ${k}`, steps: [{ call: 'fuse', args: [lists, k] }], expect: want(k), tol: 3e-9 })),
    compared('hybrid search on random texts', 'gain', 'hybrid-retrieval', docs, queries('hybrid')),
    compared('a fusion takes as many documents of each list as its depth', 'gain', 'hybrid-retrieval', docs, queries('hybrid'), { ...settings, depth: 4 }),
    {
      ...gain,
      name: 'on questions with a part number and a subject, both together beat each alone',
      drive: async (step) => {
        await step(start(settings));
        for (const doc of library.docs) await step(ask('add', doc));
        const means: Record<string, number> = {};
        for (const mode of ['bm25', 'vector', 'hybrid']) {
          let sum = 0;
          for (const [name, text] of Object.entries(library.texts)) {
            const hits = (await step(ask('search', { text, k: 10, mode }))) as Hit[];
            sum += measures(library.qrels[name]!, hits.map((hit) => hit.id), 10).ndcg;
          }
          means[mode] = sum / 60;
        }
        const best = Math.max(means['bm25']!, means['vector']!);
        return means['hybrid']! > best + 0.02 ? null : `nDCG@10 is ${JSON.stringify(means)}`;
      },
    },
    { ...metric, name: 'recall, reciprocal rank, nDCG and the judged share', steps: [{ call: 'evaluate', args: [judged, one, 3] }], expect: mean(one, 3), tol: 1e-9 },
    { ...metric, name: 'the ideal order is of all judged documents, and a missing run finds nothing', steps: [{ call: 'evaluate', args: [{ q0: { a: 2, b: 1, c: 1 }, q1: { x: 1 }, q2: { y: 0 } }, { q0: ['b', 'new'], q2: ['y'] }, 10] }], expect: { recall: 1 / 6, mrr: 1 / 2, ndcg: measures({ a: 2, b: 1, c: 1 }, ['b'], 10).ndcg / 2, judged: 1 / 4 }, tol: 1e-9 },
    {
      ...metric,
      name: 'two systems, query by query',
      steps: [{ call: 'compare', args: [judged, one, two, 5] }],
      expect: { wins, losses, ties: diffs.length - wins - losses, meanDiff: diffs.reduce((a, b) => a + b, 0) / diffs.length, p: signTest(wins, losses) },
      tol: 1e-9,
    },
    {
      rubric: 'gain',
      skill: 'reranking-query-rewrite',
      name: 'several wordings are fused, the first one stays among them',
      drive: async (step) => {
        const reference = new Reference(settings);
        await step(start(settings));
        for (const doc of docs) {
          reference.docs.set(doc.id, doc);
          await step(ask('add', doc));
        }
        for (const mode of ['bm25', 'hybrid'] as const)
          for (const count of [1, 2, 3]) {
            const texts = queries(mode, count).map((query) => query.text);
            const more = { k: 6, mode, filter: { team: ['red'] } };
            const found = differs(reference.searchAll(texts, more), await step(ask('searchAll', texts, more)));
            if (found) return `${JSON.stringify(texts)}: ${found}`;
          }
        return null;
      },
    },
  ];
}

function signTest(wins: number, losses: number): number {
  const count = wins + losses;
  let both = 0;
  for (let throws = 0; throws < 2 ** count; throws++) {
    let heads = 0;
    for (let bit = 0; bit < count; bit++) heads += (throws >> bit) & 1;
    if (heads <= Math.min(wins, losses)) both += 2;
  }
  return Math.min(1, both / 2 ** count);
}

function filtering(compared: Compared, library: Library): Test[] {
  const some = Object.values(library.texts).slice(0, 6);
  const asked = (k: number, filter: Record<string, string[]>): Query[] =>
    some.flatMap((text) => (['bm25', 'vector', 'hybrid'] as const).map((mode): Query => ({ text, k, mode, filter })));
  const filtered = (name: string, queries: Query[], given?: Settings) => compared(name, 'filtering', 'hybrid-retrieval', library.docs.slice(0, 60), queries, given);
  return [
    filtered('one team only, and still k of them', asked(8, { team: ['red'] })),
    filtered('all conditions must hold, each with any of its values', asked(8, { team: ['red', 'green'], state: ['open'] })),
    filtered('hidden documents take no place in the lists that are fused', asked(6, { team: ['blue'] }), { ...settings, depth: 6 }),
    filtered('a field that nobody has, a value that nobody has', [...asked(5, { owner: ['me'] }).slice(0, 3), ...asked(5, { team: [] }).slice(0, 3)]),
  ];
}

function updates(whole: Whole, pick: Pick, text: (count: number) => string, library: Library): Test[] {
  const about = { rubric: 'updates', skill: 'chunking-ingestion' };
  const churn = (name: string, rounds: number, given: Settings): Test => ({
    ...about,
    name,
    drive: async (step) => {
      const reference = new Reference(given);
      await step(start(given));
      for (let round = 0; round < rounds; round++) {
        const id = `d${whole(0, 11)}`;
        if (whole(0, 2) > 0) {
          const doc = { id, text: text(whole(0, 40)), meta: {} };
          reference.docs.delete(id);
          reference.docs.set(id, doc);
          await step(ask('add', doc));
        } else {
          const there = reference.docs.delete(id);
          if ((await step(ask('remove', id))) !== there) return `remove(${id}) does not return ${there}`;
        }
        const query: Query = { text: text(3), k: 20, mode: pick(['bm25', 'vector', 'hybrid'] as const) };
        const found = differs(reference.search(query), await step(ask('search', query)));
        if (found) return `after ${round + 1} changes, ${JSON.stringify(query)}: ${found}`;
      }
      return null;
    },
  });
  return [
    churn('random adding, replacing and deleting', 60, settings),
    churn('the same with documents of many chunks', 60, { ...settings, chunk: 6, overlap: 3 }),
    {
      ...about,
      name: 'an empty index, and one that became empty',
      steps: [
        start(settings),
        ask('search', { text: 'pump', k: 3, mode: 'hybrid' }),
        ask('add', library.docs[0]),
        ask('remove', library.docs[0]!.id),
        ask('remove', library.docs[0]!.id),
        ask('search', { text: library.docs[0]!.text, k: 3, mode: 'hybrid' }),
        ask('add', { id: 'blank', text: ' - ', meta: {} }),
        ask('search', { text: 'pump', k: 3, mode: 'hybrid' }),
      ],
      check: (results) => (JSON.stringify([results[1], results[3], results[4], results[5], results[7]]) === '[[],true,false,[],[]]' ? null : `got ${JSON.stringify(results)}`),
    },
  ];
}
