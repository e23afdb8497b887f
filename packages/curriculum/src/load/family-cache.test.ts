import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compileVariant } from '../items/compile-variant.ts';
import { at, SUM_FAMILY, tinyTree } from '../testing/tiny-curriculum.ts';
import { openFamilyCache } from './family-cache.ts';
import { assembleCurriculum, loadCurriculum } from './load-curriculum.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cache-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

test('what was read once comes back the same, without reading YAML', async () => {
  const file = join(dir, 'families.json');
  const first = await openFamilyCache(file);
  const before = assembleCurriculum(tinyTree(), first);
  await first.save();
  const second = await openFamilyCache(file);
  const after = assembleCurriculum(tinyTree(), second);
  expect(after.findings).toEqual(before.findings);
  for (const [id, family] of before.curriculum?.families ?? []) {
    const again = after.curriculum?.families.get(id);
    expect(again).toEqual(family);
    expect(second.find(family.hash)).toEqual(family.source);
    const variant = family.parametric ? '5' : 'a';
    expect(again && compileVariant(again, variant)).toEqual(compileVariant(family, variant));
  }
});

test('a changed file is read anew, and what is no longer used is forgotten', async () => {
  const file = join(dir, 'families.json');
  const first = await openFamilyCache(file);
  assembleCurriculum(tinyTree(), first);
  await first.save();
  const changed = tinyTree({
    [at('items/two-numbers.yaml')]: SUM_FAMILY.replace('Two numbers', 'Another title'),
  });
  const second = await openFamilyCache(file);
  const { curriculum } = assembleCurriculum(changed, second);
  expect(curriculum?.families.get('two-numbers')?.title).toBe('Another title');
  await second.save();
  expect(Object.keys((JSON.parse(await readFile(file, 'utf8')) as { entries: object }).entries)).toHaveLength(
    2,
  );
});

test('a file with an error is never kept: it is reported at every load', async () => {
  const file = join(dir, 'families.json');
  const broken = tinyTree({ [at('items/two-numbers.yaml')]: SUM_FAMILY.replace('level: 2', 'level: 9') });
  for (let n = 0; n < 2; n++) {
    const cache = await openFamilyCache(file);
    expect(assembleCurriculum(broken, cache).findings).toHaveLength(1);
    await cache.save();
  }
});

test.each(['', 'no json', '{}', '[]', '{"version":"other","entries":{"x":{}}}'])(
  'a cache file holding %j is an empty cache',
  async (text) => {
    const file = join(dir, 'families.json');
    await writeFile(file, text);
    const cache = await openFamilyCache(file);
    expect(cache.find('x')).toBeUndefined();
    expect(assembleCurriculum(tinyTree(), cache).findings).toEqual([]);
  },
);

test('a place that cannot be written to is no error', async () => {
  const cache = await openFamilyCache(join(dir, 'none', 'families.json'));
  assembleCurriculum(tinyTree(), cache);
  await expect(cache.save()).resolves.toBeUndefined();
});

test('the content that ships has the same hash and findings with the cache as without', async () => {
  const content = fileURLToPath(new URL('../../../../content', import.meta.url));
  const cacheFile = join(dir, 'families.json');
  const plain = await loadCurriculum(content);
  await loadCurriculum(content, { cacheFile });
  const cached = await loadCurriculum(content, { cacheFile });
  expect(cached.curriculum?.hash).toBe(plain.curriculum?.hash);
  expect(cached.curriculum?.families.size).toBe(plain.curriculum?.families.size);
  expect(cached.findings).toEqual(plain.findings);
});
