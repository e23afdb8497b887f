import { errorIn, sortFindings } from '../finding.ts';
import type { Finding } from '../finding.ts';
import type { Curriculum, Family, Module, Skill } from '../curriculum.ts';
import { hashFiles } from '../hash.ts';
import { moduleSchema, resourcesSchema } from '../schema/skill.ts';
import type { Resource } from '../schema/skill.ts';
import { buildGraph } from './build-graph.ts';
import { loadCareers, loadCertifications, loadInterviewPrompts, loadLabHeads } from './load-guides.ts';
import { openFamilyCache } from './family-cache.ts';
import type { FamilyCache } from './family-cache.ts';
import { findSkill } from './load-skill.ts';
import { loadVocabulary } from './load-vocabulary.ts';
import type { LoadedSkill } from './load-skill.ts';
import { findParsed, findYaml } from './parse-file.ts';
import { readTree } from './read-tree.ts';
import type { FileTree } from './read-tree.ts';
import { keepSources } from './source-lines.ts';

/** What loading found: as much curriculum as could be read, and everything that is wrong with it. */
export interface LoadResult {
  /** null only where there is nothing to teach: no folder, or no module that can be read. */
  curriculum: Curriculum | null;
  findings: Finding[];
}

/** How to load. */
export interface LoadOptions {
  /** Where to keep item files as read, so that the next start reads only what changed. Without it nothing is kept. */
  cacheFile?: string;
}

/**
 * Loads `content/`. Never throws on bad content: a file that cannot be used is left out and reported with its line,
 * so that one run shows every error.
 */
export async function loadCurriculum(dir: string, options: LoadOptions = {}): Promise<LoadResult> {
  const tree = await readTree(dir);
  if (options.cacheFile === undefined) return assembleCurriculum(tree);
  const cache = await openFamilyCache(options.cacheFile);
  const result = assembleCurriculum(tree, cache);
  await cache.save();
  return result;
}

/** Builds a curriculum from files already in memory. */
export function assembleCurriculum(tree: FileTree, cache?: FamilyCache): LoadResult {
  const findings: Finding[] = [];
  const modules = loadModules(tree, findings);
  const loaded = loadSkills(modules, tree, findings, cache);
  if (modules.length === 0) {
    findings.push(
      errorIn(
        'files',
        'modules',
        'no module could be read; content/modules/<nn-module>/module.yaml is expected',
      ),
    );
    return { curriculum: null, findings: sortFindings(findings) };
  }
  const skills = new Map<string, Skill>();
  const families = new Map<string, Family>();
  for (const { skill, families: own } of loaded) {
    if (refuseDuplicate(skills, skill.id, `${skill.folder}/skill.yaml`, findings)) continue;
    skills.set(skill.id, skill);
    for (const family of own) {
      if (refuseDuplicate(families, family.id, family.file, findings)) continue;
      families.set(family.id, family);
    }
    skill.families = own.filter((family) => families.get(family.id) === family).map((family) => family.id);
  }
  for (const module of modules) {
    module.skills = [...skills.values()]
      .filter((skill) => skill.module === module.id)
      .map((skill) => skill.id);
  }
  const resources = loadResources(tree, findings);
  const graph = buildGraph([...skills.values()], families, findings);
  const curriculum: Curriculum = {
    hash: hashFiles(tree),
    modules,
    skills,
    families,
    graph,
    resources,
    careers: loadCareers(tree, findings),
    certifications: loadCertifications(tree, findings),
    interviewPrompts: loadInterviewPrompts(tree, findings),
    labs: loadLabHeads(tree, findings),
    vocabulary: loadVocabulary(tree, findings),
  };
  keepSources(curriculum, tree);
  return { curriculum, findings: sortFindings(findings) };
}

function refuseDuplicate(
  known: ReadonlyMap<string, Skill | Family>,
  id: string,
  file: string,
  findings: Finding[],
): boolean {
  const first = known.get(id);
  if (!first) return false;
  const other = 'file' in first ? first.file : `${first.folder}/skill.yaml`;
  findings.push(
    errorIn('ids', file, `the id ${id} is taken by ${other}; ids are unique across the whole curriculum`),
  );
  return true;
}

function loadModules(tree: FileTree, findings: Finding[]): Module[] {
  const modules: Module[] = [];
  const folders = new Set([...tree.keys()].map((path) => /^modules\/[^/]+(?=\/)/.exec(path)?.[0]));
  for (const folder of folders) {
    if (folder === undefined) continue;
    const file = `${folder}/module.yaml`;
    const text = tree.get(file);
    if (text === undefined) {
      findings.push(errorIn('files', file, 'is missing: every folder of modules/ needs a module.yaml'));
      continue;
    }
    const yaml = findYaml(text, file, findings);
    const source = yaml && findParsed(moduleSchema, yaml, file, findings);
    if (!source) continue;
    const expected = `${String(source.number).padStart(2, '0')}-${source.id}`;
    if (`modules/${expected}` !== folder) {
      findings.push(
        errorIn(
          'ids',
          file,
          `number and id say ${expected}, the folder is ${folder.slice(8)}; make them equal`,
        ),
      );
    }
    const { id, number, title, stages, summary } = source;
    modules.push({
      id,
      number,
      title,
      stage: Math.min(...stages),
      stages,
      summary: summary ?? '',
      skills: [],
      file,
    });
  }
  return modules.sort((a, b) => a.number - b.number);
}

function loadSkills(
  modules: readonly Module[],
  tree: FileTree,
  findings: Finding[],
  cache: FamilyCache | undefined,
): LoadedSkill[] {
  const folders = groupBySkill(tree);
  return modules.flatMap((module) => {
    const base = module.file.slice(0, -'/module.yaml'.length);
    const found: LoadedSkill[] = [];
    for (const [folder, files] of folders) {
      if (!folder.startsWith(`${base}/`)) continue;
      if (!files.has(`${folder}/skill.yaml`)) {
        findings.push(
          errorIn('files', `${folder}/skill.yaml`, 'is missing: every folder of a module is a skill'),
        );
        continue;
      }
      const skill = findSkill(folder, module.id, files, findings, cache);
      if (skill) found.push(skill);
    }
    return found.sort((a, b) => a.skill.order - b.skill.order || (a.skill.id < b.skill.id ? -1 : 1));
  });
}

/** The files of each skill's folder, so that no skill looks through those of all others. */
function groupBySkill(tree: FileTree): Map<string, Map<string, string>> {
  const folders = new Map<string, Map<string, string>>();
  for (const [path, text] of tree) {
    const folder = /^modules\/[^/]+\/[^/]+(?=\/)/.exec(path)?.[0];
    if (folder === undefined) continue;
    const files = folders.get(folder) ?? new Map<string, string>();
    folders.set(folder, files.set(path, text));
  }
  return folders;
}

function loadResources(tree: FileTree, findings: Finding[]): Resource[] {
  const file = 'resources.yaml';
  const text = tree.get(file);
  if (text === undefined) return [];
  const yaml = findYaml(text, file, findings);
  return (yaml && findParsed(resourcesSchema, yaml, file, findings)) ?? [];
}
