import { stateOf, type LearnerState } from '@edirae/engine';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import type { StateName } from '../views.ts';

/** Words with which a model may claim something that the ledger alone decides. */
const CLAIM =
  /\b(master(ed|y|ing)|demonstrated|unlocked|unlock(s|ing)?|passed|proven|retained|certified|qualified|completed?|open(ed)? now|now open|is open|ready for the next|graduated|full marks|100 ?%|gemeistert|bestanden|freigeschaltet|dominad[oa]|aprobad[oa]|maîtris\w+|débloqu\w+|освоен\w*|掌握|解锁)\b|掌握|解锁/iu;

export interface TrueState {
  skill: string;
  title: string;
  state: StateName;
}

/** Where a text says that something is mastered or unlocked: the skills it speaks of, as the ledger has them. */
export function findClaimedStates(
  school: School,
  state: LearnerState,
  text: string,
  atHand: string | null,
): TrueState[] {
  if (!CLAIM.test(text)) return [];
  const plain = text.toLowerCase();
  const named = [...school.curriculum.skills.values()]
    .filter(({ title }) => plain.includes(title.toLowerCase()))
    .map(({ id }) => id);
  const skills = named.length > 0 ? named : atHand === null ? [] : [atHand];
  return skills.slice(0, 3).map((skill) => ({
    skill,
    title: skillTitle(school, skill),
    state: stateOf(state.skills[skill]),
  }));
}
