import { listMisconceptions } from '../family-texts.ts';
import type { LintRule } from '../rule.ts';
import { lessonFile, skillFile } from '../rule.ts';

/** Everything a skill names exists: misconceptions, resources, figures, skills it links to. */
export const references: LintRule = {
  name: 'references',
  check({ curriculum, skills, families, error, warning }) {
    const addresses = new Set(curriculum.resources.map((resource) => resource.url));
    for (const skill of skills) {
      for (const [n, { url }] of skill.resources.entries()) {
        if (!addresses.has(url))
          error(skillFile(skill), ['resources', n], `${url} is not listed in resources.yaml; add it there`);
      }
      const known = new Set(skill.misconceptions.map(({ id }) => id));
      for (const family of families(skill)) {
        for (const { path, id } of listMisconceptions(family)) {
          if (!known.has(id))
            error(
              family.file,
              path,
              `${id} is no misconception of ${skill.id}; add it to skill.yaml or correct the id`,
            );
        }
      }
      if (!skill.lesson) continue;
      const { markdown, figures } = skill.lesson;
      const file = lessonFile(skill);
      const used = new Set<string>();
      for (const [whole, path = ''] of markdown.matchAll(/!\[[^\]]*\]\((\S+?)(?:\s+"[^"]*")?\)/g)) {
        used.add(path);
        if (!figures.some((figure) => figure.path === path))
          error(file, whole, `there is no ${path}; add the figure or correct the path`);
      }
      for (const figure of figures) {
        if (!used.has(figure.path))
          warning(figure.file, [], 'is not used by the lesson; show it or delete it');
      }
      for (const [whole, id = ''] of markdown.matchAll(/\]\(skill:([^)\s]*)\)/g)) {
        if (!curriculum.skills.has(id)) error(file, whole, `links to skill:${id}, which is no skill`);
      }
      for (const [whole, id = ''] of markdown.matchAll(/^:::misconception\{id="?([^"}]*)"?\}/gm)) {
        if (!known.has(id)) error(file, whole, `${id} is no misconception of ${skill.id}`);
      }
    }
  },
};
