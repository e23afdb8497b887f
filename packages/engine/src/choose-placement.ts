import { beliefOf } from './estimator.ts';
import { ancestorsOf, getSkill, type SkillGraph } from './graph.ts';
import { PLACE_P, PLACEMENT_ITEMS } from './rule-numbers.ts';
import { hasEvidence } from './standing.ts';
import type { LearnerState, PlacementState } from './state.ts';

/** Misses, with nothing right, after which a placement has nothing left to find (judgement: spares a newcomer eleven more). */
export const PLACEMENT_STOPS_AFTER = 4;

/** Items on one skill in one placement, at most (judgement: the third right answer carries p past .85 from anywhere). */
const PER_SKILL = 3;

/**
 * Worth of one more item on a skill already answered right, beside a first one elsewhere. Tuned on simulated learners who know the lower half of
 * a track: much lower and nothing reaches .85, much higher and a learner who knows all of it is asked twice as much.
 */
const AGAIN = 0.7;

/**
 * Worth of asking about a skill that the learner's background makes likely, beside one that it does not (judgement): it comes sooner and so
 * spares more. It is worth nothing as evidence: what is placed rests on answers alone.
 */
const LIKELY = 1.5;

/**
 * The skill to ask about next in the open placement; null when it is done (15 items, nothing left to learn, or four misses and nothing right) or none is
 * open. A right answer speaks for all that the skill requires, a miss against all that requires it: the skill is taken for which both would
 * settle most, weighed by their chances (their geometric mean, so that neither is had for nothing), which halves the graph.
 */
export function choosePlacementSkill(state: LearnerState, graph: SkillGraph): string | null {
  const { placement } = state;
  if (placement === null || isOver(placement)) return null;
  const track = trackOf(graph, placement);
  const ancestors = new Map(track.map((id) => [id, new Set(ancestorsOf(graph, id))]));
  const open = undecided(state, graph, placement, ancestors);
  const candidates = [...open].filter((id) => isAskable(graph, placement, id));
  const likely = new Set(state.goal?.likely ?? []);
  let best: { id: string; value: number } | null = null;
  for (const id of candidates) {
    const { p } = beliefOf(state, graph, id, state.lastAt);
    const below = [...open].filter((other) => ancestors.get(id)?.has(other) === true).length;
    const above = [...open].filter((other) => ancestors.get(other)?.has(id) === true).length;
    const asked = placement.answers.filter((answer) => answer.skill === id).length;
    // Another item on the same skill confirms it and what is below; what is above stays as uncertain as it was.
    const value =
      asked === 0
        ? Math.sqrt(p * (1 + below) * (1 - p) * (1 + above)) * (likely.has(id) ? LIKELY : 1)
        : p * (1 + below) * AGAIN;
    if (best === null || value > best.value + 1e-12) best = { id, value };
  }
  return best?.id ?? null;
}

function isOver(placement: PlacementState): boolean {
  const { answers } = placement;
  if (answers.length >= PLACEMENT_ITEMS) return true;
  return answers.length >= PLACEMENT_STOPS_AFTER && answers.every((answer) => answer.outcome !== 'correct');
}

/** Skills of the placement that still exist, in learning order. */
function trackOf(graph: SkillGraph, placement: PlacementState): string[] {
  const wanted = new Set(placement.skills);
  return graph.order.filter((id) => wanted.has(id));
}

/** Neither placed already, nor placeable, nor missed, nor above a miss. */
function undecided(
  state: LearnerState,
  graph: SkillGraph,
  placement: PlacementState,
  ancestors: ReadonlyMap<string, ReadonlySet<string>>,
): Set<string> {
  const missed = placement.answers
    .filter((answer) => answer.outcome !== 'correct')
    .map((answer) => answer.skill);
  const right = placement.answers.filter((answer) => answer.outcome === 'correct');
  const supported = new Set(right.flatMap((answer) => [answer.skill, ...answer.requires]));
  const isSettled = (id: string): boolean =>
    hasEvidence(state.skills[id]) ||
    missed.includes(id) ||
    missed.some((other) => ancestors.get(id)?.has(other) === true) ||
    (supported.has(id) && beliefOf(state, graph, id, state.lastAt).p >= PLACE_P);
  return new Set([...ancestors.keys()].filter((id) => !isSettled(id)));
}

function isAskable(graph: SkillGraph, placement: PlacementState, id: string): boolean {
  const node = getSkill(graph, id);
  const asked = placement.answers.filter((answer) => answer.skill === id).length;
  return node.written && asked < PER_SKILL && node.families.some((family) => family.use === 'any');
}
