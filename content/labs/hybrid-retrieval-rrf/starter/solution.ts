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

export function words(text: string): string[] {
  return text.split(' ');
}

export function chunk(text: string, size: number, overlap: number): string[][] {
  return [words(text)];
}

export function embed(text: string, dims: number): number[] {
  return Array.from({ length: dims }, () => 0);
}

export function fuse(lists: string[][], k = 60): Hit[] {
  return [];
}

export class Index {
  private readonly settings: Settings;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  add(doc: Doc): void {}

  remove(id: string): boolean {
    return false;
  }

  search(query: Query): Hit[] {
    return [{ id: 'none', score: 0 }];
  }

  searchAll(texts: string[], query: Omit<Query, 'text'>): Hit[] {
    return [];
  }
}

export function evaluate(
  qrels: Qrels,
  runs: Runs,
  k: number,
): { recall: number; mrr: number; ndcg: number; judged: number } {
  return { recall: 0, mrr: 0, ndcg: 0, judged: 0 };
}

export function compare(
  qrels: Qrels,
  a: Runs,
  b: Runs,
  k: number,
): { wins: number; losses: number; ties: number; meanDiff: number; p: number } {
  return { wins: 0, losses: 0, ties: 0, meanDiff: 0, p: 1 };
}
