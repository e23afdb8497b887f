import type { EffectTable } from './effect-table.ts';
import type { LearnerTrack } from './track.ts';

/**
 * Effects: what an item, a skill at a point of its practice, or a pair of neighbours adds beyond the shared mixer, logits. Each is one
 * shrunken Newton step on the residuals of the mixer; learners that are predicted were not in it.
 */
export type Effects = readonly EffectTable[];

/** The kinds of effects for the next answer, in order. The first three hold no item and no other skill. */
export const EFFECTS = [
  'skill',
  'skillCount',
  'skillTail',
  'skillPair',
  'item',
  'itemAfter',
  'itemRepeat',
  'itemPair',
] as const;

/** How many of them a typical item has. */
export const TYPICAL_EFFECTS = 3;

const NO_KEY = -1;
/** Larger than any id: pairs become one number below 2⁵³. */
const ID_SPACE = 16_777_216;

/** Writes the key of each kind, −1 where it does not apply. Ids here are small integers. */
export function effectKeys(
  track: LearnerTrack,
  skill: number,
  item: number | null,
  keys: Float64Array,
  at = 0,
): void {
  const own = track.skills[skill];
  const { last } = track;
  const outcome = last === null ? 2 : last.right ? 1 : 0;
  keys[at] = skill;
  keys[at + 1] = skill * 16 + (own === undefined ? 0 : Math.min(15, own.n));
  keys[at + 2] = skill * 16 + (own === undefined ? 1 : own.tail);
  keys[at + 3] = last === null ? NO_KEY : ((last.skill as number) * ID_SPACE + skill) * 2 + outcome;
  if (item === null) {
    keys.fill(NO_KEY, at + 4, at + EFFECTS.length);
    return;
  }
  const same = last !== null && last.skill === skill ? 1 : 0;
  const packed = track.items[item];
  keys[at + 4] = item;
  keys[at + 5] = item * 6 + 2 * outcome + same;
  keys[at + 6] = packed === undefined ? NO_KEY : item * 8 + 2 * Math.min(3, packed >> 11) + (packed & 1);
  keys[at + 7] =
    last === null || last.item === null ? NO_KEY : ((last.item as number) * ID_SPACE + item) * 2 + outcome;
}
