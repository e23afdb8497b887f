import type { Curriculum, Family, Skill } from '../curriculum.ts';
import { getFamily } from '../curriculum.ts';
import { errorIn, warningIn } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { findLine } from '../load/source-lines.ts';

/** One thing the linter asks of the content. */
export interface LintRule {
  /** Kebab-case, equal to its file's name. */
  name: string;
  check(scope: LintScope): void;
}

/** Where in a file: a path of YAML keys, or a text to look for. */
export type Spot = readonly PropertyKey[] | string;

/** What a rule sees and where it reports to. */
export interface LintScope {
  curriculum: Curriculum;
  /** The skills to lint. */
  skills: readonly Skill[];
  /** Those of them that are written: planned ones are held to their `skill.yaml` only. */
  written: readonly Skill[];
  /** False where linting was narrowed to a skill: rules about guides then have nothing to say. */
  whole: boolean;
  /** `YYYY-MM-DD`, for what grows old. */
  today: string;
  families(skill: Skill): Family[];
  error(file: string, spot: Spot, message: string): void;
  warning(file: string, spot: Spot, message: string): void;
}

/** Runs one rule over skills of a curriculum. */
export function runRule(
  rule: LintRule,
  curriculum: Curriculum,
  skills: readonly Skill[],
  today: string,
): Finding[] {
  const findings: Finding[] = [];
  rule.check({
    curriculum,
    skills,
    written: skills.filter((skill) => skill.status === 'written'),
    whole: skills.length === curriculum.skills.size,
    today,
    families: (skill) => skill.families.map((id) => getFamily(curriculum, id)),
    error: (file, spot, message) =>
      findings.push(errorIn(rule.name, file, message, findLine(curriculum, file, spot))),
    warning: (file, spot, message) =>
      findings.push(warningIn(rule.name, file, message, findLine(curriculum, file, spot))),
  });
  return findings;
}

/** Path of a skill's own file. */
export function skillFile(skill: Skill): string {
  return `${skill.folder}/skill.yaml`;
}

/** Path of a skill's lesson. */
export function lessonFile(skill: Skill): string {
  return `${skill.folder}/lesson.md`;
}
