import { errorIn } from '../finding.ts';
import type { Finding } from '../finding.ts';
import type { Family, Figure, Lesson, Misconception, Skill } from '../curriculum.ts';
import { hashFiles, sha256 } from '../hash.ts';
import { findFamilySchema, isParametric } from '../schema/item.ts';
import type { FamilySource } from '../schema/item.ts';
import { cardsSchema, skillSchema } from '../schema/skill.ts';
import type { Card } from '../schema/skill.ts';
import { countWords } from './count-words.ts';
import type { FamilyCache } from './family-cache.ts';
import { findParsed, findYaml } from './parse-file.ts';
import type { FileTree } from './read-tree.ts';

/** A skill with its families, as far as its files could be read. */
export interface LoadedSkill {
  skill: Skill;
  families: Family[];
}

/** Loads one skill's folder. Whatever is wrong goes to `findings`; undefined where `skill.yaml` itself is unusable. */
export function findSkill(
  folder: string,
  module: string,
  tree: FileTree,
  findings: Finding[],
  cache?: FamilyCache,
): LoadedSkill | undefined {
  const file = `${folder}/skill.yaml`;
  const yaml = findYaml(tree.get(file) ?? '', file, findings);
  if (!yaml) return undefined;
  const source = findParsed(skillSchema, yaml, file, findings);
  if (!source) return undefined;
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  if (source.id !== name) {
    findings.push(
      errorIn(
        'ids',
        file,
        `id is ${source.id} but the folder is ${name}; make them equal`,
        yaml.lineOf(['id']),
      ),
    );
  }
  const misconceptions = source.misconceptions.map((entry, index): Misconception => {
    if (source.status === 'written' && entry.correction === undefined) {
      const line = yaml.lineOf(['misconceptions', index]);
      findings.push(
        errorIn(
          'schema',
          file,
          `misconceptions[${index}].correction is missing: say what is true instead`,
          line,
        ),
      );
    }
    return { id: entry.id, belief: entry.belief, correction: entry.correction ?? '' };
  });
  const families = loadFamilies(folder, source.id, misconceptions, tree, findings, cache);
  const skill: Skill = {
    ...source,
    module,
    misconceptions,
    resources: source.resources.map(({ url, why }) => ({ url, why: why ?? '' })),
    lesson: findLesson(folder, tree) ?? null,
    cards: loadCards(folder, tree, findings),
    families: families.map((family) => family.id),
    folder,
  };
  return { skill, families };
}

function findLesson(folder: string, tree: FileTree): Lesson | undefined {
  const markdown = tree.get(`${folder}/lesson.md`);
  if (markdown === undefined) return undefined;
  const figures: Figure[] = [];
  for (const [file, svg] of tree) {
    if (file.startsWith(`${folder}/figures/`) && file.endsWith('.svg')) {
      figures.push({ path: file.slice(folder.length + 1), file, svg });
    }
  }
  const hash = hashFiles([['lesson.md', markdown], ...figures.map(({ path, svg }) => [path, svg] as const)]);
  return { markdown, words: countWords(markdown), figures, version: hash.slice(0, 8) };
}

function loadCards(folder: string, tree: FileTree, findings: Finding[]): Card[] {
  const file = `${folder}/cards.yaml`;
  const text = tree.get(file);
  if (text === undefined) return [];
  const yaml = findYaml(text, file, findings);
  return (yaml && findParsed(cardsSchema, yaml, file, findings)) ?? [];
}

function loadFamilies(
  folder: string,
  skill: string,
  misconceptions: readonly Misconception[],
  tree: FileTree,
  findings: Finding[],
  cache: FamilyCache | undefined,
): Family[] {
  const families: Family[] = [];
  for (const [file, text] of tree) {
    if (!file.startsWith(`${folder}/items/`)) continue;
    const name = file.slice(folder.length + '/items/'.length);
    if (!name.endsWith('.yaml') || name.includes('/')) {
      findings.push(errorIn('files', file, 'items/ holds one .yaml file a family and nothing else'));
      continue;
    }
    const family = findFamily(file, text, skill, misconceptions, findings, cache);
    if (family) families.push(family);
  }
  return families;
}

function findFamily(
  file: string,
  text: string,
  skill: string,
  misconceptions: readonly Misconception[],
  findings: Finding[],
  cache: FamilyCache | undefined,
): Family | undefined {
  const hash = sha256(text);
  const known = cache?.find(hash);
  const source = known ?? findSource(file, text, findings);
  if (!source) return undefined;
  if (!known) cache?.keep(hash, source);
  const name = file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length);
  if (source.id !== name) {
    const line = text.split('\n').findIndex((each) => each.startsWith('id:')) + 1;
    findings.push(
      errorIn('ids', file, `id is ${source.id} but the file is ${name}.yaml; make them equal`, line || 1),
    );
  }
  const { id, title, kind, level, use, scenario, formerly } = source;
  return {
    id,
    skill,
    title,
    kind,
    level,
    use,
    scenario,
    parametric: isParametric(source),
    hash,
    version: hash.slice(0, 8),
    formerly,
    misconceptions,
    source,
    file,
  };
}

function findSource(file: string, text: string, findings: Finding[]): FamilySource | undefined {
  const yaml = findYaml(text, file, findings);
  if (!yaml) return undefined;
  const schema = findFamilySchema(yaml.data);
  if (typeof schema !== 'string') return findParsed(schema, yaml, file, findings);
  findings.push(errorIn('schema', file, schema, yaml.lineOf(['kind'])));
  return undefined;
}

/** SHA-256 of the family's file. */
export function familyHash(family: Family): string {
  return family.hash;
}
