import type { ItemKind, Level } from '../events.ts';
import { createGraph, type FamilyNode, type SkillGraph, type SkillNode } from '../graph.ts';

/** A family `<skill>-<name>`, of level 2 and numeric unless said otherwise. */
export function family(skill: string, name: string, rest: Partial<FamilyNode> = {}): FamilyNode {
  return { id: `${skill}-${name}`, skill, kind: 'numeric', level: 2, use: 'any', ...rest };
}

/** A written skill with four families of two kinds and three levels, one of them for checks only. */
export function skill(id: string, requires: string[] = [], rest: Partial<SkillNode> = {}): SkillNode {
  const spec: [string, ItemKind, Level][] = [
    ['one', 'numeric', 2],
    ['two', 'choice', 2],
    ['three', 'numeric', 3],
  ];
  const families = spec.map(([name, kind, level]) => family(id, name, { kind, level }));
  families.push(family(id, 'exam', { kind: 'choice', level: 1, use: 'check' }));
  const fixed = {
    module: 'm01',
    stage: 1,
    minutes: 60,
    buildsOn: [],
    primaryEvidence: 'quiz',
    written: true,
  } as const;
  return { id, ...fixed, buildsOn: [], requires, families, ...rest };
}

/** a ← b ← c ← d in a line, e on b beside c, and f alone. */
export function smallGraph(): SkillGraph {
  return createGraph([
    skill('a'),
    skill('b', ['a']),
    skill('c', ['b']),
    skill('d', ['c']),
    skill('e', ['b']),
    skill('f'),
  ]);
}

/** `count` skills in rows of `width`, each requiring the skill above it and, in every second row, its right neighbour's too. */
export function latticeGraph(count: number, width: number): SkillGraph {
  const name = (i: number): string => `s${String(i).padStart(2, '0')}`;
  const nodes = Array.from({ length: count }, (_, i) => {
    const above = i - width;
    if (above < 0) return skill(name(i));
    const aside = Math.floor(i / width) % 2 === 1 && (above + 1) % width !== 0 ? [name(above + 1)] : [];
    return skill(name(i), [name(above), ...aside]);
  });
  return createGraph(nodes);
}
