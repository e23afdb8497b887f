import { RESOURCE_LEVELS, RESOURCE_TYPES } from '@edirae/curriculum';
import { z } from 'zod';
import { toResourceView, type ResourceView } from '../library/resource-view.ts';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';

/** Which resources are wanted; what is not understood is ignored. */
export const resourcesAsked = z.object({
  type: z.enum(RESOURCE_TYPES).optional().catch(undefined),
  level: z.enum(RESOURCE_LEVELS).optional().catch(undefined),
  module: z.string().optional().catch(undefined),
  skill: z.string().optional().catch(undefined),
  /** `track`: for a skill on the learner's track. */
  show: z.enum(['all', 'track', 'saved', 'done', 'todo']).catch('all'),
  order: z.enum(['next', 'title', 'short']).catch('next'),
  page: z.coerce.number().int().min(1).max(1_000).catch(1),
});

export type ResourcesAsked = z.infer<typeof resourcesAsked>;

export interface ResourcesView {
  asked: ResourcesAsked;
  /** One page of them. */
  resources: ResourceView[];
  /** How many fit, and on how many pages they stand. */
  total: number;
  pages: number;
  /** Place of the first one shown, from 1. */
  from: number;
  /** How many of each type fit everything but the type. */
  types: { type: ResourceView['type']; count: number }[];
  modules: { id: string; number: number; title: string }[];
  /** The skill asked for. */
  skill: { id: string; title: string } | null;
}

const PAGE = 20;

/** The curated list with what a learner keeps about each. @param learnerId null for a visitor */
export async function listResources(
  school: School,
  learnerId: string | null,
  asked: ResourcesAsked,
): Promise<ResourcesView> {
  const { curriculum } = school;
  const reader = learnerId === null ? null : await readLearner(school, learnerId);
  const marks = new Map(((await reader?.store.listResourceMarks()) ?? []).map((mark) => [mark.url, mark]));
  const track = reader?.state.goal?.skills ?? [];
  const skill = asked.skill === undefined ? undefined : curriculum.skills.get(asked.skill);
  const fits = (one: ResourceView): boolean =>
    // What was retired is only there for those who keep something about it.
    (one.retired === null || one.saved || one.doneAt !== null || one.note !== '') &&
    (asked.level === undefined || one.level === asked.level) &&
    (asked.module === undefined || one.modules.includes(asked.module)) &&
    (skill === undefined || one.skills.some(({ id }) => id === skill.id)) &&
    shows(one, asked.show, track);
  const all = curriculum.resources
    .map((resource) => toResourceView(school, resource, marks, skill?.id))
    .filter(fits);
  const chosen = sort(
    all.filter(({ type }) => asked.type === undefined || type === asked.type),
    asked.order,
    (id) => whenNeeded(track, id, (one) => (reader?.state.skills[one]?.demonstratedAt ?? null) !== null),
  );
  const pages = Math.max(1, Math.ceil(chosen.length / PAGE));
  const page = Math.min(asked.page, pages);
  return {
    asked: { ...asked, page },
    resources: chosen.slice((page - 1) * PAGE, page * PAGE),
    total: chosen.length,
    pages,
    from: chosen.length === 0 ? 0 : (page - 1) * PAGE + 1,
    types: RESOURCE_TYPES.map((type) => ({ type, count: all.filter((one) => one.type === type).length })),
    modules: curriculum.modules.map(({ id, number, title }) => ({ id, number, title })),
    skill: skill ? { id: skill.id, title: skill.title } : null,
  };
}

function shows(one: ResourceView, show: ResourcesAsked['show'], track: readonly string[]): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'track':
      return one.skills.some(({ id }) => track.includes(id));
    case 'saved':
      return one.saved;
    case 'done':
      return one.doneAt !== null;
    case 'todo':
      return one.saved && one.doneAt === null;
  }
}

/** Place on the track; what is proven already, and what is not on it, comes after. */
function whenNeeded(track: readonly string[], id: string, isProven: (id: string) => boolean): number {
  const place = track.indexOf(id);
  return place === -1 || isProven(id) ? track.length : place;
}

function sort(
  resources: readonly ResourceView[],
  order: ResourcesAsked['order'],
  placeOf: (skill: string) => number,
): ResourceView[] {
  if (order === 'title') return resources.toSorted((a, b) => a.title.localeCompare(b.title, 'en'));
  if (order === 'short')
    return resources.toSorted((a, b) => (a.minutes ?? Infinity) - (b.minutes ?? Infinity) || 0);
  const place = ({ skills }: ResourceView) => Math.min(...skills.map(({ id }) => placeOf(id)), Infinity);
  const places = new Map(resources.map((one) => [one.url, place(one)]));
  const at = (one: ResourceView) => Math.min(places.get(one.url) ?? Infinity, Number.MAX_SAFE_INTEGER);
  return resources.toSorted((a, b) => Number(a.doneAt !== null) - Number(b.doneAt !== null) || at(a) - at(b));
}
