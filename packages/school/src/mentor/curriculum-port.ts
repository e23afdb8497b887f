import { anyVariant, countVariants, formatQuantity, type Family } from '@edirae/curriculum';
import { createRandom, isOpen, type LearnerState } from '@edirae/engine';
import type { CurriculumPort, SkillBrief, WorkedVariant } from '@edirae/mentor';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import type { Retraction } from '../store/retractions.ts';

/**
 * A family with fewer different variants is never worked through: the learner may be asked any of these, and what was shown solved must
 * not be fresh. With so many the chance that the same one comes is below one in some hundreds, and the answer is aided by then.
 */
const LEAST_VARIANTS = 300;
const FOUND = 5;

/** What the mentor may read, for one learner at one moment. It closes over no key of an open item: families of open items are left out. */
export function createCurriculumPort(
  school: School,
  state: LearnerState,
  retractions: readonly Retraction[],
): CurriculumPort {
  const { curriculum, graph, questions, passages } = school;
  const openFamilies = new Set(Object.values(state.openIssues).map(({ family }) => family));
  const isAsked = (family: Family): boolean =>
    openFamilies.has(family.id) || retractions.some((one) => one.family === family.id);

  const toNear = (id: string): SkillBrief['requires'][number] => ({
    id,
    title: skillTitle(school, id),
    written: graph.skills.get(id)?.written === true,
    open: isOpen(state, graph, id),
  });

  return {
    findSkills: (question, atHand) =>
      questions
        .find(question, atHand)
        .slice(0, FOUND)
        .map(({ skill, fit }) => ({ skill, fit, title: skillTitle(school, skill) })),
    isElsewhere: (question, atHand) =>
      questions.isElsewhere(question, questions.find(question), atHand !== null),
    findSkill(id) {
      const skill = curriculum.skills.get(id);
      if (!skill) return undefined;
      return {
        id,
        title: skill.title,
        criterion: skill.criterion,
        written: skill.status === 'written',
        open: isOpen(state, graph, id),
        misconceptions: skill.misconceptions,
        requires: skill.requires.map(toNear),
        buildsOn: skill.buildsOn,
        resources: skill.resources.map(({ url, why }) => ({
          url,
          why,
          title: curriculum.resources.find((resource) => resource.url === url)?.title ?? url,
        })),
      };
    },
    findPassage(question, id) {
      const passage = passages.find(question, id);
      return (
        passage && { skill: id, title: skillTitle(school, id), heading: passage.heading, text: passage.text }
      );
    },
    findWorkedVariant(id, seed) {
      const families = (curriculum.skills.get(id)?.families ?? [])
        .flatMap((family) => curriculum.families.get(family) ?? [])
        .filter(
          (family) =>
            family.parametric && family.use === 'any' && family.kind === 'numeric' && !isAsked(family),
        )
        .filter((family) => countVariants(family) >= LEAST_VARIANTS);
      const random = createRandom(`mentor/${seed}/${id}`);
      const family = families[Math.floor(random() * families.length)];
      return family && toWorked(family, random);
    },
  };
}

function toWorked(family: Family, random: () => number): WorkedVariant {
  const variant = anyVariant(family, random);
  return {
    skill: family.skill,
    title: family.title,
    prompt: variant.prompt,
    given: Object.values(variant.given).map(({ label, value, unit }) => ({
      label,
      value: formatQuantity(value, unit),
    })),
    solution: variant.solution,
    value: variant.key.kind === 'numeric' ? variant.key.value : Number.NaN,
  };
}
