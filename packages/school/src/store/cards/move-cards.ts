import { foldGrades } from '@edirae/engine';
import type { Queries } from '../transaction.ts';
import { contentRef, deleteCards, listContentCards, updateSchedule } from './cards.ts';
import { listDecks } from './decks.ts';
import { listGradesOf, standing } from './grades.ts';
import { findReviewSettings } from './review-settings.ts';

const PLAIN = ['card_note_types', 'card_notes', 'cards', 'card_decks'] as const;

/**
 * Gives a guest's flashcards to the account that adopts it. Where both graded the same card of the content, one card with all grades
 * remains; the account's own choices stay.
 */
export async function moveCards(db: Queries, guestId: string, learnerId: string): Promise<void> {
  const own = new Map((await listContentCards(db, learnerId)).map((card) => [card.content, card]));
  const both = (await listContentCards(db, guestId)).filter(({ content }) => own.has(content));
  await deleteCards(
    db,
    guestId,
    both.map(({ id }) => id),
  );
  await dropChosen(db, guestId, learnerId);
  await dropKnownRows(db, guestId, learnerId);
  for (const table of [...PLAIN, 'card_grades', 'card_media'] as const)
    await db.updateTable(table).set({ learner_id: learnerId }).where('learner_id', '=', guestId).execute();

  const { retention } = await findReviewSettings(db, learnerId);
  for (const { content } of both) {
    const card = own.get(content);
    if (!card || content === null) continue;
    const grades = standing(await listGradesOf(db, learnerId, [contentRef(content)]));
    const folded = foldGrades(
      grades.map(({ id, at, grade }) => ({ id, at, grade: grade as 1 | 2 | 3 | 4 })),
      retention,
      card.base ?? undefined,
    );
    await updateSchedule(db, learnerId, card.id, {
      schedule: folded?.card ?? null,
      dueAt: folded?.dueAt ?? null,
    });
  }
}

/** Decks of the content on which the account has chosen already, and settings where it has its own. */
async function dropChosen(db: Queries, guestId: string, learnerId: string): Promise<void> {
  const chosen = new Set((await listDecks(db, learnerId)).flatMap(({ skill }) => skill ?? []));
  for (const { id, skill } of await listDecks(db, guestId))
    if (skill !== null && chosen.has(skill))
      await db.deleteFrom('card_decks').where('learner_id', '=', guestId).where('id', '=', id).execute();
  const settings = await db
    .selectFrom('review_settings')
    .select('learner_id')
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  if (settings === undefined)
    await db
      .updateTable('review_settings')
      .set({ learner_id: learnerId })
      .where('learner_id', '=', guestId)
      .execute();
  else await db.deleteFrom('review_settings').where('learner_id', '=', guestId).execute();
}

/** Names and grades that the account has too: their keys would meet. */
async function dropKnownRows(db: Queries, guestId: string, learnerId: string): Promise<void> {
  await db
    .deleteFrom('card_grades')
    .where('learner_id', '=', guestId)
    .where('id', 'in', (eb) => eb.selectFrom('card_grades').select('id').where('learner_id', '=', learnerId))
    .execute();
  await db
    .deleteFrom('card_media')
    .where('learner_id', '=', guestId)
    .where('name', 'in', (eb) =>
      eb.selectFrom('card_media').select('name').where('learner_id', '=', learnerId),
    )
    .execute();
}
