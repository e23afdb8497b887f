import { createGraph } from '@edirae/engine';
import type { SkillGraph, SkillNode } from '@edirae/engine';
import type { Family, Skill } from '../curriculum.ts';
import { errorIn } from '../finding.ts';
import type { Finding } from '../finding.ts';

/**
 * The graph the engine walks. Edges to unknown skills and edges that close a circle are reported and left out,
 * so that the rest of the curriculum can still be linted.
 */
export function buildGraph(
  skills: readonly Skill[],
  families: ReadonlyMap<string, Family>,
  findings: Finding[],
): SkillGraph {
  const known = new Map(skills.map((skill) => [skill.id, skill]));
  const done = new Set<string>();
  const edges = new Map<string, Set<string>>();
  const trail: string[] = [];

  const visit = (skill: Skill): void => {
    if (done.has(skill.id)) return;
    trail.push(skill.id);
    const own = new Set<string>();
    edges.set(skill.id, own);
    for (const id of [...skill.requires, ...skill.buildsOn]) {
      const file = `${skill.folder}/skill.yaml`;
      const next = known.get(id);
      if (!next) {
        findings.push(
          errorIn('references', file, `needs ${id}, which is no skill; correct the id or remove it`),
        );
      } else if (trail.includes(id)) {
        const circle = [...trail.slice(trail.indexOf(id)), id].join(' → ');
        findings.push(
          errorIn('acyclic', file, `goes round in a circle: ${circle}; remove one of these links`),
        );
      } else {
        own.add(id);
        visit(next);
      }
    }
    trail.pop();
    done.add(skill.id);
  };
  for (const skill of skills) visit(skill);

  return createGraph(
    skills.map((skill): SkillNode => {
      const kept = (ids: string[]): string[] => ids.filter((id) => edges.get(skill.id)?.has(id));
      return {
        id: skill.id,
        module: skill.module,
        stage: skill.stage,
        minutes: skill.minutes,
        requires: kept(skill.requires),
        buildsOn: kept(skill.buildsOn),
        primaryEvidence: skill.evidence[0] ?? 'quiz',
        written: skill.status === 'written',
        families: skill.families.flatMap((id) => {
          const family = families.get(id);
          return family
            ? [{ id, skill: skill.id, kind: family.kind, level: family.level, use: family.use }]
            : [];
        }),
      };
    }),
  );
}
