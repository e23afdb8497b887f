export type Doc = { id: string; text: string; meta: Record<string, string> };
export type Settings = { chunk: number; overlap: number; dims: number; k1: number; b: number; depth: number };
export type Query = { text: string; k: number; mode: 'bm25' | 'vector' | 'hybrid'; filter?: Record<string, string[]> };
export type Hit = { id: string; score: number };
export type Qrels = Record<string, Record<string, number>>;

export const round = (score: number) => Math.floor(score * 1e9 + 0.5) / 1e9;

export function words(text: string): string[] {
  const found: string[] = [];
  let word = '';
  const lower = text.toLowerCase();
  for (let i = 0; i <= lower.length; i++) {
    const letter = lower[i] ?? ' ';
    const isLetter = /[a-z0-9]/.test(letter);
    const joins = letter === '-' && word !== '' && /[a-z0-9]/.test(lower[i + 1] ?? ' ');
    if (isLetter || joins) word += letter;
    else if (word !== '') {
      found.push(word);
      word = '';
    }
  }
  return found;
}

export function chunks(text: string, size: number, overlap: number): string[][] {
  const all = words(text);
  const count = all.length === 0 ? 0 : Math.max(1, Math.ceil((all.length - overlap) / (size - overlap)));
  return Array.from({ length: count }, (_, i) => all.slice(i * (size - overlap), i * (size - overlap) + size));
}

export function embed(text: string, dims: number): number[] {
  const counts = Array.from({ length: dims }, () => 0);
  for (const word of words(text))
    for (const [i] of [...word].entries()) {
      let hash = 2166136261;
      for (const letter of `#${word}#`.slice(i, i + 3))
        hash = Number((BigInt((hash ^ letter.charCodeAt(0)) >>> 0) * 16777619n) & 0xffffffffn);
      counts[hash % dims]! += Math.floor(hash / 65536) % 2 === 1 ? 1 : -1;
    }
  const length = Math.hypot(...counts);
  return counts.map((value) => (length === 0 ? 0 : value / length));
}

export function fuse(lists: string[][], k: number): Map<string, number> {
  const scores = new Map<string, number>();
  for (const id of new Set(lists.flat()))
    scores.set(
      id,
      lists.reduce((sum, list) => sum + (list.includes(id) ? 1 / (k + list.indexOf(id) + 1) : 0), 0),
    );
  return scores;
}

const toHits = (scores: Map<string, number>): Hit[] =>
  [...scores]
    .map(([id, score]) => ({ id, score: round(score) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));

/** Everything counted anew from the documents at every question: slow, and with nothing to get out of date. */
export class Reference {
  readonly docs = new Map<string, Doc>();
  readonly settings: Settings;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  search(query: Query): Hit[] {
    return this.all(query).slice(0, query.k);
  }

  searchAll(texts: string[], query: Omit<Query, 'text'>): Hit[] {
    const lists = texts.map((text) => this.all({ ...query, text }).slice(0, this.settings.depth));
    return toHits(
      fuse(
        lists.map((hits) => hits.map((hit) => hit.id)),
        60,
      ),
    ).slice(0, query.k);
  }

  private all(query: Query): Hit[] {
    if (query.mode === 'hybrid') {
      const lists = (['bm25', 'vector'] as const).map((mode) => this.all({ ...query, mode }).slice(0, this.settings.depth));
      return toHits(
        fuse(
          lists.map((hits) => hits.map((hit) => hit.id)),
          60,
        ),
      );
    }
    const parts = [...this.docs.values()].flatMap((doc) =>
      chunks(doc.text, this.settings.chunk, this.settings.overlap).map((part) => ({ doc, part })),
    );
    const score = query.mode === 'bm25' ? this.bm25(query.text, parts.map(({ part }) => part)) : this.cosine(query.text);
    const best = new Map<string, number>();
    for (const { doc, part } of parts) {
      const fits = Object.entries(query.filter ?? {}).every(([key, values]) => values.includes(doc.meta[key] ?? ''));
      if (fits) best.set(doc.id, Math.max(best.get(doc.id) ?? -Infinity, score(part)));
    }
    return toHits(best).filter((hit) => hit.score > 0);
  }

  private bm25(text: string, parts: string[][]): (part: string[]) => number {
    const { k1, b } = this.settings;
    const mean = parts.reduce((sum, part) => sum + part.length, 0) / parts.length;
    const terms = [...new Set(words(text))];
    const holders = terms.map((term) => parts.filter((part) => part.includes(term)).length);
    return (part) =>
      terms.reduce((sum, term, i) => {
        const count = part.filter((word) => word === term).length;
        const idf = Math.log(1 + (parts.length - holders[i]! + 0.5) / (holders[i]! + 0.5));
        return sum + (idf * count * (k1 + 1)) / (count + k1 * (1 - b + (b * part.length) / mean));
      }, 0);
  }

  private cosine(text: string): (part: string[]) => number {
    const wanted = embed(text, this.settings.dims);
    return (part) => embed(part.join(' '), this.settings.dims).reduce((sum, value, i) => sum + value * wanted[i]!, 0);
  }
}

/** The measures of one query, as the lesson on retrieval metrics works them. */
export function measures(gains: Record<string, number>, run: string[], k: number) {
  const top = run.slice(0, k);
  const relevant = Object.values(gains).filter((gain) => gain > 0).length;
  const dcg = (list: number[]) => list.reduce((sum, gain, i) => sum + (2 ** gain - 1) / Math.log2(i + 2), 0);
  const best = Object.values(gains).sort((a, b) => b - a).slice(0, k);
  const first = top.findIndex((id) => (gains[id] ?? 0) > 0);
  return {
    recall: top.filter((id) => (gains[id] ?? 0) > 0).length / relevant,
    mrr: first < 0 ? 0 : 1 / (first + 1),
    ndcg: dcg(top.map((id) => gains[id] ?? 0)) / dcg(best),
    judged: top.length === 0 ? 0 : top.filter((id) => id in gains).length / top.length,
  };
}
