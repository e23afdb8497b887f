import type { SkillGraph } from '../graph.ts';

interface OrderRequest {
  skills: ReadonlySet<string>;
  /** The most wanted first: what it needs comes early, so that something asked for is reached soon. */
  targets: readonly string[];
  /** An order that the learner has chosen: it decides wherever requirements leave a choice. */
  preferred: readonly string[] | null;
}

/**
 * Learning order of some skills: what one requires comes before it, and what it builds on, where both are in the track; earlier
 * stages come first; and two skills of one module stand apart where another is ready, because interleaved practice
 * is remembered better than blocked practice (Rohrer and Taylor 2007).
 */
export function orderTrack(graph: SkillGraph, { skills, targets, preferred }: OrderRequest): string[] {
  const rank = preferred ? rankOf(preferred) : rankByWant(graph, skills, targets);
  const waiting = new Map<string, number>();
  const after = new Map<string, string[]>();
  for (const id of skills) {
    const node = graph.skills.get(id);
    // A learner's own order yields to what locks only: advice is theirs to leave.
    const before = new Set([...(node?.requires ?? []), ...(preferred ? [] : (node?.buildsOn ?? []))]);
    const inside = [...before].filter((other) => skills.has(other));
    waiting.set(id, inside.length);
    for (const other of inside) after.set(other, [...(after.get(other) ?? []), id]);
  }
  const ready = [...skills].filter((id) => waiting.get(id) === 0);
  const order: string[] = [];
  while (ready.length > 0) {
    const next = preferred ? first(ready, rank) : choose(graph, ready, rank, order.at(-1));
    ready.splice(ready.indexOf(next), 1);
    order.push(next);
    for (const id of after.get(next) ?? []) {
      const left = (waiting.get(id) ?? 0) - 1;
      waiting.set(id, left);
      if (left === 0) ready.push(id);
    }
  }
  return order;
}

/** How soon each is wanted: 0 for what the first target needs, 1 for what only the second needs, and so on. */
function rankByWant(
  graph: SkillGraph,
  skills: ReadonlySet<string>,
  targets: readonly string[],
): Map<string, number> {
  const rank = new Map<string, number>();
  const place = new Map(graph.order.map((id, index) => [id, index / graph.order.length]));
  const walk = (id: string, want: number): void => {
    if (rank.has(id) || !skills.has(id)) return;
    rank.set(id, want + (place.get(id) ?? 0));
    graph.skills.get(id)?.requires.forEach((other) => walk(other, want));
  };
  targets.forEach((id, want) => walk(id, want));
  for (const id of graph.order) if (!rank.has(id)) walk(id, targets.length);
  return rank;
}

function rankOf(preferred: readonly string[]): Map<string, number> {
  return new Map(preferred.map((id, index) => [id, index]));
}

/** What the learner's order does not name comes as early as it may: it was added because something needs it. */
function first(ready: readonly string[], rank: ReadonlyMap<string, number>): string {
  return ready.reduce((best, id) => ((rank.get(id) ?? -1) < (rank.get(best) ?? -1) ? id : best));
}

/** By how many targets another module's turn may come sooner than it is wanted (judgement). */
const ASIDE = 3;

function choose(
  graph: SkillGraph,
  ready: readonly string[],
  rank: ReadonlyMap<string, number>,
  last: string | undefined,
): string {
  const stageOf = (id: string): number => graph.skills.get(id)?.stage ?? 0;
  const rankOf = (id: string): number => rank.get(id) ?? 0;
  const sorted = [...ready].sort((a, b) => stageOf(a) - stageOf(b) || rankOf(a) - rankOf(b));
  const best = sorted[0] as string;
  const module = last === undefined ? undefined : graph.skills.get(last)?.module;
  if (graph.skills.get(best)?.module !== module) return best;
  const aside = sorted.find(
    (id) =>
      graph.skills.get(id)?.module !== module &&
      stageOf(id) === stageOf(best) &&
      rankOf(id) - rankOf(best) <= ASIDE,
  );
  return aside ?? best;
}
