import { SEARCH_KINDS, type Marked, type SearchKind } from '@edirae/curriculum';
import { emptyState, isOpen, isRefreshDue, stateOf, type StateName } from '@edirae/engine';
import { z } from 'zod';
import { readSettled } from '../present/read-settled.ts';
import type { School } from '../school.ts';

export interface SearchHitView {
  kind: SearchKind;
  id: string;
  /** What was searched for is marked. */
  title: Marked[];
  /** The passage where it stands; empty where the title says all. */
  snippet: Marked[];
  /** Id of the skill, lab, guide or exam it opens; the address of a resource. */
  target: string;
  /** Heading of the lesson, or card, to open it at. */
  place: string | null;
  /** Title of the skill it belongs to; organisation of a resource; code of an exam. */
  within: string | null;
  /** Where the learner stands; of a skill only. */
  skill: {
    state: StateName;
    open: boolean;
    refreshDue: boolean;
    written: boolean;
    onTrack: boolean;
    module: string;
  } | null;
}

export interface SearchView {
  /** The words that were read: trimmed, and cut where they were longer than a search. */
  words: string;
  /** As they were meant, where some were misspelt. */
  meant: string | null;
  /** Whether something holds all that was asked for. */
  complete: boolean;
  /** Best first. */
  hits: SearchHitView[];
  /** How many there are of each kind, in the order of `SEARCH_KINDS`. */
  counts: { kind: SearchKind; count: number }[];
  total: number;
}

const MOST_WORDS = 200;

export const searchBody = z.object({
  q: z.string().catch(''),
  kind: z.enum(SEARCH_KINDS).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(50).catch(20),
});

/**
 * Finds what is taught by words. What an item asks is never searched, only its subject, so nothing is told that a check asks for.
 * @param learnerId null for a visitor: then no state is shown
 */
export async function searchLibrary(
  school: School,
  learnerId: string | null,
  { q, kind, limit }: z.infer<typeof searchBody>,
): Promise<SearchView> {
  const words = q
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trimStart()
    .slice(0, MOST_WORDS);
  const search = await school.search();
  const { hits, counts, meant, complete } = search.find(words, { limit, ...(kind ? { kind } : {}) });
  const reader = learnerId === null || hits.length === 0 ? null : await readSettled(school, learnerId);
  const state = reader?.state ?? emptyState();
  const now = reader?.now ?? school.clock();
  const toSkill = (id: string): SearchHitView['skill'] => {
    const skill = school.curriculum.skills.get(id);
    if (!skill) return null;
    const record = state.skills[id];
    return {
      state: stateOf(record),
      open: isOpen(state, school.graph, id),
      refreshDue: record ? isRefreshDue(record, now) : false,
      written: skill.status === 'written',
      onTrack: state.goal?.skills.includes(id) === true,
      module: school.curriculum.modules.find((module) => module.id === skill.module)?.title ?? '',
    };
  };
  const counted = SEARCH_KINDS.flatMap((one) => {
    const count = counts[one] ?? 0;
    return count > 0 ? [{ kind: one, count }] : [];
  });
  return {
    words: words.trim(),
    meant,
    complete,
    hits: hits.map(({ kind, id, title, snippet, target, place, within }) => ({
      kind,
      id,
      title,
      snippet,
      target,
      place,
      within,
      skill: kind === 'skill' ? toSkill(target) : null,
    })),
    counts: counted,
    total: counted.reduce((sum, { count }) => sum + count, 0),
  };
}
