import { readFileSync } from 'node:fs';
import type { ItemKind } from '@edirae/engine';
import type { Curriculum } from '../curriculum.ts';

/** A file to write, by its path relative to the content folder. */
export interface NewFile {
  path: string;
  text: string;
}

/** What came of asking for something new. */
export type Scaffold = { outcome: 'files'; files: NewFile[] } | { outcome: 'refused'; problem: string };

/** The kinds there are templates for: all of them. */
export const ITEM_KINDS: readonly ItemKind[] = [
  'choice',
  'multi',
  'numeric',
  'order',
  'match',
  'cloze',
  'short',
];

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Files of a new skill in a module, filled with a small example to write over. */
export function newSkill(curriculum: Curriculum, module: string, id: string): Scaffold {
  const target = curriculum.modules.find((each) => each.id === module);
  if (!target) {
    const known = curriculum.modules.map((each) => each.id).join(', ');
    return refuse(`there is no module ${module}; there are ${known}`);
  }
  const problem = refuseId(curriculum, id);
  if (problem !== undefined) return refuse(problem);
  const folder = `${target.file.slice(0, -'/module.yaml'.length)}/${id}`;
  const title = `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;
  const skill = template('skill.yaml').replace('SKILL', id).replace('TITLE', title);
  return {
    outcome: 'files',
    files: [
      { path: `${folder}/skill.yaml`, text: skill },
      { path: `${folder}/lesson.md`, text: template('lesson.md') },
      { path: `${folder}/cards.yaml`, text: template('cards.yaml') },
    ],
  };
}

/** The file of a new item family of a skill: a good one of its kind to write over. */
export function newItem(curriculum: Curriculum, skill: string, kind: string, id: string): Scaffold {
  const target = curriculum.skills.get(skill);
  if (!target) return refuse(`there is no skill ${skill}`);
  if (!ITEM_KINDS.some((each) => each === kind))
    return refuse(`there is no kind ${kind}; there are ${ITEM_KINDS.join(', ')}`);
  const problem = refuseId(curriculum, id);
  if (problem !== undefined) return refuse(problem);
  const misconception = target.misconceptions[0]?.id;
  if (misconception === undefined)
    return refuse(`${skill} names no misconception yet; add one to its skill.yaml first`);
  const text = template(`items/${kind}.yaml`).replace('ITEM', id).replaceAll('MISCONCEPTION', misconception);
  return { outcome: 'files', files: [{ path: `${target.folder}/items/${id}.yaml`, text }] };
}

function refuse(problem: string): Scaffold {
  return { outcome: 'refused', problem };
}

function refuseId(curriculum: Curriculum, id: string): string | undefined {
  if (!ID.test(id)) return `${id} is no id; use lower-case letters, digits and single hyphens`;
  const taken = curriculum.skills.has(id) || curriculum.families.has(id);
  return taken ? `${id} is taken; ids are unique across the whole curriculum` : undefined;
}

function template(path: string): string {
  return readFileSync(new URL(`../../templates/${path}`, import.meta.url), 'utf8');
}
