import type { Curriculum, Skill } from '../curriculum.ts';
import { cutLesson, toPlain } from './cut-lesson.ts';
import type { SearchEntry } from './search-entry.ts';

/** Everything of the curriculum that a search may find. */
export function listSearchEntries(curriculum: Curriculum): SearchEntry[] {
  const skills = [...curriculum.skills.values()];
  return [
    ...skills.map(toSkill),
    ...skills.flatMap(toLesson),
    ...skills.flatMap(toCards),
    ...[...curriculum.families.values()].map((family) =>
      entry({
        kind: 'practice',
        id: family.id,
        title: family.title,
        target: family.skill,
        within: titleOf(curriculum, family.skill),
      }),
    ),
    ...curriculum.labs.map((lab) =>
      entry({
        kind: 'lab',
        id: lab.id,
        title: lab.title,
        names: [lab.id.replaceAll('-', ' ')],
        text: lab.skills.map((skill) => titleOf(curriculum, skill)).join('. '),
        target: lab.id,
      }),
    ),
    ...curriculum.resources
      .filter(({ retired }) => retired === undefined)
      .map((resource) =>
        entry({
          kind: 'resource',
          id: resource.url,
          title: resource.title,
          names: [resource.type],
          text: resource.note ?? '',
          target: resource.url,
          within: resource.org ?? null,
        }),
      ),
    ...curriculum.careers.map((career) =>
      entry({ kind: 'guide', id: career.id, title: career.title, names: career.names, target: career.id }),
    ),
    ...curriculum.certifications.map((exam) =>
      entry({
        kind: 'exam',
        id: exam.id,
        title: exam.title,
        names: [exam.code, ...exam.names],
        text: exam.domains.map(({ title }) => title).join('. '),
        target: exam.id,
        within: exam.code,
      }),
    ),
  ];
}

type Given = Pick<SearchEntry, 'kind' | 'id' | 'title' | 'target'> & Partial<SearchEntry>;

/** Ids are unique within their kind only. */
function entry(given: Given): SearchEntry {
  return {
    names: [],
    text: '',
    unshown: '',
    place: null,
    within: null,
    ...given,
    id: `${given.kind}/${given.id}`,
  };
}

function toSkill(skill: Skill): SearchEntry {
  return entry({
    kind: 'skill',
    id: skill.id,
    title: skill.title,
    names: [...skill.aliases, skill.id.replaceAll('-', ' ')],
    text: skill.criterion,
    unshown: skill.misconceptions.map(({ belief }) => belief).join('. '),
    target: skill.id,
  });
}

function toLesson(skill: Skill): SearchEntry[] {
  return cutLesson(skill.lesson?.markdown ?? '').map(({ heading, place, text }, i) =>
    entry({
      kind: 'lesson',
      id: `${skill.id}/${i}`,
      title: heading || skill.title,
      text,
      target: skill.id,
      place,
      within: heading ? skill.title : null,
    }),
  );
}

function toCards(skill: Skill): SearchEntry[] {
  return skill.cards.map(({ id, front, back }) =>
    entry({
      kind: 'card',
      id: `${skill.id}/${id}`,
      title: toPlain(front),
      text: toPlain(back),
      target: skill.id,
      place: id,
      within: skill.title,
    }),
  );
}

function titleOf(curriculum: Curriculum, skill: string): string {
  return curriculum.skills.get(skill)?.title ?? skill;
}
