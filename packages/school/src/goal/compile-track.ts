import { requiredClosure, stateOf, type LearnerState, type SkillGraph } from '@edirae/engine';

export interface CompiledTrack {
  targets: string[];
  /** Targets and what they require, in learning order. */
  skills: string[];
  /** Required, but shown by evidence already. */
  skipped: { id: string; why: string }[];
}

const SHOWN = new Set(['demonstrated', 'retained', 'applied', 'knows']);

/** The targets and all they require, in learning order. What evidence has shown already stays in the track and says so. */
export function compileTrack(
  graph: SkillGraph,
  state: LearnerState,
  targets: readonly string[],
): CompiledTrack {
  const skills = requiredClosure(graph, targets);
  const skipped = skills
    .filter((id) => !targets.includes(id) && SHOWN.has(stateOf(state.skills[id])))
    .map((id) => ({ id, why: 'You demonstrated it before.' }));
  return { targets: [...targets], skills, skipped };
}
