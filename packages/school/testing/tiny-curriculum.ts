import { EMPTY_VOCABULARY, type Curriculum } from '@edirae/curriculum';
import { createGraph, type SkillNode } from '@edirae/engine';

/** Three skills in a row, two families each, no texts: enough for everything that remembers. */
export function tinyCurriculum(): Curriculum {
  const skill = (id: string, requires: string[]): SkillNode => ({
    id,
    module: 'm',
    stage: 1,
    minutes: 30,
    requires,
    buildsOn: [],
    primaryEvidence: 'quiz',
    written: true,
    families: [
      { id: `${id}-one`, skill: id, kind: 'choice', level: 2, use: 'any' },
      { id: `${id}-two`, skill: id, kind: 'numeric', level: 2, use: 'any' },
    ],
  });
  const graph = createGraph([skill('a', []), skill('b', ['a']), skill('c', ['b'])]);
  return {
    hash: 'c'.repeat(64),
    modules: [],
    skills: new Map(),
    families: new Map(),
    graph,
    resources: [],
    careers: [],
    certifications: [],
    interviewPrompts: [],
    labs: [],
    vocabulary: EMPTY_VOCABULARY,
  };
}
