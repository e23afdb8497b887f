import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { readExport } from '../../testing/read-export.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { browseCards, type CardQuestion } from './browse-cards.ts';
import { dropDeck, makeDeck, renameDeck, studyDeck } from './change-deck.ts';
import { editCards } from './edit-cards.ts';
import { getCardLibrary } from './get-card-library.ts';
import { getReview } from './get-review.ts';
import { gradeCards } from './grade-cards.ts';
import { addNote, changeNote, findNote, previewNote, type WrittenNote } from './write-note.ts';

describeOnBoth('a learner’s own cards', (kind) => {
  let test: TestSchool;
  let learner = '';
  beforeAll(async () => {
    test = await openTestSchool(kind);
  }, 120_000);
  afterAll(async () => test?.close());
  beforeEach(async () => {
    learner = await test.newLearner();
  });

  const add = async (front: string, more: Partial<WrittenNote> = {}) => {
    const written = { front, back: 'back', both: false, tags: '', deck: 'Mine', ...more };
    const result = await addNote(test.school, learner, written);
    if (result.outcome !== 'written') throw new Error(result.outcome);
    return result;
  };
  const browse = async (question: CardQuestion = {}) => {
    const list = await browseCards(test.school, learner, question);
    if (list.outcome !== 'list') throw new Error(list.outcome);
    return list;
  };

  it('are written, asked, and found again by their words and tags', async () => {
    await add('What is a **page table**?', { tags: 'paging, kv' });
    await add('Something else');
    expect((await getReview(test.school, learner)).outcome).toBe('card');
    expect((await browse({ text: 'PAGE table' })).total).toBe(1);
    expect((await browse({ tag: 'kv' })).total).toBe(1);
    expect((await browse({ tag: 'k' })).total).toBe(0);
    expect((await browse({ text: '100%' })).total).toBe(0);
    expect((await browse({ only: 'new' })).total).toBe(2);
  });

  it('make a card for each gap, and follow when gaps come and go, keeping what is remembered', async () => {
    const { note, cards } = await add('Reads {{c1::weights}} once a {{c2::token}}.');
    expect(cards).toBe(2);
    const first = (await browse()).cards.find(({ front }) => front.includes('Reads <strong>'));
    await gradeCards(test.school, learner, [{ id: 'g', card: first?.ref ?? '', grade: 3 }]);
    const text = { back: '', both: false, tags: '', deck: 'Mine' };
    await changeNote(test.school, learner, note, {
      ...text,
      front: 'Reads {{c1::all weights}} {{c3::once}}.',
    });
    const after = (await browse()).cards;
    expect(after).toHaveLength(2);
    expect(after.filter(({ isNew }) => !isNew).map(({ ref }) => ref)).toEqual([first?.ref]);
  });

  it('come from a sentence of a lesson, and lead back to it', async () => {
    const { note } = await add('{{c1::Decode}} is bound by bandwidth.', {
      skill: 'kv-cache',
      source: 'Decode is bound by bandwidth.',
    });
    expect(await findNote(test.school, learner, note)).toMatchObject({
      form: 'cloze',
      skill: { id: 'kv-cache' },
      source: 'Decode is bound by bandwidth.',
    });
    expect((await browse()).cards[0]?.skill?.id).toBe('kv-cache');
  });

  it('are edited many at once', async () => {
    await add('one', { tags: 'a' });
    await add('two');
    const refs = (await browse()).cards.map(({ ref }) => ref);
    await editCards(test.school, learner, refs, { act: 'tag', tags: 'b c' });
    await editCards(test.school, learner, refs, { act: 'untag', tags: 'a c' });
    expect((await browse()).cards.map(({ tags }) => tags)).toEqual([['b'], ['b']]);
    const { id } = await makeDeck(test.school, learner, ' Other :: Part ');
    await editCards(test.school, learner, refs, { act: 'move', deck: id });
    expect(new Set((await browse()).cards.map(({ deck }) => deck))).toEqual(new Set(['Other::Part']));
    await editCards(test.school, learner, refs.slice(0, 1), { act: 'delete' });
    expect((await browse()).total).toBe(1);
    const other = await test.newLearner();
    await editCards(test.school, other, refs, { act: 'delete' });
    expect((await browse()).total).toBe(1);
  });

  it('lie in decks that are renamed with their parts, set aside, and removed with all they hold', async () => {
    await add('one', { deck: 'A::B' });
    const { id } = await makeDeck(test.school, learner, 'A');
    await renameDeck(test.school, learner, id, 'Z');
    const { own } = await getCardLibrary(test.school, learner);
    expect(own.map(({ name }) => name)).toEqual(['Z', 'Z::B']);
    const part = own[1]?.id ?? '';
    expect(await renameDeck(test.school, learner, part, 'Z')).toEqual({ outcome: 'name-taken' });
    await studyDeck(test.school, learner, part, false);
    expect((await getReview(test.school, learner)).outcome).toBe('none');
    await dropDeck(test.school, learner, part);
    expect((await readExport(test.school, learner)).cards).toMatchObject({
      notes: [],
      cards: [],
      grades: [],
    });
  });

  it('shows a visitor the decks of the content, none of them begun', async () => {
    const { own, modules, due } = await getCardLibrary(test.school, null);
    expect({ own, due }).toEqual({ own: [], due: 0 });
    const decks = modules.flatMap((module) => module.decks);
    expect(decks.length).toBeGreaterThan(0);
    expect(decks.every(({ studied, cards, fresh }) => !studied && cards > 0 && fresh === cards)).toBe(true);
  });

  it('stand beside decks of the content, which can be taken up before a skill is begun', async () => {
    const { modules } = await getCardLibrary(test.school, learner);
    const deck = modules.flatMap(({ decks }) => decks).find(({ id }) => id === 'skill:kv-cache');
    expect(deck).toMatchObject({ studied: false });
    expect(deck?.fresh).toBe(deck?.cards);
    await studyDeck(test.school, learner, 'skill:kv-cache', true);
    const review = await getReview(test.school, learner);
    expect(review).toMatchObject({ outcome: 'card', card: { skill: { id: 'kv-cache' } } });
    expect((await browse({ deck: 'skill:kv-cache' })).total).toBe(deck?.cards);
  });

  it('are shown before they are kept', () => {
    expect(previewNote('a', 'b', true)).toHaveLength(2);
    expect(previewNote('<script>{{c1::x}}</script>', '', false)[0]?.back).not.toContain('<script');
  });
});
