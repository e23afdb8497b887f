import type { SearchHitView, SearchKind } from '@edirae/school';

/** Where a hit leads. */
export function hrefOf({ kind, target, place }: SearchHitView): string {
  switch (kind) {
    case 'skill':
      return `/skills/${target}`;
    case 'lesson':
      return `/skills/${target}${place === null ? '' : `#${place}`}`;
    case 'practice':
      return `/skills/${target}/practice`;
    case 'card':
      return `/skills/${target}`;
    case 'lab':
      return `/labs/${target}`;
    case 'resource':
      return target;
    case 'guide':
      return `/careers/${target}`;
    case 'exam':
      return `/careers/ai-engineering-architect#certifications`;
  }
}

/** Whether a hit leaves this site. */
export const isOutside = ({ kind }: SearchHitView): boolean => kind === 'resource';

/** Headings of groups of results, and what a filter is called. */
export const kindWords: Record<SearchKind, string> = {
  skill: 'Skills',
  lesson: 'Lessons',
  practice: 'Practice',
  card: 'Cards',
  lab: 'Labs',
  resource: 'Resources',
  guide: 'Guides',
  exam: 'Certifications',
};

/** Hits under the heading of their kind, the kind with the best hit first. */
export function groupHits(hits: readonly SearchHitView[]): { kind: SearchKind; hits: SearchHitView[] }[] {
  const groups = new Map<SearchKind, SearchHitView[]>();
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
  return [...groups].map(([kind, inGroup]) => ({ kind, hits: inGroup }));
}

/** Address of a search. */
export function searchHref(words: string, kind?: SearchKind): string {
  const query = new URLSearchParams({ q: words, ...(kind ? { kind } : {}) });
  return `/search?${query.toString()}`;
}
