import type { ItemKind } from '@edirae/engine';

/** A family as the simulation sees it. */
export interface SimulatedFamily {
  id: string;
  kind: ItemKind;
  use: 'any' | 'check';
  fingerprints: readonly string[];
}

const CHECK_ITEMS = 10;
const REVIEWS = 2;
/** Practice before the first check, and the three correct answers the rule asks for between two checks. */
const PRACTICE_BEFORE = 6;
const PRACTICE_BETWEEN = 3;

/**
 * Plays the longest ordinary path through a skill: practice, a ten-item check, the practice after it, a second
 * ten-item check, two reviews. Names the place where no fresh variant is left, or undefined where all is well.
 */
export function findRepeat(families: readonly SimulatedFamily[]): string | undefined {
  const left = new Map(families.map((family) => [family.id, family.fingerprints.length]));
  const practisable = families.filter((family) => family.use === 'any');
  const stages: [string, number, readonly SimulatedFamily[]][] = [
    ['practice', PRACTICE_BEFORE, practisable],
    ['the first check', CHECK_ITEMS, families],
    ['the practice between two checks', PRACTICE_BETWEEN, practisable],
    ['the second check', CHECK_ITEMS, families],
    ['review', REVIEWS, practisable],
  ];
  for (const [name, items, pool] of stages) {
    const usedFamily = new Map<string, number>();
    const usedKind = new Map<ItemKind, number>();
    for (let n = 0; n < items; n++) {
      const next = pool
        .filter((family) => (left.get(family.id) ?? 0) > 0)
        .sort(
          (a, b) =>
            (usedFamily.get(a.id) ?? 0) - (usedFamily.get(b.id) ?? 0) ||
            (usedKind.get(a.kind) ?? 0) - (usedKind.get(b.kind) ?? 0) ||
            (a.id < b.id ? -1 : 1),
        )[0];
      if (!next) return name;
      left.set(next.id, (left.get(next.id) ?? 0) - 1);
      usedFamily.set(next.id, (usedFamily.get(next.id) ?? 0) + 1);
      usedKind.set(next.kind, (usedKind.get(next.kind) ?? 0) + 1);
    }
  }
  return undefined;
}
