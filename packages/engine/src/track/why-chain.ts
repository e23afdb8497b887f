import type { SkillGraph } from '../graph.ts';

/**
 * Why each skill is in a track: the shortest way from it to something asked for, each step requiring the one before. A chain begins with
 * the skill and ends with a target; a target's own chain is itself. A skill that nothing asked for needs has none.
 */
export function whyChains(
  graph: SkillGraph,
  { targets, skills }: { targets: readonly string[]; skills: readonly string[] },
): Map<string, string[]> {
  const inTrack = new Set(skills);
  const chains = new Map<string, string[]>();
  const queue = targets.filter((id) => inTrack.has(id));
  for (const id of queue) chains.set(id, [id]);
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const needed of graph.skills.get(id)?.requires ?? []) {
      if (chains.has(needed) || !inTrack.has(needed)) continue;
      chains.set(needed, [needed, ...(chains.get(id) ?? [])]);
      queue.push(needed);
    }
  }
  return chains;
}
