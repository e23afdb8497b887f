import type { GoalReading } from '@edirae/curriculum';
import { whyChains, type GoalState } from '@edirae/engine';
import type { School } from '../school.ts';
import { skillTitle } from './titles.ts';

/** Why a skill is in a track. */
export interface Why {
  /** In words, a sentence or two. */
  text: string;
  /** From the skill up to what is asked for, each step requiring the one before; the skill alone where it is asked for itself. */
  chain: string[];
}

/** The reasons for every skill of a track. */
export function whyInTrack(
  school: School,
  goal: Pick<GoalState, 'targets' | 'skills' | 'proposed'>,
  reading: GoalReading,
): Map<string, Why> {
  const chains = whyChains(school.graph, goal);
  const asked = new Map(reading.targets.map((target) => [target.skill, target]));
  const proposed = new Map((goal.proposed ?? []).map(({ skill, words }) => [skill, words]));
  const needing = dependentsIn(school, goal.skills);
  return new Map(
    goal.skills.map((id) => {
      const chain = chains.get(id) ?? [];
      const beneath = needing.get(id) ?? [];
      const own = chain.length === 1 ? whyAsked(reading, asked.get(id)?.words, proposed.get(id)) : '';
      return [id, { text: [own, whyNeeded(school, beneath, chain)].filter(Boolean).join(' '), chain }];
    }),
  );
}

function whyAsked(
  reading: GoalReading,
  words: readonly string[] | undefined,
  proposed: string | undefined,
): string {
  if (words === undefined)
    return proposed === undefined
      ? 'You asked for it.'
      : `Proposed by the model for your words “${proposed}”.`;
  const isSame = (other: { words: readonly string[] }): boolean => other.words.join() === words.join();
  if (reading.career && isSame(reading.career)) return `“${reading.career.title}” takes it.`;
  const exam = reading.exams.find(isSame);
  if (exam) return `${exam.code} asks about it.`;
  if (words.length === 0) return 'Your goal asks for it.';
  return `Your goal says ${words.map((word) => `“${word}”`).join(', ')}.`;
}

function whyNeeded(school: School, beneath: readonly string[], chain: readonly string[]): string {
  if (beneath.length === 0) return '';
  const named = beneath.slice(0, 2).map((id) => skillTitle(school, id));
  const more = beneath.length > 2 ? `, and ${beneath.length - 2} more` : '';
  const direct = `${named.join(' and ')}${more} ${beneath.length > 1 ? 'require' : 'requires'} it.`;
  const target = chain.at(-1);
  return chain.length > 2 && target !== undefined
    ? `${direct} It leads to ${skillTitle(school, target)}, which is asked for.`
    : direct;
}

/** For each skill those of the track that require it directly, in its order. */
function dependentsIn(school: School, skills: readonly string[]): Map<string, string[]> {
  const needing = new Map<string, string[]>();
  for (const id of skills)
    for (const needed of school.graph.skills.get(id)?.requires ?? [])
      needing.set(needed, [...(needing.get(needed) ?? []), id]);
  return needing;
}
