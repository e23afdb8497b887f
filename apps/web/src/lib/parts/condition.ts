import type { ConditionView } from '@edirae/school';
import { chance } from '#lib/words.ts';

/** A condition's value beside what it needs: "2, needs 3", ".78, needs .80", "3 of 3". */
export function conditionValue({ value, needs, met }: ConditionView): string {
  const isChance = needs > 0 && needs < 1;
  const have = isChance ? chance(value) : String(value);
  const want = isChance ? chance(needs) : String(needs);
  if (met && isChance) return have;
  return met && value === needs ? `${have} of ${want}` : `${have}, needs ${want}`;
}
