import type { Curriculum, Skill } from '../curriculum.ts';
import { listFamilies } from '../curriculum.ts';
import type { Finding } from '../finding.ts';
import { countVariants } from '../items/count-variants.ts';

/** One skill in figures. */
export interface SkillReport {
  id: string;
  status: Skill['status'];
  words: number;
  figures: number;
  /** Families by kind. */
  families: Record<string, number>;
  /** Families by level. */
  levels: Record<string, number>;
  parametric: number;
  /** Different variants, at most 500 counted a family. */
  variants: number;
  cards: number;
  resources: number;
}

/** What `npm run content -- --json` prints. */
export interface ContentReport {
  skills: SkillReport[];
  labs: string[];
  findings: Finding[];
}

/** The curriculum in figures, with what is wrong with it. */
export function contentReport(curriculum: Curriculum, findings: readonly Finding[]): ContentReport {
  return {
    skills: [...curriculum.skills.values()].map((skill) => reportSkill(curriculum, skill)),
    labs: [],
    findings: [...findings],
  };
}

function reportSkill(curriculum: Curriculum, skill: Skill): SkillReport {
  const families = listFamilies(curriculum, skill);
  return {
    id: skill.id,
    status: skill.status,
    words: skill.lesson?.words ?? 0,
    figures: skill.lesson?.figures.length ?? 0,
    families: tally(families.map((family) => family.kind)),
    levels: tally(families.map((family) => String(family.level))),
    parametric: families.filter((family) => family.parametric).length,
    variants: families.reduce((sum, family) => sum + countVariants(family), 0),
    cards: skill.cards.length,
    resources: skill.resources.length,
  };
}

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
