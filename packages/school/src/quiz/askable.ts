import { beliefOf, hasPassed, isOpen, listDueReviews, stateOf, type LearnerState } from '@edirae/engine';
import type { VariantChooser } from '../issuing/fresh-variant.ts';
import type { School } from '../school.ts';
import type { Askable, QuizScope } from './quiz-plan.ts';

/** How many skills *weak* takes: the least certain ones among those begun. */
const WEAKEST = 6;

/** Which of these skills a quiz may ask now: written, open to the learner, and with a subject that may be practised. */
export function listAskable(
  school: School,
  state: LearnerState,
  skills: readonly string[],
  chooser: Pick<VariantChooser, 'any'>,
): Askable[] {
  return skills.flatMap((skill) => {
    const node = school.graph.skills.get(skill);
    if (!node?.written || !isOpen(state, school.graph, skill)) return [];
    const families = node.families.filter(
      ({ id }) => school.curriculum.families.get(id)?.use === 'any' && chooser.any(id, `quiz/${id}`) !== null,
    ).length;
    return families > 0 ? [{ skill, families }] : [];
  });
}

/** Skills that a scope names, before it is asked what may be shown; null where the scope names nothing. */
export function skillsOfScope(
  school: School,
  state: LearnerState,
  scope: Exclude<QuizScope, { kind: 'missed' }>,
  now: number,
): { title: string; skills: string[] } | null {
  const { curriculum, graph } = school;
  const begun = Object.keys(state.skills).filter((id) => graph.skills.has(id));
  switch (scope.kind) {
    case 'skill': {
      const skill = curriculum.skills.get(scope.id);
      return skill ? { title: skill.title, skills: [skill.id] } : null;
    }
    case 'module': {
      const module = curriculum.modules.find(({ id }) => id === scope.id);
      return module ? { title: module.title, skills: module.skills } : null;
    }
    case 'stage': {
      const skills = [...curriculum.skills.values()].filter(({ stage }) => String(stage) === scope.id);
      return { title: `Stage ${scope.id}`, skills: skills.map(({ id }) => id) };
    }
    case 'certification': {
      const exam = curriculum.certifications.find(({ id }) => id === scope.id);
      return exam && exam.domains.length > 0
        ? { title: exam.code, skills: [...new Set(exam.domains.flatMap(({ skills }) => skills))] }
        : null;
    }
    case 'due':
      return { title: 'Due for refresh', skills: listDueReviews(state, graph, now) };
    case 'weak':
      return {
        title: 'Least certain',
        skills: begun
          .filter((id) => stateOf(state.skills[id]) !== 'new' && !hasPassed(state.skills[id]))
          .map((id) => ({ id, p: beliefOf(state, graph, id, now).p }))
          .sort((a, b) => a.p - b.p || (a.id < b.id ? -1 : 1))
          .slice(0, WEAKEST)
          .map(({ id }) => id),
      };
    case 'proven':
      return {
        title: 'From what you have proven',
        skills: begun.filter((id) => hasPassed(state.skills[id])),
      };
  }
}
