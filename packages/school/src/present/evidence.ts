import type { LearnerState } from '@edirae/engine';
import type { School } from '../school.ts';
import type { EvidenceView } from '../views.ts';
import { familyTitle } from './titles.ts';

/**
 * The last answers on a skill as a person reads them, newest first. Placement answers stay unsaid: their verdicts were not given. They come
 * from the state, which keeps the last twenty of each skill, so that a page costs the same however long the ledger is.
 */
export function listEvidence(
  school: School,
  state: LearnerState,
  { skill, limit }: { skill: string; limit: number },
): EvidenceView[] {
  const recent = state.skills[skill]?.recent ?? [];
  return recent
    .filter((answer) => answer.place !== 'placement')
    .slice(-limit)
    .reverse()
    .map(({ issueId, at, place, family, variant, outcome, aid, firstTry }) => ({
      issueId,
      at,
      place,
      family,
      familyTitle: familyTitle(school, family),
      variant,
      outcome,
      aid,
      firstTry,
    }));
}
