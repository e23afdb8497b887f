import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { lazySearch } from '../library/search-index.ts';
import { searchBody, searchLibrary } from './search-library.ts';
import { setGoal } from './set-goal.ts';

describeOnBoth('searching', (kind) => {
  let test: TestSchool;
  beforeAll(async () => {
    test = await openTestSchool(kind);
  }, 60_000);
  afterAll(async () => test?.close());

  const find = (learner: string | null, query: Record<string, string>) =>
    searchLibrary(test.school, learner, searchBody.parse(query));

  it('shows a learner where they stand, and a visitor what there is', async () => {
    const learner = await test.newLearner();
    await setGoal(test.school, learner, { text: 'KV cache memory' });
    const [mine] = (await find(learner, { q: 'kv cache' })).hits;
    expect(mine).toMatchObject({ id: 'skill/kv-cache', skill: { onTrack: true, written: true } });
    const [theirs] = (await find(null, { q: 'kv cache' })).hits;
    expect(theirs).toMatchObject({ id: 'skill/kv-cache', skill: { onTrack: false, state: 'new' } });
  });

  it('keeps to one kind, and still counts the others', async () => {
    const found = await find(null, { q: 'cache', kind: 'card', limit: '3' });
    expect(found.hits).toHaveLength(3);
    expect(found.hits.every((hit) => hit.kind === 'card')).toBe(true);
    expect(found.counts.length).toBeGreaterThan(2);
    expect(found.total).toBe(found.counts.reduce((sum, { count }) => sum + count, 0));
  });

  it('takes an unknown kind and a senseless limit for none', async () => {
    const found = await find(null, { q: 'cache', kind: 'everything', limit: '-4' });
    expect(found.hits).toHaveLength(20);
  });

  it('keeps its index, reads it again, and makes it anew where it is damaged', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'edirae-search-'));
    const file = join(folder, 'search-index.json');
    const { curriculum, matcher } = test.school;
    expect((await lazySearch(curriculum, matcher, file)()).isKept).toBe(false);
    expect((await lazySearch(curriculum, matcher, file)()).isKept).toBe(true);
    const { of } = JSON.parse(await readFile(file, 'utf8')) as { of: string };
    for (const damaged of [
      '{',
      '[]',
      'null',
      JSON.stringify({ of }),
      JSON.stringify({ of, index: {}, words: [] }),
    ]) {
      await writeFile(file, damaged);
      const search = await lazySearch(curriculum, matcher, file)();
      expect(search.find('kv cache').hits[0]?.id).toBe('skill/kv-cache');
    }
    await rm(folder, { recursive: true });
  });
});
