import type { Curriculum } from '../curriculum.ts';
import type { Certification } from '../schema/certification.ts';
import type { Outside, Topic } from '../schema/vocabulary.ts';

/** A job that a goal may name, with every skill it takes. */
export interface NamedCareer {
  id: string;
  title: string;
  skills: string[];
  /** There is a guide to it under `content/careers/`. */
  hasGuide: boolean;
}

/** What a phrase stands for. */
export type Meaning =
  | { kind: 'skill'; skill: string }
  | { kind: 'topic'; topic: Topic }
  | { kind: 'outside'; outside: Outside }
  | { kind: 'career'; career: NamedCareer }
  | { kind: 'exam'; exam: Certification };

/** Titles and aliases of the skills, names of careers and certifications, and the phrases of the vocabulary. */
export function listEntries(curriculum: Curriculum): { say: string; value: Meaning }[] {
  const { topics, outsides } = curriculum.vocabulary;
  const entries: { say: string; value: Meaning }[] = [];
  const add = (says: readonly string[], value: Meaning): void => {
    for (const say of says) entries.push({ say, value });
  };
  for (const skill of curriculum.skills.values())
    add([skill.title, skill.id.replaceAll('-', ' '), ...skill.aliases], { kind: 'skill', skill: skill.id });
  for (const topic of topics) add(topic.say, { kind: 'topic', topic });
  for (const outside of outsides) add(outside.say, { kind: 'outside', outside });
  for (const { career, says } of listCareers(curriculum)) add(says, { kind: 'career', career });
  for (const exam of curriculum.certifications)
    add([exam.code, exam.title, ...exam.names], { kind: 'exam', exam });
  return entries;
}

/** Careers with a guide, and jobs of the vocabulary that have none yet. */
function listCareers(curriculum: Curriculum): { career: NamedCareer; says: string[] }[] {
  const { careers, vocabulary } = curriculum;
  const roles = new Map(vocabulary.roles.map((role) => [role.id, role]));
  const guided = careers.map(({ id, title, names, skills }) => ({
    career: { id, title, skills: inOrder(curriculum, new Set(skills)), hasGuide: true },
    says: [title, ...names, ...(roles.get(id)?.say ?? [])],
  }));
  const others = vocabulary.roles
    .filter((role) => !careers.some(({ id }) => id === role.id))
    .map((role) => {
      const ofModules = curriculum.modules
        .filter(({ id }) => role.modules.includes(id))
        .flatMap((module) => module.skills);
      const skills = new Set([...ofModules, ...role.skills].filter((id) => !role.without.includes(id)));
      return {
        career: { id: role.id, title: role.title, skills: inOrder(curriculum, skills), hasGuide: false },
        says: role.say,
      };
    });
  return [...guided, ...others];
}

function inOrder({ graph }: Curriculum, skills: ReadonlySet<string>): string[] {
  return graph.order.filter((id) => skills.has(id));
}

/** How much of an examination is taught here, by the weights of its domains: 0 to 1. A retired one counts what succeeds it. */
export function coverageOf(exam: Certification): number {
  const share = { most: 1, part: 0.5, none: 0 } as const;
  const middle = ({ from, to }: { from: number; to: number }): number => (from + to) / 2;
  const whole = exam.domains.reduce((sum, { weight }) => sum + middle(weight), 0);
  const covered = exam.domains.reduce(
    (sum, { weight, coverage }) => sum + middle(weight) * share[coverage],
    0,
  );
  return whole === 0 ? 0 : covered / whole;
}

/** The skills that an examination asks for; of a retired one, those of its successors. */
export function skillsOfExam({ certifications }: Curriculum, exam: Certification): string[] {
  const successors = certifications.filter(({ id }) => exam.successors.includes(id));
  const domains = exam.domains.length > 0 ? exam.domains : successors.flatMap((one) => one.domains);
  return [...new Set(domains.flatMap(({ skills }) => skills))];
}
