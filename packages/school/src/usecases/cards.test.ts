import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { readExport } from '../../testing/read-export.ts';
import { createStudent } from '../../testing/student.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { adoptGuest } from './adopt-guest.ts';
import { deleteLearner } from './delete-learner.ts';
import { getReview } from './get-review.ts';
import { getReviewPack } from './get-review-pack.ts';
import { getReviewSummary } from './get-review-summary.ts';
import { getStudyNumbers } from './get-study-numbers.ts';
import { gradeCards, type SentGrade } from './grade-cards.ts';
import { readLedger } from './read-ledger.ts';
import { setReviewSettings } from './review-settings.ts';
import { setCardsAside } from './set-cards-aside.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const SKILL = 'tensor-shapes-dtypes';

describeOnBoth('reviewing cards', (kind) => {
  let test: TestSchool;
  let n = 0;
  const student = createStudent(() => test);

  beforeAll(async () => {
    test = await openTestSchool(kind);
  }, 120_000);
  afterAll(async () => test?.close());
  beforeEach(async () => {
    student.id = await test.newLearner();
    await student.practise(SKILL, 'right');
  });

  const next = async () => {
    const review = await getReview(test.school, student.id);
    if (review.outcome !== 'card') throw new Error(`not a card: ${review.outcome}`);
    return review;
  };
  const send = async (grades: SentGrade[], origin: 'page' | 'offline' = 'page', learner = student.id) => {
    const merged = await gradeCards(test.school, learner, grades, origin);
    if (merged.outcome !== 'merged') throw new Error(merged.outcome);
    return merged;
  };
  const grade = async (given: 1 | 2 | 3 | 4, more: Partial<SentGrade> = {}) => {
    const { card } = await next();
    const id = `grade-${++n}`;
    await send([{ id, card: card.ref, grade: given, ms: 4000, ...more }]);
    return { id, card };
  };
  const dueOf = async (ref: string) =>
    (await getReviewPack(test.school, student.id)).cards.find((card) => card.ref === ref)?.dueAt;

  it('are among the numbers of study, by day', async () => {
    await grade(1);
    await grade(3);
    const { cards, now } = await getStudyNumbers(test.school, student.id);
    expect(cards).toEqual([{ day: Math.floor(now / DAY) * DAY, graded: 2, recalled: 1 }]);
  });

  it('introduces cards of skills that were begun, within the day’s limit, and the rest tomorrow', async () => {
    await setReviewSettings(test.school, student.id, { retention: 0.9, newADay: 3, reviewsADay: 50 });
    for (let k = 0; k < 3; k++) expect((await grade(4)).card.skill?.id).toBe(SKILL);
    const done = await getReview(test.school, student.id);
    expect(done).toMatchObject({ outcome: 'none', progress: { done: [true, true, true], left: 0 } });
    if (done.outcome === 'none') expect(done.heldBack.fresh).toBeGreaterThan(0);
    test.time.now += DAY;
    expect((await next()).card.isNew).toBe(true);
  });

  it('shows the next date of each grade, and keeps to the one chosen', async () => {
    const { card } = await next();
    expect([...card.next].sort((a, b) => a - b)).toEqual(card.next);
    await send([{ id: `grade-${++n}`, card: card.ref, grade: 3 }]);
    test.time.now = (card.next[2] ?? 0) + MINUTE;
    const again = await next();
    expect(again.card.ref).toBe(card.ref);
    expect(again.card.recall).toBeLessThan(0.91);
  });

  it('asks again after ten minutes what was not recalled', async () => {
    const { card } = await grade(1);
    test.time.now += 9 * MINUTE;
    expect((await next()).card.ref).not.toBe(card.ref);
    test.time.now += 2 * MINUTE;
    expect((await next()).card.ref).toBe(card.ref);
  });

  it('counts a grade once, however often it is sent', async () => {
    const { card } = await next();
    const sent: SentGrade = { id: `grade-${++n}`, card: card.ref, grade: 3, at: test.time.now };
    expect(await send([sent, sent])).toMatchObject({ added: 1 });
    const due = (await readExport(test.school, student.id)).cards.cards[0]?.dueAt;
    expect(await send([sent], 'offline')).toMatchObject({ added: 0, kept: [sent.id] });
    const { cards } = await readExport(test.school, student.id);
    expect(cards.grades).toHaveLength(1);
    expect(cards.cards[0]?.dueAt).toBe(due);
  });

  it('ends at the same schedule in whatever order two devices come back', async () => {
    const { card } = await next();
    const start = test.time.now;
    const phone: SentGrade[] = [
      { id: 'phone-1', card: card.ref, grade: 3, at: start },
      { id: 'phone-2', card: card.ref, grade: 3, at: start + 6 * DAY },
    ];
    const laptop: SentGrade[] = [{ id: 'laptop-1', card: card.ref, grade: 1, at: start + 3 * DAY }];
    test.time.now = start + 7 * DAY;
    const other = await test.newLearner();
    await send(phone, 'offline');
    await send(laptop, 'offline');
    await send(laptop, 'offline', other);
    await send(phone, 'offline', other);
    const scheduleOf = async (id: string) =>
      (await readExport(test.school, id)).cards.cards.find(({ ref }) => ref === card.ref)?.schedule;
    expect(await scheduleOf(student.id)).toEqual(await scheduleOf(other));
    expect((await scheduleOf(other))?.reps).toBe(3);
  });

  it('does not let a device’s clock reach past now, or outside the schedule', async () => {
    const { card } = await next();
    const { head } = await readLedger(test.school, student.id, {});
    await send([{ id: `grade-${++n}`, card: card.ref, grade: 4, at: test.time.now + 90 * DAY }], 'offline');
    await send([{ id: `grade-${++n}`, card: card.ref, grade: 4, at: 5 }], 'offline');
    const { cards } = await readExport(test.school, student.id);
    expect(cards.grades.map(({ at }) => at)).toEqual([test.time.now, test.time.now]);
    expect((await readLedger(test.school, student.id, {})).head).toEqual(head);
  });

  it('takes the last grade back, once, and asks the card again', async () => {
    const { id, card } = await grade(4);
    expect((await next()).undo).toEqual({ id, card: card.ref });
    await send([{ id: `undo-${++n}`, card: card.ref, undoes: id }]);
    await send([{ id: `undo-${++n}`, card: card.ref, undoes: id }]);
    const after = await next();
    expect(after.card.ref).toBe(card.ref);
    expect(after.card.isNew).toBe(true);
    expect(after.undo).toBeNull();
    expect((await readExport(test.school, student.id)).cards.grades).toHaveLength(2);
  });

  it('refuses a card that is not there, and keeps the rest', async () => {
    const { card } = await next();
    const merged = await send([
      { id: 'gone', card: 'content:no-such/card', grade: 3 },
      { id: 'here', card: card.ref, grade: 3 },
    ]);
    expect(merged).toMatchObject({ kept: ['here'], added: 1, refused: [{ id: 'gone' }] });
  });

  it('keeps another learner’s cards to that learner', async () => {
    const { card } = await grade(3);
    const other = await test.newLearner();
    await send([{ id: 'mine', card: card.ref, grade: 1 }], 'page', other);
    expect((await readExport(test.school, student.id)).cards.grades.map(({ id }) => id)).not.toContain(
      'mine',
    );
  });

  it('sets a card aside until tomorrow, or until told otherwise', async () => {
    const { card } = await next();
    await setCardsAside(test.school, student.id, [card.ref], 'bury');
    expect((await next()).card.ref).not.toBe(card.ref);
    test.time.now += DAY;
    expect((await next()).card.ref).toBe(card.ref);
    await setCardsAside(test.school, student.id, [card.ref], 'suspend');
    test.time.now += 30 * DAY;
    expect((await next()).card.ref).not.toBe(card.ref);
    await setCardsAside(test.school, student.id, [card.ref], 'resume');
    expect((await next()).card.ref).toBe(card.ref);
  });

  it('points a card that keeps being forgotten back to its lesson', async () => {
    const { card } = await grade(3);
    for (let k = 0; k < 6; k++)
      await send([{ id: `leech-${k}`, card: card.ref, grade: 1, at: (test.time.now += 5 * DAY) }]);
    const { leeches } = await getReviewSummary(test.school, student.id);
    expect(leeches).toMatchObject([{ ref: card.ref, lapses: 6, skill: { id: SKILL } }]);
  });

  it('moves dates, and nothing else, when the target changes', async () => {
    const { card } = await grade(3);
    const before = (await readExport(test.school, student.id)).cards.cards[0];
    const kept = await setReviewSettings(test.school, student.id, {
      retention: 0.97,
      newADay: 10,
      reviewsADay: 100,
    });
    expect(kept.moved).toBe(1);
    const after = (await readExport(test.school, student.id)).cards.cards[0];
    expect(after?.schedule?.stability).toBe(before?.schedule?.stability);
    expect(after?.dueAt).toBeLessThan(before?.dueAt ?? 0);
    expect((await dueOf(card.ref)) ?? after?.dueAt).toBe(after?.dueAt);
  });

  it('looks back on the day and ahead over thirty', async () => {
    const first = await grade(1);
    await grade(3);
    const summary = await getReviewSummary(test.school, student.id);
    expect(summary.today).toMatchObject({ cards: 2, recalled: 1, fresh: 2, ms: 8000 });
    expect(summary.wrong).toMatchObject([{ card: { ref: first.card.ref }, skill: { id: SKILL } }]);
    expect(summary.load).toHaveLength(30);
    expect(summary.load.reduce((sum, { cards }) => sum + cards, 0)).toBe(2);
  });

  it('mixes in an item on a skill that is due, unlabelled, and waits while a check is open', async () => {
    await student.passCheck(SKILL);
    test.time.now += 4 * DAY;
    const seen: string[] = [];
    for (let k = 0; k < 12 && !seen.includes('item'); k++) {
      const review = await getReview(test.school, student.id);
      seen.push(review.outcome);
      if (review.outcome === 'card')
        await send([{ id: `mixed-${k}`, card: review.card.ref, grade: 3, at: (test.time.now += MINUTE) }]);
      if (review.outcome === 'item') expect(review.review.item.skill).toBeNull();
    }
    expect(seen).toContain('card');
    expect(seen.at(-1)).toBe('item');
    const check = await student.openCheck('linear-algebra-for-ml').catch(() => student.openCheck(SKILL));
    expect(await getReview(test.school, student.id)).toMatchObject({
      outcome: 'check-open',
      checkId: check.checkId,
    });
  });

  it('gives an account what its guest reviewed, one card where both graded it', async () => {
    const guest = student.id;
    const { card } = await grade(3);
    const account = await test.newLearner();
    await send([{ id: 'account-1', card: card.ref, grade: 1 }], 'page', account);
    await adoptGuest(test.school, guest, account);
    const { cards } = await readExport(test.school, account);
    expect(cards.cards).toHaveLength(1);
    expect(cards.cards[0]?.schedule?.reps).toBe(2);
    expect(cards.grades).toHaveLength(2);
  });

  it('is erased with the learner', async () => {
    await grade(3);
    await deleteLearner(test.school, student.id);
    for (const table of ['cards', 'card_grades', 'review_settings'] as const)
      expect(
        await test.school.db
          .selectFrom(table)
          .select('learner_id')
          .where('learner_id', '=', student.id)
          .execute(),
      ).toEqual([]);
  });
});
