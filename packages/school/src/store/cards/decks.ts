import type { Selectable } from 'kysely';
import type { CardDecksTable } from '../schema-cards.ts';
import type { Queries } from '../transaction.ts';

/** A deck: the learner's own, or one of the content that the learner has met. */
export interface StoredDeck {
  id: string;
  skill: string | null;
  name: string;
  /** Whether new cards of it are introduced; null where nobody chose. */
  studied: boolean | null;
  createdAt: number;
}

export async function listDecks(db: Queries, learnerId: string): Promise<StoredDeck[]> {
  const rows = await db
    .selectFrom('card_decks')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(toDeck);
}

export async function insertDeck(db: Queries, learnerId: string, deck: StoredDeck): Promise<void> {
  const { id, skill, name, studied, createdAt } = deck;
  await db
    .insertInto('card_decks')
    .values({ id, learner_id: learnerId, skill, name, studied: toBit(studied), created_at: createdAt })
    .execute();
}

export async function changeDeck(
  db: Queries,
  learnerId: string,
  id: string,
  change: { name?: string; studied?: boolean },
): Promise<void> {
  const set = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.studied === undefined ? {} : { studied: toBit(change.studied) }),
  };
  if (Object.keys(set).length === 0) return;
  await db
    .updateTable('card_decks')
    .set(set)
    .where('learner_id', '=', learnerId)
    .where('id', '=', id)
    .execute();
}

export async function deleteDeck(db: Queries, learnerId: string, id: string): Promise<void> {
  await db.deleteFrom('card_decks').where('learner_id', '=', learnerId).where('id', '=', id).execute();
}

function toBit(studied: boolean | null): number | null {
  return studied === null ? null : Number(studied);
}

function toDeck(row: Selectable<CardDecksTable>): StoredDeck {
  return {
    id: row.id,
    skill: row.skill,
    name: row.name,
    studied: row.studied === null ? null : row.studied === 1,
    createdAt: row.created_at,
  };
}
