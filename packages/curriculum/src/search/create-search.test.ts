import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Curriculum } from '../curriculum.ts';
import { loadCurriculum } from '../load/load-curriculum.ts';
import { renderLesson } from '../markdown/render-lesson.ts';
import { createMatcher, type Matcher } from '../match/matcher.ts';
import { createSearch, type Search, type SearchHit } from './create-search.ts';
import { listSearchEntries } from './list-entries.ts';

const CONTENT = fileURLToPath(new URL('../../../../content', import.meta.url));

describe('search', () => {
  let curriculum: Curriculum;
  let matcher: Matcher;
  let search: Search;
  beforeAll(async () => {
    const loaded = await loadCurriculum(CONTENT);
    if (!loaded.curriculum) throw new Error('The content does not load');
    curriculum = loaded.curriculum;
    matcher = createMatcher(curriculum);
    search = createSearch(curriculum, matcher);
  }, 60_000);

  const first = (words: string): string | undefined => search.find(words).hits[0]?.id;
  const textOf = (pieces: SearchHit['title']): string => pieces.map(({ text }) => text).join('');

  it.each([
    ['kv cache', 'skill/kv-cache'],
    ['prompt inj', 'skill/prompt-injection-defence'],
    ['max_num_seqs', 'skill/batching-scheduling'],
    ['K8s', 'skill/k8s-core-objects'],
    ['MLA-C01', 'exam/mla-c01'],
  ])('finds for "%s" what it names', (words, id) => {
    expect(first(words)).toBe(id);
  });

  it('reads a misspelt word as it was meant, and says so', () => {
    const { hits, meant } = search.find('kv cahce');
    expect(hits[0]?.id).toBe('skill/kv-cache');
    expect(meant).toBe('kv cache');
  });

  it('marks the words that were found, and loses nothing of the text', () => {
    const [hit] = search.find('tail latency').hits;
    expect(hit?.title.filter((piece) => piece.hit).map(({ text }) => text.toLowerCase())).toEqual([
      'tail',
      'latency',
    ]);
    expect(textOf(hit?.title ?? [])).toBe(curriculum.skills.get('tail-latency')?.title);
  });

  it('shows a passage around the words', () => {
    const hit = search.find('pre-emption', { kind: 'lesson' }).hits[0];
    expect(hit?.snippet.some((piece) => piece.hit)).toBe(true);
    expect(textOf(hit?.snippet ?? []).length).toBeLessThan(230);
  });

  it('opens every passage at a heading that its page has', () => {
    for (const skill of curriculum.skills.values()) {
      if (!skill.lesson) continue;
      const ids = new Set(renderLesson(skill, curriculum).headings.map(({ id }) => id));
      const places = listSearchEntries(curriculum)
        .filter(({ kind, target, place }) => kind === 'lesson' && target === skill.id && place !== null)
        .map(({ place }) => place);
      expect(places.filter((place) => !ids.has(place ?? ''))).toEqual([]);
    }
  });

  it('holds of items only their subjects', () => {
    const practice = listSearchEntries(curriculum).filter(({ kind }) => kind === 'practice');
    expect(practice).toHaveLength(curriculum.families.size);
    expect(practice.every(({ text, names }) => text === '' && names.length === 0)).toBe(true);
  });

  it('says where nothing holds all of the words', () => {
    expect(search.find('vector accordions').complete).toBe(false);
    expect(search.find('zzzzqqq').hits).toEqual([]);
    expect(search.find('kv cache memory').complete).toBe(true);
  });

  it.each(['', '   ', '((((', '🙂', '<script>alert(1)</script>', "' OR 1=1 --", 'a'.repeat(5_000), '\u202e'])(
    'takes %j for words like any other',
    (words) => {
      expect(search.find(words).hits.length).toBeLessThanOrEqual(20);
    },
  );

  it('finds the same with an index that was kept, and does not read one of other content', () => {
    const kept = JSON.parse(JSON.stringify(search.keep())) as ReturnType<Search['keep']>;
    const again = createSearch(curriculum, matcher, kept);
    expect(again.isKept).toBe(true);
    for (const words of ['kv cahce', 'quanti', 'why is p99 so high'])
      expect(again.find(words)).toEqual(search.find(words));
    expect(createSearch(curriculum, matcher, { ...kept, of: 'other' }).isKept).toBe(false);
  });
});
