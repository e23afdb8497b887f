export type Meta = Record<string, string>;
export type Doc = { id: string; text: string; meta: Meta };
export type Mode = 'bm25' | 'vector' | 'hybrid';
export type Filter = Record<string, string[]>;
export type Query = { text: string; k: number; mode: Mode; filter?: Filter };
export type Hit = { id: string; score: number };
export type Settings = {
  /** Words in a chunk, and words that neighbouring chunks have in common. */
  chunk: number;
  overlap: number;
  dims: number;
  k1: number;
  b: number;
  /** How many documents of each list go into a fusion. */
  depth: number;
};
export type Qrels = Record<string, Record<string, number>>;
export type Runs = Record<string, string[]>;

/** Lower-case runs of a–z and 0–9; a hyphen between two such runs joins them, so a part number stays whole. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+(?:-[a-z0-9]+)*/g) ?? [];
}

/** Windows of `size` words that begin `size - overlap` words apart; the last one ends with the text. */
export function chunk(text: string, size: number, overlap: number): string[][] {
  const all = words(text);
  const chunks: string[][] = [];
  for (let start = 0; start < all.length; start += size - overlap) {
    chunks.push(all.slice(start, start + size));
    if (start + size >= all.length) break;
  }
  return chunks;
}

/** A hashed embedding: signed counts of the letter triples of each word, of length 1, or all zeros. */
export function embed(text: string, dims: number): number[] {
  const vector: number[] = Array.from({ length: dims }, () => 0);
  for (const word of words(text)) {
    const padded = `#${word}#`;
    for (let at = 0; at + 3 <= padded.length; at++) {
      const hash = fnv(padded.slice(at, at + 3));
      vector[hash % dims]! += (hash >>> 16) & 1 ? 1 : -1;
    }
  }
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** FNV-1a over character codes, 32 bits. */
function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

/** Nine decimals: what differs by less is rounding, and ranks as equal. */
function rounded(score: number): number {
  return Math.floor(score * 1e9 + 0.5) / 1e9;
}

/** Best first; equal scores by id. */
function ranked(scores: Iterable<[string, number]>): Hit[] {
  return [...scores]
    .map(([id, score]) => ({ id, score: rounded(score) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** Reciprocal rank fusion: places count, scores do not. */
export function fuse(lists: string[][], k = 60): Hit[] {
  const scores = new Map<string, number>();
  for (const list of lists)
    list.forEach((id, place) => scores.set(id, (scores.get(id) ?? 0) + 1 / (k + place + 1)));
  return ranked(scores);
}

type Chunk = { counts: Map<string, number>; length: number; vector: number[] };

/** Documents, searched by keywords, by vectors, or by both. */
export class Index {
  private readonly settings: Settings;
  private readonly docs = new Map<string, { meta: Meta; chunks: Chunk[] }>();
  /** Chunks that hold a word, by document: what BM25 counts, kept up to date by add and remove. */
  private readonly postings = new Map<string, Map<string, Chunk[]>>();
  private readonly holders = new Map<string, number>();
  private chunkCount = 0;
  private wordCount = 0;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** Adds a document; one with the same id is replaced. */
  add(doc: Doc): void {
    this.remove(doc.id);
    const { chunk: size, overlap, dims } = this.settings;
    const chunks = chunk(doc.text, size, overlap).map((part): Chunk => {
      const counts = new Map<string, number>();
      for (const word of part) counts.set(word, (counts.get(word) ?? 0) + 1);
      return { counts, length: part.length, vector: embed(part.join(' '), dims) };
    });
    this.docs.set(doc.id, { meta: doc.meta, chunks });
    for (const one of chunks) this.count(doc.id, one, 1);
  }

  /** Forgets a document and all that was counted of it. False if there is none. */
  remove(id: string): boolean {
    const doc = this.docs.get(id);
    if (!doc) return false;
    this.docs.delete(id);
    for (const one of doc.chunks) this.count(id, one, -1);
    return true;
  }

  private count(id: string, one: Chunk, by: 1 | -1): void {
    this.chunkCount += by;
    this.wordCount += by * one.length;
    for (const word of one.counts.keys()) {
      const left = (this.holders.get(word) ?? 0) + by;
      if (left === 0) this.holders.delete(word);
      else this.holders.set(word, left);
      const posting = this.postings.get(word) ?? new Map<string, Chunk[]>();
      this.postings.set(word, posting);
      if (by < 0) posting.delete(id);
      else posting.set(id, [...(posting.get(id) ?? []), one]);
      if (posting.size === 0) this.postings.delete(word);
    }
  }

  search(query: Query): Hit[] {
    const { filter, ...open } = query;
    return this.rank(open)
      .slice(0, query.k)
      .filter((hit) => this.isAllowed(hit.id, filter));
  }

  /** One search with several wordings of the same question: the lists are fused, none replaces another. */
  searchAll(texts: string[], query: Omit<Query, 'text'>): Hit[] {
    const { depth } = this.settings;
    const lists = texts.map((text) => this.rank({ ...query, text }).slice(0, depth));
    return fuse(lists.map((hits) => hits.map((hit) => hit.id))).slice(0, query.k);
  }

  private rank({ text, mode, filter }: Query): Hit[] {
    if (mode === 'bm25') return this.byWords(text, filter);
    if (mode === 'vector') return this.byVector(text, filter);
    const { depth } = this.settings;
    const lists = [this.byWords(text, filter), this.byVector(text, filter)];
    return fuse(lists.map((hits) => hits.slice(0, depth).map((hit) => hit.id)));
  }

  /** A hidden document must not take a place in any list, so the filter comes before the ranking. */
  private isAllowed(id: string, filter: Filter | undefined): boolean {
    const { meta } = this.docs.get(id)!;
    return Object.entries(filter ?? {}).every(([key, values]) => values.includes(meta[key] ?? ''));
  }

  /** A document is worth its best chunk. */
  private byWords(text: string, filter: Filter | undefined): Hit[] {
    const terms = [...new Set(words(text))].filter((word) => this.postings.has(word));
    const candidates = new Map<string, Set<Chunk>>();
    for (const word of terms)
      for (const [id, chunks] of this.postings.get(word)!) {
        if (!this.isAllowed(id, filter)) continue;
        const held = candidates.get(id) ?? new Set<Chunk>();
        candidates.set(id, held);
        for (const one of chunks) held.add(one);
      }
    return ranked(
      [...candidates].map(([id, chunks]): [string, number] => [
        id,
        Math.max(...[...chunks].map((one) => this.bm25(one, terms))),
      ]),
    );
  }

  private bm25(one: Chunk, terms: readonly string[]): number {
    const { k1, b } = this.settings;
    const norm = k1 * (1 - b + (b * one.length * this.chunkCount) / this.wordCount);
    let score = 0;
    for (const word of terms) {
      const count = one.counts.get(word) ?? 0;
      if (count === 0) continue;
      const holders = this.holders.get(word)!;
      const idf = Math.log(1 + (this.chunkCount - holders + 0.5) / (holders + 0.5));
      score += (idf * count * (k1 + 1)) / (count + norm);
    }
    return score;
  }

  private byVector(text: string, filter: Filter | undefined): Hit[] {
    const wanted = embed(text, this.settings.dims);
    const scores: [string, number][] = [];
    for (const [id, { chunks }] of this.docs) {
      if (chunks.length === 0 || !this.isAllowed(id, filter)) continue;
      scores.push([id, Math.max(...chunks.map((one) => dot(wanted, one.vector)))]);
    }
    return ranked(scores).filter((hit) => hit.score > 0);
  }
}

/** Means over the queries that have a relevant document. What nobody judged counts as gain 0, and is reported. */
export function evaluate(
  qrels: Qrels,
  runs: Runs,
  k: number,
): { recall: number; mrr: number; ndcg: number; judged: number } {
  const sums = { recall: 0, mrr: 0, ndcg: 0, judged: 0 };
  const queries = Object.keys(qrels).filter((query) => relevantIn(qrels[query]!).length > 0);
  for (const query of queries) {
    const gains = qrels[query]!;
    const top = (runs[query] ?? []).slice(0, k);
    const relevant = relevantIn(gains);
    const first = top.findIndex((id) => (gains[id] ?? 0) > 0);
    sums.recall += top.filter((id) => (gains[id] ?? 0) > 0).length / relevant.length;
    sums.mrr += first < 0 ? 0 : 1 / (first + 1);
    sums.ndcg += ndcg(gains, top, k);
    sums.judged += top.length === 0 ? 0 : top.filter((id) => Object.hasOwn(gains, id)).length / top.length;
  }
  const mean = (sum: number) => (queries.length === 0 ? 0 : sum / queries.length);
  return { recall: mean(sums.recall), mrr: mean(sums.mrr), ndcg: mean(sums.ndcg), judged: mean(sums.judged) };
}

function relevantIn(gains: Record<string, number>): string[] {
  return Object.keys(gains).filter((id) => gains[id]! > 0);
}

/** The ideal order is that of all judged documents, not of those that were found. */
function ndcg(gains: Record<string, number>, top: string[], k: number): number {
  const dcg = (values: number[]) =>
    values.reduce((sum, gain, place) => sum + (2 ** gain - 1) / Math.log2(place + 2), 0);
  const ideal = Object.values(gains)
    .sort((a, b) => b - a)
    .slice(0, k);
  return dcg(top.map((id) => gains[id] ?? 0)) / dcg(ideal);
}

/** Query by query, by nDCG: is `b` better than `a`, or was it luck? `p` is that of a two-sided sign test. */
export function compare(
  qrels: Qrels,
  a: Runs,
  b: Runs,
  k: number,
): { wins: number; losses: number; ties: number; meanDiff: number; p: number } {
  const diffs = Object.keys(qrels)
    .filter((query) => relevantIn(qrels[query]!).length > 0)
    .map((query) => {
      const of = (runs: Runs) => ndcg(qrels[query]!, (runs[query] ?? []).slice(0, k), k);
      return rounded(of(b) - of(a));
    });
  const wins = diffs.filter((diff) => diff > 0).length;
  const losses = diffs.filter((diff) => diff < 0).length;
  const sum = diffs.reduce((total, diff) => total + diff, 0);
  return {
    wins,
    losses,
    ties: diffs.length - wins - losses,
    meanDiff: diffs.length === 0 ? 0 : sum / diffs.length,
    p: signTest(wins + losses, Math.min(wins, losses)),
  };
}

/** P of at most `few` heads in `count` fair throws, both sides, at most 1. */
function signTest(count: number, few: number): number {
  let [term, sum] = [0.5 ** count, 0];
  for (let heads = 0; heads <= few; heads++) {
    sum += term;
    term *= (count - heads) / (heads + 1);
  }
  return Math.min(1, 2 * sum);
}
