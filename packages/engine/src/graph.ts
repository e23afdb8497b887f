import type { EvidenceKind, ItemKind, Level } from './events.ts';

/** An item family, as the engine sees it: no text, no key. */
export interface FamilyNode {
  id: string;
  skill: string;
  kind: ItemKind;
  level: Level;
  /** `check` families never appear in practice, placement or review. */
  use: 'any' | 'check';
}

export interface SkillNode {
  id: string;
  module: string;
  stage: 1 | 2 | 3 | 4;
  /** Guided learning time in minutes. */
  minutes: number;
  /** Locks: all must be Placed, Knows or Demonstrated before the skill opens. */
  requires: string[];
  /** Advice: never locks. */
  buildsOn: string[];
  primaryEvidence: EvidenceKind;
  /** False while its content is being written: mapped and planned for, never practised or checked. */
  written: boolean;
  families: FamilyNode[];
}

/** The skills and how they depend on one another. Immutable. */
export interface SkillGraph {
  skills: ReadonlyMap<string, SkillNode>;
  /** Learning order: what a skill requires or builds on comes before it; ties by stage, then by the order given. */
  order: readonly string[];
}

/**
 * Difficulty of an item level, in logits, on the scale of the learner's ability (0 = a new learner). Judgement, to be re-fitted from
 * about 100 learners on: a new learner meets recall at p = .62, application at .40, analysis at .21.
 */
const LEVEL_DIFFICULTY: Readonly<Record<Level, number>> = { 1: -0.5, 2: 0.4, 3: 1.3 };

/**
 * Builds the graph and its learning order.
 * @throws Error naming the ids where one is given twice, is required but absent, or lies on a cycle of `requires` and `buildsOn`.
 */
export function createGraph(nodes: readonly SkillNode[]): SkillGraph {
  const skills = new Map<string, SkillNode>();
  for (const node of nodes) {
    if (skills.has(node.id)) throw new Error(`Skill given twice: ${node.id}`);
    skills.set(node.id, node);
  }
  for (const node of nodes) {
    const absent = before(node).filter((id) => !skills.has(id));
    if (absent.length > 0)
      throw new Error(`Skill ${node.id} depends on unknown skills: ${absent.join(', ')}`);
  }
  return { skills, order: learningOrder(nodes, skills) };
}

function before(node: SkillNode): string[] {
  return [...node.requires, ...node.buildsOn];
}

function learningOrder(nodes: readonly SkillNode[], skills: ReadonlyMap<string, SkillNode>): string[] {
  const rank = new Map(nodes.map((node, index) => [node.id, node.stage * nodes.length + index]));
  const rankOf = (id: string): number => rank.get(id) ?? 0;
  const waiting = new Map(nodes.map((node) => [node.id, new Set(before(node)).size]));
  const after = new Map<string, string[]>();
  for (const node of nodes)
    for (const id of new Set(before(node))) after.set(id, [...(after.get(id) ?? []), node.id]);
  const ready = nodes.filter((node) => waiting.get(node.id) === 0).map((node) => node.id);
  const order: string[] = [];
  while (ready.length > 0) {
    ready.sort((a, b) => rankOf(b) - rankOf(a));
    const id = ready.pop() as string;
    order.push(id);
    for (const next of after.get(id) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  if (order.length < skills.size) {
    const stuck = nodes.filter((node) => (waiting.get(node.id) ?? 0) > 0).map((node) => node.id);
    throw new Error(`Skills on or behind a cycle: ${stuck.join(', ')}`);
  }
  return order;
}

/** The skill of that id. @throws Error if the graph has none. */
export function getSkill(graph: SkillGraph, id: string): SkillNode {
  const node = graph.skills.get(id);
  if (node === undefined) throw new Error(`No such skill: ${id}`);
  return node;
}

/** The given skills and all they require, directly or not, in learning order. @throws Error on an unknown id. */
export function requiredClosure(graph: SkillGraph, ids: readonly string[]): string[] {
  const found = new Set<string>();
  const walk = (id: string): void => {
    if (found.has(id)) return;
    const node = getSkill(graph, id);
    found.add(id);
    node.requires.forEach(walk);
  };
  ids.forEach(walk);
  return graph.order.filter((id) => found.has(id));
}

/** All that a skill requires, directly or not, without the skill itself, in learning order. @throws Error on an unknown id. */
export function ancestorsOf(graph: SkillGraph, id: string): string[] {
  return requiredClosure(graph, [id]).filter((other) => other !== id);
}

/** The skills that directly require this one, in learning order. Empty for an unknown id. */
export function dependentsOf(graph: SkillGraph, id: string): string[] {
  return graph.order.filter((other) => graph.skills.get(other)?.requires.includes(id) === true);
}

/** The author's difficulty of an item level, in logits. */
export function levelDifficulty(level: Level): number {
  return LEVEL_DIFFICULTY[level];
}

/** Mean difficulty of the skill's families, in logits; 0 where it has none. @throws Error on an unknown id. */
export function skillDifficulty(graph: SkillGraph, skill: string): number {
  const { families } = getSkill(graph, skill);
  if (families.length === 0) return 0;
  return families.reduce((sum, family) => sum + levelDifficulty(family.level), 0) / families.length;
}

/** The kinds of item that the skill's families have, each once, in the order of the families. @throws Error on an unknown id. */
export function skillKinds(graph: SkillGraph, skill: string): ItemKind[] {
  return [...new Set(getSkill(graph, skill).families.map((family) => family.kind))];
}
