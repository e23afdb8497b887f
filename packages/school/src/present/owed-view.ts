import { owedPractice, type SkillRecord } from '@edirae/engine';
import type { School } from '../school.ts';
import { familyTitle } from './titles.ts';

/** The practice owed after a not yet; null when nothing is. */
export function owedView(
  school: School,
  record: SkillRecord,
): { remaining: number; families: { id: string; title: string }[] } | null {
  const owed = owedPractice(record, (id) => school.curriculum.families.get(id)?.use === 'any');
  return owed.remaining > 0
    ? {
        remaining: owed.remaining,
        families: owed.families.map((id) => ({ id, title: familyTitle(school, id) })),
      }
    : null;
}
