import type { EvidenceKind, ItemKind, Level } from './events.ts';

/** An item family, as the engine sees it: no text, no key. */
export interface FamilyNode {
  id: string;
  skill: string;
  kind: ItemKind;
  level: Level;
  /** `check` families never appear in practice, placement or review. */
  use: 'any' | 'check';
}

export interface SkillNode {
  id: string;
  module: string;
  stage: 1 | 2 | 3 | 4;
  /** Guided learning time in minutes. */
  minutes: number;
  /** Locks: all must be Placed, Knows or Demonstrated before the skill opens. */
  requires: string[];
  /** Advice: never locks. */
  buildsOn: string[];
  primaryEvidence: EvidenceKind;
  /** False while its content is being written: mapped and planned for, never practised or checked. */
  written: boolean;
  families: FamilyNode[];
}
