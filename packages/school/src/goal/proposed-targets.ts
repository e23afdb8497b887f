import { MOST_PROPOSED } from '@edirae/mentor';
import type { School } from '../school.ts';

/** A skill that a model proposed for words of a goal. */
export interface ProposedTarget {
  skill: string;
  /** As they stand in the goal, but for case and spaces. */
  words: string;
}

/**
 * What may be kept of a proposal, wherever it comes from: skills that are taught, for words that stand in the goal, that its words do not ask for by
 * themselves and do not refuse.
 */
export function listProposed(
  school: School,
  text: string,
  proposed: readonly ProposedTarget[],
): ProposedTarget[] {
  const reading = school.matcher.readGoal(text);
  const settled = new Set([...reading.targets, ...reading.refused].map(({ skill }) => skill));
  const plain = toPlain(text);
  const kept = new Map<string, ProposedTarget>();
  for (const { skill, words } of proposed) {
    const quoted = toPlain(words);
    if (settled.has(skill) || !school.graph.skills.has(skill) || quoted === '' || !plain.includes(quoted))
      continue;
    if (!kept.has(skill)) kept.set(skill, { skill, words: words.trim() });
  }
  return [...kept.values()].slice(0, MOST_PROPOSED);
}

function toPlain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
