import type { EvidenceKind, ItemKind, Level, SkillGraph } from '@edirae/engine';
import type { FamilySource } from './schema/item.ts';
import type { CareerFile } from './schema/career.ts';
import type { Certification } from './schema/certification.ts';
import type { LabHead } from './schema/lab-head.ts';
import type { InterviewPrompt } from './schema/interview.ts';
import type { Card, Resource, SkillFile } from './schema/skill.ts';
import type { Vocabulary } from './schema/vocabulary.ts';

/** All that is taught, as loaded from `content/`. */
export interface Curriculum {
  /** SHA-256 over every file it was loaded from. */
  hash: string;
  modules: Module[];
  /** In the order of the modules and, inside one, of `order`. */
  skills: ReadonlyMap<string, Skill>;
  families: ReadonlyMap<string, Family>;
  graph: SkillGraph;
  resources: Resource[];
  /** In the order of their lists. */
  careers: Career[];
  certifications: Certification[];
  interviewPrompts: InterviewPrompt[];
  /** By stage and id. */
  labs: LabHead[];
  /** How people put what is taught. */
  vocabulary: Vocabulary;
}

/** A job that a track can lead to, with its guide. */
export interface Career extends CareerFile {
  /** Ids of every skill of its four stages: what a track to this career takes. */
  skills: string[];
  /** Path relative to the content folder. */
  file: string;
}

export interface Module {
  id: string;
  number: number;
  title: string;
  /** The stage it begins in. */
  stage: number;
  stages: number[];
  summary: string;
  /** Ids, in learning order. */
  skills: string[];
  /** Path of `module.yaml` relative to the content folder. */
  file: string;
}

export interface Misconception {
  id: string;
  belief: string;
  /** Empty where a planned skill has none yet. */
  correction: string;
}

export interface Figure {
  /** Path as the lesson writes it: `figures/one-token.svg`. */
  path: string;
  /** Path relative to the content folder. */
  file: string;
  svg: string;
}

export interface Lesson {
  markdown: string;
  /** Words of prose: no code, tables, formulas or figures. */
  words: number;
  figures: Figure[];
  /** First eight digits of the SHA-256 of text and figures. */
  version: string;
}

/** A resource a skill points at, with why. */
export interface ResourceUse {
  url: string;
  why: string;
}

export interface Skill {
  id: string;
  module: string;
  title: string;
  status: SkillFile['status'];
  criterion: string;
  stage: 1 | 2 | 3 | 4;
  order: number;
  bloom: SkillFile['bloom'];
  minutes: number;
  requires: string[];
  buildsOn: string[];
  /** The first is primary. */
  evidence: EvidenceKind[];
  aliases: string[];
  misconceptions: Misconception[];
  labs: string[];
  resources: ResourceUse[];
  sources: SkillFile['sources'];
  lesson: Lesson | null;
  cards: Card[];
  /** Ids of its item families. */
  families: string[];
  formerly: string[];
  /** Its folder relative to the content folder. */
  folder: string;
}

export interface Family {
  id: string;
  skill: string;
  title: string;
  kind: ItemKind;
  level: Level;
  use: 'any' | 'check';
  scenario: boolean;
  parametric: boolean;
  /** SHA-256 of its file. */
  hash: string;
  /** First eight digits of the hash. */
  version: string;
  formerly: string[];
  /** The skill's misconceptions, which its distractors name. */
  misconceptions: readonly Misconception[];
  source: FamilySource;
  /** Path relative to the content folder. */
  file: string;
}

/** The skill; throws where there is none. */
export function getSkill(curriculum: Curriculum, id: string): Skill {
  const skill = curriculum.skills.get(id);
  if (!skill) throw new Error(`there is no skill ${JSON.stringify(id)}`);
  return skill;
}

/** The item family; throws where there is none. */
export function getFamily(curriculum: Curriculum, id: string): Family {
  const family = curriculum.families.get(id);
  if (!family) throw new Error(`there is no item family ${JSON.stringify(id)}`);
  return family;
}

/** The families of one skill, in the order of their ids. */
export function listFamilies(curriculum: Curriculum, skill: Skill): Family[] {
  return skill.families.map((id) => getFamily(curriculum, id));
}
