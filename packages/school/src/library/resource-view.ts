import type { RESOURCE_LEVELS, Resource } from '@edirae/curriculum';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import type { ResourceMark } from '../store/resource-marks.ts';
import { renderOwnWords } from './lesson-note-view.ts';

export type ResourceLevel = (typeof RESOURCE_LEVELS)[number];

/** A resource with what a learner keeps about it. */
export interface ResourceView {
  url: string;
  title: string;
  /** Author, publisher, or both. */
  by: string;
  type: Resource['type'];
  level: ResourceLevel;
  /** Null where nobody measured. */
  minutes: number | null;
  /** Null where its terms were not read. */
  licence: string | null;
  why: string | null;
  /** When somebody here last looked at it; null where that is not known. */
  checkedOn: string | null;
  /** Why it is no longer offered; null for what is. */
  retired: string | null;
  skills: { id: string; title: string }[];
  /** Ids of the modules of its skills. */
  modules: string[];
  saved: boolean;
  doneAt: number | null;
  note: string;
  noteHtml: string;
  reportedAt: number | null;
  /** The learner keeps something about it under an address that it no longer has. */
  moved: boolean;
}

/** A resource as pages show it. @param skill whose reason to read it comes first */
export function toResourceView(
  school: School,
  resource: Resource,
  marks: ReadonlyMap<string, ResourceMark>,
  skill?: string,
): ResourceView {
  const { url, title, author, org, type, formerly } = resource;
  const former = formerly.find((address) => marks.has(address));
  const mark = marks.get(url) ?? (former === undefined ? undefined : marks.get(former));
  const used = [...(skill === undefined ? [] : [skill]), ...resource.skills].flatMap(
    (id) => school.curriculum.skills.get(id)?.resources.find((use) => use.url === url)?.why || [],
  );
  const skills = resource.skills.filter((id) => school.curriculum.skills.has(id));
  return {
    url,
    title,
    by: [author, org].filter(Boolean).join(', '),
    type,
    level: resource.level ?? levelOf(school, skills),
    minutes: resource.minutes ?? null,
    licence: resource.licence ?? null,
    why: resource.why ?? used[0] ?? null,
    checkedOn: resource.date ?? null,
    retired: resource.retired ?? null,
    skills: skills.map((id) => ({ id, title: skillTitle(school, id) })),
    modules: [...new Set(skills.flatMap((id) => school.curriculum.skills.get(id)?.module ?? []))],
    saved: mark?.saved ?? false,
    doneAt: mark?.doneAt ?? null,
    note: mark?.note ?? '',
    noteHtml: renderOwnWords(mark?.note ?? ''),
    reportedAt: mark?.reportedAt ?? null,
    moved: !marks.has(url) && former !== undefined,
  };
}

/** From the earliest stage that needs it. */
function levelOf(school: School, skills: readonly string[]): ResourceLevel {
  const stages = skills.flatMap((id) => school.curriculum.skills.get(id)?.stage ?? []);
  const first = Math.min(4, ...stages);
  if (first === 1) return 'introductory';
  return first === 4 ? 'advanced' : 'intermediate';
}
