import type { ConditionView } from '@edirae/school';
import { chance } from '#lib/words.ts';

/** A condition's value beside what it needs: "2, needs 3", ".78, needs .80", "3 of 3". */
export function conditionValue({ name, value, needs, met }: ConditionView): string {
  if (name === 'level')
    return value === 0 ? 'none yet' : met ? `level ${value}` : `level ${value}, needs ${needs}`;
  const isChance = needs > 0 && needs < 1;
  const have = isChance ? chance(value) : String(value);
  const want = isChance ? chance(needs) : String(needs);
  if (met && isChance) return have;
  return met && value === needs ? `${have} of ${want}` : `${have}, needs ${want}`;
}
