import type { SkillGraph } from '../graph.ts';

/**
 * Why a skill is in a track: the shortest way from it to something asked for, each step requiring the one before. Begins with the skill and
 * ends with a target; the skill alone where it is a target itself; empty where nothing in the track needs it.
 */
export function whyChain(
  graph: SkillGraph,
  { targets, skills }: { targets: readonly string[]; skills: readonly string[] },
  skill: string,
): string[] {
  const asked = new Set(targets);
  const cameFrom = new Map<string, string | null>([[skill, null]]);
  const queue = [skill];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (asked.has(id)) return trail(cameFrom, id);
    for (const next of skills) {
      if (cameFrom.has(next) || graph.skills.get(next)?.requires.includes(id) !== true) continue;
      cameFrom.set(next, id);
      queue.push(next);
    }
  }
  return [];
}

function trail(cameFrom: ReadonlyMap<string, string | null>, end: string): string[] {
  const chain: string[] = [];
  for (let id: string | null = end; id !== null; id = cameFrom.get(id) ?? null) chain.unshift(id);
  return chain;
}
