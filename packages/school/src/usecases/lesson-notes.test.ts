import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { adoptGuest } from './adopt-guest.ts';
import { deleteLearner } from './delete-learner.ts';
import { dropLessonNote } from './drop-lesson-note.ts';
import { readExport } from '../../testing/read-export.ts';
import { keepLessonNote, type LessonNoteInput } from './keep-lesson-note.ts';
import { listLessonNotes } from './list-lesson-notes.ts';
import { getSkill } from './get-skill.ts';

const SKILL = 'kv-cache';

describeOnBoth('notes on lessons', (kind) => {
  let test: TestSchool;
  let learner: string;
  beforeAll(async () => {
    test = await openTestSchool(kind);
  }, 60_000);
  afterAll(async () => test?.close());
  beforeEach(async () => {
    learner = await test.newLearner();
  });

  async function keep(input: Partial<LessonNoteInput> = {}, by = learner) {
    const note = { skill: SKILL, place: null, quote: '', body: 'Two bytes a value.', ...input };
    const kept = await keepLessonNote(test.school, by, note);
    if (kept.outcome !== 'kept') throw new Error(kept.outcome);
    return kept.note;
  }

  it('stand at a heading, on a passage, and are found again by their words', async () => {
    const found = await getSkill(test.school, null, SKILL);
    const heading = found.outcome === 'skill' ? found.skill.lesson?.headings[1] : undefined;
    const note = await keep({ place: heading!.id, quote: 'every  token\n of it', body: 'Größe *zählt*' });
    expect(note).toMatchObject({
      section: heading!.text,
      href: `/skills/${SKILL}#${heading!.id}`,
      revision: 1,
    });
    expect(note.quote).toBe('every token of it');
    expect(note.html).toContain('<em>');
    await keep({ body: '', quote: 'a bookmark' });
    expect(await listLessonNotes(test.school, learner, { words: 'grosse' })).toEqual([]);
    expect(await listLessonNotes(test.school, learner, { words: 'zahlt GRO' })).toHaveLength(1);
    expect(await listLessonNotes(test.school, learner, { only: 'bookmarks' })).toMatchObject([
      { quote: 'a bookmark', html: '' },
    ]);
    expect(await listLessonNotes(test.school, learner, { skill: 'quantisation' })).toEqual([]);
  });

  it('notice another tab, and change nothing then', async () => {
    const { id } = await keep({ body: 'first' });
    await keep({ id, body: 'second', revision: 1 });
    const late = { id, skill: SKILL, place: null, quote: '', body: 'from the other tab', revision: 1 };
    expect(await keepLessonNote(test.school, learner, late)).toMatchObject({
      outcome: 'changed-elsewhere',
      note: { body: 'second', revision: 2 },
    });
    expect(await listLessonNotes(test.school, learner)).toMatchObject([{ body: 'second' }]);
  });

  it('can be deleted, and kept again as they were', async () => {
    const { id, quote, body, place, skill } = await keep({ quote: 'the passage' });
    expect(await dropLessonNote(test.school, learner, id)).toMatchObject({
      outcome: 'dropped',
      note: { body },
    });
    expect(await listLessonNotes(test.school, learner)).toEqual([]);
    expect(await dropLessonNote(test.school, learner, id)).toEqual({ outcome: 'not-found' });
    await keep({ id, quote, body, place, skill });
    expect(await listLessonNotes(test.school, learner)).toMatchObject([{ quote: 'the passage', body }]);
  });

  it('are nobody else’s: another learner neither sees, changes nor deletes them', async () => {
    const { id } = await keep({ body: 'mine' });
    const other = await test.newLearner();
    expect(await listLessonNotes(test.school, other)).toEqual([]);
    expect(await dropLessonNote(test.school, other, id)).toEqual({ outcome: 'not-found' });
    await keep({ id, body: 'theirs' }, other);
    expect(await listLessonNotes(test.school, learner)).toMatchObject([{ body: 'mine' }]);
  });

  it('take hostile words as words', async () => {
    const body = '<img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b](https://example.org/x.png)\0';
    const { html, body: kept } = await keep({ body, place: '../../x', quote: 'q'.repeat(5_000) });
    expect(html).not.toMatch(/<img|javascript:|<script/);
    expect(kept).not.toContain('\0');
    expect((await listLessonNotes(test.school, learner))[0]).toMatchObject({ place: null, section: null });
    expect((await listLessonNotes(test.school, learner))[0]?.quote).toHaveLength(1_000);
    const unknown = { skill: 'no-such-skill', place: null, quote: '', body: 'x' };
    expect((await keepLessonNote(test.school, learner, unknown)).outcome).toBe('not-found');
  });

  it('are exported, go with a guest to its account, and leave with their learner', async () => {
    await keep({ body: 'take me along' });
    expect((await readExport(test.school, learner)).notes).toMatchObject([{ body: 'take me along' }]);
    const account = await test.newLearner();
    await adoptGuest(test.school, learner, account);
    expect(await listLessonNotes(test.school, account)).toMatchObject([{ body: 'take me along' }]);
    await deleteLearner(test.school, account);
    expect(
      await test.school.db.selectFrom('notes').select('id').where('learner_id', '=', account).execute(),
    ).toEqual([]);
  });
});
