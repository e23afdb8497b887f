import type { Curriculum } from '../curriculum.ts';
import { sortFindings } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { loadCurriculum } from '../load/load-curriculum.ts';
import type { LintRule } from './rule.ts';
import { runRule } from './rule.ts';
import { aliases } from './rules/aliases.ts';
import { cards } from './rules/cards.ts';
import { careers } from './rules/careers.ts';
import { certifications } from './rules/certifications.ts';
import { clozeBlanks } from './rules/cloze-blanks.ts';
import { distractorFeedback } from './rules/distractor-feedback.ts';
import { enoughVariants } from './rules/enough-variants.ts';
import { facts } from './rules/facts.ts';
import { families } from './rules/families.ts';
import { figures } from './rules/figures.ts';
import { formulas } from './rules/formulas.ts';
import { hintGivesAnswer } from './rules/hint-gives-answer.ts';
import { ids } from './rules/ids.ts';
import { interviews } from './rules/interviews.ts';
import { keysDiffer } from './rules/keys-differ.ts';
import { keyCues } from './rules/key-cues.ts';
import { lengthGiveaway } from './rules/length-giveaway.ts';
import { lessonLength } from './rules/lesson-length.ts';
import { markdown } from './rules/markdown.ts';
import { matchPairs } from './rules/match-pairs.ts';
import { misconceptionsUsed } from './rules/misconceptions-used.ts';
import { optionsApart } from './rules/options-apart.ts';
import { promptRepeats } from './rules/prompt-repeats.ts';
import { references } from './rules/references.ts';
import { resources } from './rules/resources.ts';
import { vocabulary } from './rules/vocabulary.ts';
import { voice } from './rules/voice.ts';

/** Every rule there is, in the order of the format's description. */
export const LINT_RULES: readonly LintRule[] = [
  ids,
  references,
  aliases,
  resources,
  lessonLength,
  markdown,
  figures,
  voice,
  families,
  enoughVariants,
  formulas,
  clozeBlanks,
  matchPairs,
  keysDiffer,
  promptRepeats,
  optionsApart,
  lengthGiveaway,
  keyCues,
  distractorFeedback,
  hintGivesAnswer,
  misconceptionsUsed,
  cards,
  vocabulary,
  facts,
  careers,
  certifications,
  interviews,
];

/** Narrows linting. */
export interface LintOptions {
  /** Only this skill. */
  skill?: string;
  /** `YYYY-MM-DD`: the day against which figures are fresh or old. The machine's own day where it is left out. */
  today?: string;
}

/** Runs every rule. Findings of loading are not among them: loadCurriculum gave those. */
export function lintCurriculum(curriculum: Curriculum, options: LintOptions = {}): Finding[] {
  const skills = [...curriculum.skills.values()].filter(
    (skill) => options.skill === undefined || skill.id === options.skill,
  );
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  return sortFindings(LINT_RULES.flatMap((rule) => runRule(rule, curriculum, skills, today)));
}

/** Loads a content folder and lints it: all that can be said about it without playing its items. */
export async function lintFolder(dir: string, options: LintOptions = {}): Promise<Finding[]> {
  const { curriculum, findings } = await loadCurriculum(dir);
  return sortFindings([...findings, ...(curriculum ? lintCurriculum(curriculum, options) : [])]);
}
