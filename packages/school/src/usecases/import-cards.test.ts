import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makePackage, type Made } from '@edirae/anki/testing';
import { describeOnBoth } from '../../testing/databases.ts';
import { readExport } from '../../testing/read-export.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { addNotes } from '../cards/add-notes.ts';
import { actOn } from '../store/act-on.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import { deleteLearner } from './delete-learner.ts';
import { exportCards } from './export-cards.ts';
import { findMedia } from './get-media.ts';
import { getReview } from './get-review.ts';
import { gradeCards } from './grade-cards.ts';
import { importCsv } from './import-csv.ts';
import { importPackage } from './import-package.ts';

const DAY = 86_400_000;
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10]);

describeOnBoth('decks from elsewhere', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'edirae-import-'));
  let test: TestSchool;
  let learner = '';
  let n = 0;

  beforeAll(async () => {
    test = await openTestSchool(kind);
  }, 120_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await test?.close();
  });
  beforeEach(async () => {
    learner = await test.newLearner();
  });

  const path = (ending = 'apkg') => join(folder, `${++n}.${ending}`);
  const made = async (more: Partial<Made> = {}) => {
    const file = path();
    await makePackage(file, {
      layout: 'anki21b',
      now: test.time.now,
      notes: [
        {
          guid: 'g1',
          fields: ['Front <script>alert(1)</script>', 'Back <img src="a.png">'],
          tags: 'serving',
        },
        { guid: 'g2', fields: ['Reads {{c1::every weight}} once', ''], cloze: true },
      ],
      reviews: [
        [30, 3],
        [27, 3],
        [18, 3],
      ],
      media: { 'a.png': PNG, '_style.css': Buffer.from('x'), 'page.html': Buffer.from('<html>') },
      ...more,
    });
    return file;
  };
  const take = async (file: string, who = learner) => {
    const result = await importPackage(test.school, who, file);
    if (result.outcome !== 'imported') throw new Error(JSON.stringify(result));
    return result;
  };
  const all = async (who = learner) => (await readExport(test.school, who)).cards;

  it.each(['anki2', 'anki21', 'anki21b'] as const)('come whole from the layout %s', async (layout) => {
    const result = await take(await made({ layout }));
    expect(result).toMatchObject({ notes: 2, cards: 3, media: 1, reviews: 6, decks: 1 });
    expect(result.skipped.map(({ what }) => what)).toEqual(['media _style.css', 'media page.html']);
    const { cards, decks } = await all();
    expect(decks.map(({ name }) => name)).toEqual(['Serving::Caches']);
    // Three good answers, the last eighteen days ago: FSRS’s own dates, not the package’s.
    expect(cards.filter(({ schedule }) => schedule?.reps === 3)).toHaveLength(2);
  });

  it('turn a schedule without a history into one that goes on from it', async () => {
    await take(await made({ reviews: [], interval: 40, dueIn: 3 }));
    const [card] = (await all()).cards;
    expect(card?.schedule).toMatchObject({ interval: 40, reps: 4, stability: 40 });
    expect(card?.dueAt).toBe(Math.floor(test.time.now / DAY) * DAY + 3 * DAY);
  });

  it('are there once, however often they are taken over', async () => {
    const file = await made();
    await take(file);
    const before = await all();
    expect((await take(file)).added).toEqual({ notes: 0, cards: 0, reviews: 0 });
    expect(await all()).toEqual(before);
  });

  it('show no script, and a picture only to whom it belongs', async () => {
    await take(await made());
    const review = await getReview(test.school, learner);
    if (review.outcome !== 'card') throw new Error(review.outcome);
    const hash = Object.values((await all()).media)[0] ?? '';
    expect(`${review.card.front}${review.card.back}`).not.toContain('<script');
    expect(await findMedia(test.school, learner, hash)).toMatchObject({ type: 'image/png' });
    expect(await findMedia(test.school, await test.newLearner(), hash)).toBeUndefined();
  });

  it('store a picture once for everybody, and forget it with the last who had it', async () => {
    const other = await test.newLearner();
    const picture = Uint8Array.from([...PNG, ...Buffer.from(learner)]);
    const file = await made({ media: { 'a.png': picture } });
    await take(file);
    await take(file, other);
    const hash = Object.values((await all()).media)[0] ?? '';
    const stored = async () =>
      test.school.db.selectFrom('media_files').select('hash').where('hash', '=', hash).execute();
    expect(await stored()).toHaveLength(1);
    await deleteLearner(test.school, learner);
    expect(await stored()).toHaveLength(1);
    await deleteLearner(test.school, other);
    expect(await stored()).toHaveLength(0);
  });

  it('keep two pictures of one name apart', async () => {
    await take(await made());
    await take(
      await made({
        notes: [{ guid: 'g9', fields: ['Other', '<img src="a.png">'] }],
        media: { 'a.png': Uint8Array.from([...PNG, 9]) },
      }),
    );
    const { media, notes } = await all();
    expect(new Set(Object.values(media)).size).toBe(2);
    expect(notes.find(({ guid }) => guid === 'g9')?.fields[1]).toMatch(/src="a-[0-9a-f]{8}\.png"/);
  });

  it('leave nothing behind where they are refused in the middle', async () => {
    const file = await made({ media: { 'a.png': Uint8Array.from([...PNG, ...Buffer.from(`half ${n}`)]) } });
    const before = await test.school.db.selectFrom('media_files').select('hash').execute();
    const bad = await made({
      notes: [
        { guid: 'ok', fields: ['a', 'b'] },
        { guid: 'long', fields: ['x'.repeat(300_000), ''] },
      ],
      media: { 'b.png': Uint8Array.from([...PNG, 77]) },
    });
    expect(await importPackage(test.school, learner, bad)).toMatchObject({ outcome: 'refused' });
    expect(await all()).toMatchObject({ notes: [], cards: [], decks: [], grades: [], media: {} });
    expect(await test.school.db.selectFrom('media_files').select('hash').execute()).toEqual(before);
    await take(file);
  });

  it('go out and come back without loss: reviews, schedules, media, tags', async () => {
    await take(await made());
    const review = await getReview(test.school, learner);
    if (review.outcome !== 'card') throw new Error(review.outcome);
    await gradeCards(test.school, learner, [{ id: `again-${n}`, card: review.card.ref, grade: 4, ms: 900 }]);
    const file = path();
    const out = await exportCards(test.school, learner, 'Serving::Caches', { file, form: 'apkg' });
    expect(out).toMatchObject({ outcome: 'exported', notes: 2, cards: 3, reviews: 7, media: 1 });

    expect((await take(file)).added).toEqual({ notes: 0, cards: 0, reviews: 0 });
    const other = await test.newLearner();
    expect(await take(file, other)).toMatchObject({ notes: 2, cards: 3, media: 1, reviews: 7 });
    const essence = async (who: string) => {
      const { notes, cards, media } = await all(who);
      const guid = new Map(notes.map((note) => [note.id, note.guid]));
      return {
        notes: notes
          .map(({ guid, fields, tags }) => ({ guid, fields, tags }))
          .sort((a, b) => (a.guid < b.guid ? -1 : 1)),
        cards: cards
          .map(({ noteId, ord, schedule, dueAt }) => ({
            key: `${guid.get(noteId ?? '')}/${ord}`,
            schedule,
            dueAt,
          }))
          .sort((a, b) => (a.key < b.key ? -1 : 1)),
        media,
      };
    };
    expect(await essence(other)).toEqual(await essence(learner));
  });

  it('bring back cards written here as they were written', async () => {
    await actOn(test.school, learner, async (tx) => {
      const store = createCardStore(tx.queries, learner);
      await store.insertDeck({
        id: `deck-${n}`,
        skill: null,
        name: 'Mine',
        studied: null,
        createdAt: tx.now,
      });
      const draft = {
        deckId: `deck-${n}`,
        both: false,
        tags: ['own'],
        skill: 'kv-cache',
        source: 'A sentence.',
      };
      await addNotes(
        test.school,
        store,
        [
          { ...draft, form: 'basic', fields: ['Why $$x < 1$$ & `a < b`?', '**Because** <b>'], both: true },
          { ...draft, form: 'cloze', fields: ['$$t = {{c1::W}}/B$$ and {{c2::more}}', ''] },
        ],
        tx.now,
      );
    });
    const file = path();
    await exportCards(test.school, learner, 'Mine', { file, form: 'apkg' });
    const other = await test.newLearner();
    await take(file, other);
    const texts = async (who: string) =>
      (await all(who)).notes
        .map(({ form, fields, tags, skill, source }) => ({ form, fields, tags, skill, source }))
        .sort((a, b) => (a.form < b.form ? -1 : 1));
    expect(await texts(other)).toEqual(await texts(learner));
    expect((await all(other)).cards).toHaveLength(4);
  });

  it('give the content’s cards back to the content', async () => {
    await gradeCards(test.school, learner, [{ id: `c-${n}`, card: 'content:kv-cache/kv-product', grade: 3 }]);
    const [first] = test.school.curriculum.skills.get('kv-cache')?.cards ?? [];
    await gradeCards(test.school, learner, [
      { id: `d-${n}`, card: `content:kv-cache/${first?.id}`, grade: 3 },
    ]);
    const file = path();
    await exportCards(test.school, learner, 'skill:kv-cache', { file, form: 'apkg' });
    const other = await test.newLearner();
    await take(file, other);
    const { notes, cards } = await all(other);
    expect(notes).toEqual([]);
    expect(cards.find(({ ref }) => ref === `content:kv-cache/${first?.id}`)?.schedule?.reps).toBe(1);
  });

  it('come as tables too, and go', async () => {
    const text =
      '#separator:tab\n#tags column:3\nWhat is p99?\t"The 99th\npercentile"\tlatency serving\nReads {{c1::all}}\t\t\n';
    const first = await importCsv(test.school, learner, { text, deck: 'Latency' });
    expect(first).toMatchObject({ outcome: 'imported', notes: 2, cards: 2, decks: 1, added: { notes: 2 } });
    const file = path('csv');
    await exportCards(test.school, learner, 'Latency', { file, form: 'csv' });
    const again = await importCsv(test.school, learner, { text: readFileSync(file, 'utf8'), deck: 'x' });
    expect(again).toMatchObject({ notes: 2, added: { notes: 0, cards: 0 } });
    expect((await all()).notes.flatMap(({ tags }) => tags)).toEqual(['latency', 'serving']);
    expect(await importCsv(test.school, learner, { text: '', deck: 'x' })).toMatchObject({
      outcome: 'refused',
    });
  });
});
