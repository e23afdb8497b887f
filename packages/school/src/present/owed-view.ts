import { owedPractice, type LearnerState } from '@edirae/engine';
import { practisableBy } from '../issuing/fresh-variant.ts';
import type { School } from '../school.ts';
import { familyTitle } from './titles.ts';

/** The practice owed after a not yet on a skill; null when nothing is. A missed family of which nothing fresh is left is not owed. */
export function owedView(
  school: School,
  state: LearnerState,
  skill: string,
  now: number,
): { remaining: number; families: { id: string; title: string }[] } | null {
  const owed = owedPractice(state.skills[skill], practisableBy(school, state, now));
  return owed.remaining > 0
    ? {
        remaining: owed.remaining,
        families: owed.families.map((id) => ({ id, title: familyTitle(school, id) })),
      }
    : null;
}
