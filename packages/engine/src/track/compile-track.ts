import type { SkillGraph } from '../graph.ts';
import { orderTrack } from './order-track.ts';

export interface TrackRequest {
  /** Skills asked for, the most wanted first. Unknown ids are left out. */
  targets: readonly string[];
  /** An order that the learner has chosen; kept as far as requirements allow. */
  preferred?: readonly string[];
}

export interface CompiledTrack {
  targets: string[];
  /** Targets and all they require, directly or not, in learning order. */
  skills: string[];
}

/**
 * The skills that targets need, and no more: what they only build on is advice, and a narrow goal stays narrow. A career names what
 * helps among its targets. The order is that to learn them in. The same targets give the same track.
 */
export function compileTrack(graph: SkillGraph, { targets, preferred }: TrackRequest): CompiledTrack {
  const known = [...new Set(targets)].filter((id) => graph.skills.has(id));
  const found = new Set<string>();
  const walk = (id: string): void => {
    if (found.has(id)) return;
    const node = graph.skills.get(id);
    if (node === undefined) return;
    found.add(id);
    node.requires.forEach(walk);
  };
  known.forEach(walk);
  return {
    targets: known,
    skills: orderTrack(graph, { skills: found, targets: known, preferred: preferred ?? null }),
  };
}
