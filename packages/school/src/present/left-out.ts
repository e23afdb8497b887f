import type { GoalReading, Topic } from '@edirae/curriculum';
import type { School } from '../school.ts';
import type { GoalView } from '../goal-views.ts';

/** Words named for a module that is left out. */
const WORDS_SHOWN = 3;

/** Modules that a track holds nothing of, and words that would bring them in. */
export function leftOut(
  school: School,
  skills: readonly string[],
  reading: GoalReading,
): GoalView['leftOut'] {
  const inTrack = new Set(skills);
  const refused = new Set(reading.refused.map(({ skill }) => skill));
  return school.curriculum.modules
    .filter((module) => module.skills.length > 0 && !module.skills.some((id) => inTrack.has(id)))
    .map((module) => ({
      module: module.id,
      title: module.title,
      count: module.skills.length,
      why: module.skills.some((id) => refused.has(id))
        ? 'You said not to want it.'
        : 'No words of the goal ask for it, and nothing asked for requires it.',
      words: wordsFor(school.curriculum.vocabulary.topics, new Set(module.skills)),
    }));
}

/** Phrases of the topics that lie wholly within a module, as people say them. */
function wordsFor(topics: readonly Topic[], skills: ReadonlySet<string>): string[] {
  return topics
    .filter(
      ({ core, alone, file }) =>
        file === 'topics' && !alone && core.length > 0 && core.every((id) => skills.has(id)),
    )
    .sort((a, b) => b.core.length - a.core.length)
    .flatMap(({ say }) => say.find((phrase) => !/[<|]/.test(phrase)) ?? [])
    .slice(0, WORDS_SHOWN);
}

/** What the skills of a track build on and do not require. */
export function optionalSkills(school: School, skills: readonly string[]): GoalView['optional'] {
  const inTrack = new Set(skills);
  const helping = new Set(
    skills.flatMap((id) => school.graph.skills.get(id)?.buildsOn ?? []).filter((id) => !inTrack.has(id)),
  );
  return school.graph.order
    .filter((id) => helping.has(id))
    .flatMap((id) => school.curriculum.skills.get(id) ?? [])
    .map(({ id, title, minutes }) => ({ id, title, minutes }));
}
