import type { ExpressionBuilder } from 'kysely';
import type { Schema } from '../schema.ts';
import type { Queries } from '../transaction.ts';
import { LEECH_LAPSES } from '@edirae/engine';

/** Which of a learner's own cards a list shows. */
export interface CardFilter {
  /** Decks; left out: all of the learner's own. */
  decks?: readonly string[];
  /** Words that the card holds, each somewhere. */
  words?: readonly string[];
  tag?: string;
  only?: 'new' | 'due' | 'suspended' | 'leech';
  now: number;
}

type Joined = ExpressionBuilder<Schema & { c: Schema['cards']; n: Schema['card_notes'] }, 'c' | 'n'>;

/** Ids of the cards that a filter lets through, newest note first, and how many there are. */
export async function findListedCards(
  db: Queries,
  learnerId: string,
  filter: CardFilter,
  page: { offset: number; limit: number },
): Promise<{ total: number; ids: string[] }> {
  const query = db
    .selectFrom('cards as c')
    .innerJoin('card_notes as n', 'n.id', 'c.note_id')
    .where('c.learner_id', '=', learnerId)
    .where((eb) => eb.and(conditionsOf(eb as unknown as Joined, filter)));
  const counted = await query.select((eb) => eb.fn.countAll().as('total')).executeTakeFirst();
  const rows = await query
    .select('c.id')
    .orderBy('n.created_at', 'desc')
    .orderBy('c.position')
    .orderBy('c.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return { total: Number(counted?.total ?? 0), ids: rows.map(({ id }) => id) };
}

function conditionsOf(eb: Joined, { decks, words = [], tag, only, now }: CardFilter) {
  return [
    ...(decks === undefined ? [] : decks.length === 0 ? [eb.val(false)] : [eb('c.deck_id', 'in', decks)]),
    ...words.map((word) => eb('n.search', 'like', `%${escapeLike(word)}%`)),
    ...(tag === undefined ? [] : [eb('n.tags', 'like', `% ${escapeLike(tag)} %`)]),
    ...(only === 'new' ? [eb('c.schedule', 'is', null)] : []),
    ...(only === 'due' ? [eb('c.due_at', '<=', now), eb('c.suspended_at', 'is', null)] : []),
    ...(only === 'suspended' ? [eb('c.suspended_at', 'is not', null)] : []),
    ...(only === 'leech' ? [eb('c.lapses', '>=', LEECH_LAPSES)] : []),
  ];
}

/** Without what LIKE reads as a pattern: a word that holds one of these is looked for around it. */
function escapeLike(word: string): string {
  return word.replaceAll(/[%_\\]/g, '_');
}
