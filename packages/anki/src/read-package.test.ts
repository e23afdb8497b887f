import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { makePackage, type Layout, type Made } from '../testing/make-package.ts';
import { PACKAGE_LIMITS } from './limits.ts';
import { PackageError } from './package-error.ts';
import { openPackage } from './read-package.ts';

const folder = mkdtempSync(join(tmpdir(), 'edirae-anki-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let n = 0;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 10, 12);

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
const base: Omit<Made, 'layout'> = {
  now: NOW,
  notes: [
    { guid: 'g1', fields: ['What limits decode?', 'Bandwidth <img src="a.png">'], tags: 'serving kv' },
    { guid: 'g2', fields: ['Each token reads {{c1::every weight}}.', 'once'], cloze: true },
  ],
  reviews: [
    [20, 3],
    [17, 1],
    [10, 3],
  ],
  interval: 12,
  dueIn: 2,
  media: { 'a.png': PNG },
};
const made = async (more: Partial<Made> & { layout: Layout }): Promise<string> => {
  const file = join(folder, `${++n}.apkg`);
  await makePackage(file, { ...base, ...more });
  return file;
};
const refusal = async (file: string, limits = PACKAGE_LIMITS): Promise<string> => {
  try {
    const source = await openPackage(file, { folder, limits });
    try {
      for await (const one of source.media(() => true)) expect(one.data.length).toBeGreaterThan(0);
      expect([...source.notes(), ...source.cards(), ...source.grades()].length).toBeGreaterThan(0);
    } finally {
      await source.close();
    }
  } catch (error) {
    expect(error).toBeInstanceOf(PackageError);
    return (error as PackageError).message;
  }
  throw new Error('It was not refused.');
};

describe('a package', () => {
  it.each(['anki2', 'anki21', 'anki21b'] as const)('is read whole in the layout %s', async (layout) => {
    const source = await openPackage(await made({ layout }), { folder });
    expect(source).toMatchObject({ layout, counts: { notes: 2, cards: 3, grades: 6 } });
    const types = [...source.noteTypes.values()];
    expect(types.map(({ cloze, fields, templates }) => [cloze, fields.length, templates.length])).toEqual([
      [false, 2, 2],
      [true, 2, 1],
    ]);
    expect([...source.notes()][0]).toMatchObject({ guid: 'g1', tags: ['serving', 'kv'] });
    expect([...source.cards()][0]).toMatchObject({
      deck: 'Serving::Caches',
      interval: 12,
      dueAt: Math.floor(NOW / DAY) * DAY + 2 * DAY,
    });
    expect([...source.grades()].map(({ grade }) => grade)).toEqual([3, 1, 3, 3, 1, 3]);
    const media = [];
    for await (const file of source.media(() => true)) media.push([file.name, file.data.length]);
    expect(media).toEqual([['a.png', PNG.length]]);
    await source.close();
  });

  it('leaves nothing unpacked behind, read or refused', async () => {
    const source = await openPackage(await made({ layout: 'anki21b' }), { folder });
    await source.close();
    await refusal(await made({ layout: 'anki2' }), { ...PACKAGE_LIMITS, notes: 1 });
    expect(readdirSync(folder).filter((name) => name.startsWith('edirae-deck-'))).toEqual([]);
  });

  it('is refused with a reason where it is broken', async () => {
    const text = join(folder, 'text.apkg');
    writeFileSync(text, 'not a package');
    expect(await refusal(text)).toContain('cannot be unpacked');
    const cut = await made({ layout: 'anki21' });
    truncateSync(cut, 900);
    expect(await refusal(cut)).toContain('cannot be unpacked');
    const other = await made({
      layout: 'anki2',
      raw: { 'collection.anki21b': zstdCompressSync(Buffer.from('x'.repeat(5000))) },
    });
    expect(await refusal(other)).toContain('cannot be read');
    const damaged = await made({
      layout: 'anki2',
      raw: { 'collection.anki21b': Buffer.from('no zstd at all') },
    });
    expect(await refusal(damaged)).toContain('cannot be unpacked');
  });

  it('is refused where more comes out than may', async () => {
    const bomb = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(64 * 1024);
    const file = await made({ layout: 'anki2', raw: { 'collection.anki21b': bomb } });
    expect(await refusal(file, { ...PACKAGE_LIMITS, collectionBytes: 1024 * 1024 })).toContain(
      'more than 1 MiB',
    );
    const media = await made({
      layout: 'anki21b',
      media: { 'a.png': Buffer.alloc(900_000), 'b.png': Buffer.alloc(900_000) },
    });
    expect(await refusal(media, { ...PACKAGE_LIMITS, mediaBytes: 1_000_000 })).toContain(
      'pictures and sounds',
    );
    expect(await refusal(await made({ layout: 'anki2' }), { ...PACKAGE_LIMITS, entries: 2 })).toContain(
      'files',
    );
    expect(await refusal(await made({ layout: 'anki2' }), { ...PACKAGE_LIMITS, noteLength: 10 })).toContain(
      'long',
    );
  });

  it('cannot name a place outside, or a file twice', async () => {
    const file = await made({
      layout: 'anki2',
      media: { '../../etc/passwd': PNG, '/abs.png': PNG, 'ok.png': PNG },
      raw: { 'evil/../../x': PNG },
    }).catch(() => undefined);
    // The zip library refuses to write such a name; the list of media does not.
    const plain =
      file ?? (await made({ layout: 'anki2', media: { '../../etc/passwd': PNG, 'ok.png': PNG } }));
    const source = await openPackage(plain, { folder });
    const names = [];
    for await (const one of source.media(() => true)) names.push(one.name);
    await source.close();
    expect(names).toEqual(['ok.png']);
    expect(await refusal(await made({ layout: 'anki2', raw: { media: Buffer.from('{}') } }))).toContain(
      'twice',
    );
  });

  it('is not run: a view or a computed column in place of a table is refused', async () => {
    const path = join(folder, 'hostile.db');
    const db = new DatabaseSync(path);
    db.exec(`
      create table col (id integer primary key, crt integer, models text, decks text);
      insert into col values (1, 0, '{}', '{}');
      create table cards (id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, odue, odid, data);
      create table revlog (id, cid, ease, factor, time, type);
      create view notes as with recursive n(id) as (select 1 union all select id + 1 from n)
        select id, id as guid, 1 as mid, '' as tags, 'x' as flds from n;`);
    db.close();
    const { readFileSync } = await import('node:fs');
    const file = await made({
      layout: 'anki2',
      raw: { 'collection.anki21b': zstdCompressSync(readFileSync(path)) },
    });
    expect(await refusal(file)).toContain('“notes” is missing or different');
  });
});
