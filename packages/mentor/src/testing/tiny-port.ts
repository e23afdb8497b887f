import type { MentorContext } from '../context.ts';
import type { CurriculumPort, SkillBrief } from '../port.ts';

const CACHE: SkillBrief = {
  id: 'kv-cache',
  title: 'KV cache memory',
  criterion:
    'Can compute cache size and maximum concurrency, given layers, heads, dtype and sequence length.',
  written: true,
  open: true,
  misconceptions: [
    {
      id: 'keys-only',
      belief: 'Count keys but not values',
      correction: 'Each position stores a key and a value.',
    },
    {
      id: 'batch-free',
      belief: 'The cache is independent of batch size',
      correction: 'Each sequence brings a cache of its own.',
    },
  ],
  requires: [{ id: 'tensors', title: 'Tensors', written: true, open: true }],
  buildsOn: [],
  resources: [],
};
const PLANNED: SkillBrief = {
  ...CACHE,
  id: 'planned',
  title: 'Alert design',
  written: false,
  misconceptions: [],
};
const SKILLS = new Map([CACHE, PLANNED].map((skill) => [skill.id, skill]));

/** A curriculum of two skills, one of them not written, for tests. */
export function tinyPort(): CurriculumPort {
  return {
    findSkills: (question) =>
      [...SKILLS.values()]
        .map(({ id, title }) => ({
          skill: id,
          title,
          fit: (id === 'kv-cache' ? /cache|chats|memory/i : /alert|pager/i).test(question) ? 0.7 : 0,
        }))
        .filter(({ fit }) => fit > 0),
    isElsewhere: (question) => /lasagne|football/i.test(question),
    findSkill: (id) => SKILLS.get(id),
    findPassage: (_question, skill) =>
      skill === 'kv-cache'
        ? {
            skill,
            title: CACHE.title,
            heading: 'The formula',
            text: 'The cache holds a key and a value per head, layer and token.',
          }
        : undefined,
    findWorkedVariant: (skill, seed) =>
      skill === 'kv-cache'
        ? {
            skill,
            title: 'Size',
            prompt: `A model has ${seed} layers. How large is the cache?`,
            given: [],
            solution: 'Two times layers.',
            value: 2 * Number(seed),
          }
        : undefined,
  };
}

/** A context in which nothing is known but the question. */
export function plainContext(question: string, more: Partial<MentorContext> = {}): MentorContext {
  return {
    question,
    mode: 'explain',
    atHand: null,
    issue: null,
    missed: null,
    evidence: [],
    next: null,
    history: [],
    about: null,
    task: null,
    work: null,
    examined: [],
    seed: '32',
    ...more,
  };
}
