import type { ReviewCard } from '@edirae/engine';
import type { Insertable, Selectable } from 'kysely';
import type { CardsTable } from '../schema-cards.ts';
import type { Queries } from '../transaction.ts';

/** Rows per insert: fourteen columns each, and SQLite takes at most 32,766 parameters. */
const ROWS_PER_INSERT = 500;
/** Names asked for in one query. */
const NAMES = 500;

/** One flashcard of a learner. */
export interface StoredCard {
  id: string;
  deckId: string;
  /** Null for a card of the content. */
  noteId: string | null;
  /** `skill/card` for a card of the content. */
  content: string | null;
  ord: number;
  position: number;
  base: ReviewCard | null;
  /** Null: never graded. */
  schedule: ReviewCard | null;
  dueAt: number | null;
  lapses: number;
  suspendedAt: number | null;
  buriedUntil: number;
  createdAt: number;
}

/** What a card is called outside: its id, or for a card of the content its place there, which every learner's has. */
export function refOf(card: Pick<StoredCard, 'id' | 'content'>): string {
  return card.content === null ? card.id : contentRef(card.content);
}

export function contentRef(content: string): string {
  return `content:${content}`;
}

/** The `skill/card` of a reference, where it names a card of the content. */
export function contentOf(ref: string): string | undefined {
  return ref.startsWith('content:') ? ref.slice('content:'.length) : undefined;
}

export async function insertCards(
  db: Queries,
  learnerId: string,
  cards: readonly StoredCard[],
): Promise<void> {
  for (let i = 0; i < cards.length; i += ROWS_PER_INSERT)
    await db
      .insertInto('cards')
      .values(cards.slice(i, i + ROWS_PER_INSERT).map((card) => toRow(learnerId, card)))
      .execute();
}

/** Cards by what they are called outside; unknown ones are left out. */
export async function findCards(
  db: Queries,
  learnerId: string,
  refs: readonly string[],
): Promise<StoredCard[]> {
  const found: StoredCard[] = [];
  const content = refs.flatMap((ref) => contentOf(ref) ?? []);
  const own = refs.filter((ref) => contentOf(ref) === undefined);
  for (const [column, names] of [
    ['content', content],
    ['id', own],
  ] as const)
    for (let i = 0; i < names.length; i += NAMES) {
      const rows = await db
        .selectFrom('cards')
        .selectAll()
        .where('learner_id', '=', learnerId)
        .where(column, 'in', names.slice(i, i + NAMES))
        .execute();
      found.push(...rows.map(toCard));
    }
  return found;
}

/** Cards that are due at `now` and neither suspended nor buried, longest due first. */
export async function listDueCards(
  db: Queries,
  learnerId: string,
  now: number,
  limit: number,
): Promise<StoredCard[]> {
  const rows = await asked(db, learnerId, now)
    .selectAll()
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toCard);
}

/** How many cards {@link listDueCards} would list without a limit. */
export async function countDueCards(db: Queries, learnerId: string, now: number): Promise<number> {
  const row = await asked(db, learnerId, now)
    .select((eb) => eb.fn.countAll().as('n'))
    .where('due_at', '<=', now)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** New cards of the learner's own decks, in the order in which they come. */
export async function listNewCards(
  db: Queries,
  learnerId: string,
  { decks, now, limit }: { decks: readonly string[]; now: number; limit: number },
): Promise<StoredCard[]> {
  if (decks.length === 0 || limit <= 0) return [];
  const rows = await asked(db, learnerId, now)
    .selectAll()
    .where('schedule', 'is', null)
    .where('content', 'is', null)
    .where('deck_id', 'in', decks)
    .orderBy('position')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toCard);
}

/** When cards fall due, for those neither suspended nor never graded: epoch ms, in order. */
export async function listDueTimes(db: Queries, learnerId: string, until: number): Promise<number[]> {
  const rows = await db
    .selectFrom('cards')
    .select(['due_at', 'buried_until'])
    .where('learner_id', '=', learnerId)
    .where('suspended_at', 'is', null)
    .where('due_at', 'is not', null)
    .where('due_at', '<', until)
    .execute();
  return rows.map((row) => Math.max(row.due_at ?? 0, row.buried_until)).sort((a, b) => a - b);
}

/** Every card of the content that has a row. */
export async function listContentCards(db: Queries, learnerId: string): Promise<StoredCard[]> {
  const rows = await db
    .selectFrom('cards')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('content', 'is not', null)
    .execute();
  return rows.map(toCard);
}

export async function listCardsOfNotes(
  db: Queries,
  learnerId: string,
  notes: readonly string[],
): Promise<StoredCard[]> {
  const found: StoredCard[] = [];
  for (let i = 0; i < notes.length; i += NAMES) {
    const rows = await db
      .selectFrom('cards')
      .selectAll()
      .where('learner_id', '=', learnerId)
      .where('note_id', 'in', notes.slice(i, i + NAMES))
      .orderBy('ord')
      .execute();
    found.push(...rows.map(toCard));
  }
  return found;
}

/** Every card of a deck, in its order. */
export async function listCardsOfDecks(
  db: Queries,
  learnerId: string,
  decks: readonly string[],
): Promise<StoredCard[]> {
  if (decks.length === 0) return [];
  const rows = await db
    .selectFrom('cards')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('deck_id', 'in', decks)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map(toCard);
}

/** Everything that was ever graded. */
export async function listScheduledCards(db: Queries, learnerId: string): Promise<StoredCard[]> {
  const rows = await db
    .selectFrom('cards')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('schedule', 'is not', null)
    .execute();
  return rows.map(toCard);
}

/** Writes what follows from the grades. */
export async function updateSchedule(
  db: Queries,
  learnerId: string,
  id: string,
  schedule: Pick<StoredCard, 'schedule' | 'dueAt'> & Partial<Pick<StoredCard, 'base'>>,
): Promise<void> {
  await db
    .updateTable('cards')
    .set({
      schedule: schedule.schedule === null ? null : JSON.stringify(schedule.schedule),
      due_at: schedule.dueAt,
      lapses: schedule.schedule?.lapses ?? 0,
      ...(schedule.base === undefined ? {} : { base: schedule.base && JSON.stringify(schedule.base) }),
    })
    .where('learner_id', '=', learnerId)
    .where('id', '=', id)
    .execute();
}

/** What a learner may change of cards without grading them. */
export interface CardChange {
  suspendedAt?: number | null;
  buriedUntil?: number;
  deckId?: string;
}

export async function changeCards(
  db: Queries,
  learnerId: string,
  ids: readonly string[],
  change: CardChange,
): Promise<void> {
  const set = {
    ...(change.suspendedAt === undefined ? {} : { suspended_at: change.suspendedAt }),
    ...(change.buriedUntil === undefined ? {} : { buried_until: change.buriedUntil }),
    ...(change.deckId === undefined ? {} : { deck_id: change.deckId }),
  };
  if (Object.keys(set).length === 0) return;
  for (let i = 0; i < ids.length; i += NAMES)
    await db
      .updateTable('cards')
      .set(set)
      .where('learner_id', '=', learnerId)
      .where('id', 'in', ids.slice(i, i + NAMES))
      .execute();
}

export async function deleteCards(db: Queries, learnerId: string, ids: readonly string[]): Promise<void> {
  for (let i = 0; i < ids.length; i += NAMES)
    await db
      .deleteFrom('cards')
      .where('learner_id', '=', learnerId)
      .where('id', 'in', ids.slice(i, i + NAMES))
      .execute();
}

/** Where the next new card of this learner stands. */
export async function nextPosition(db: Queries, learnerId: string): Promise<number> {
  const row = await db
    .selectFrom('cards')
    .select((eb) => eb.fn.max('position').as('last'))
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return Number(row?.last ?? 0) + 1;
}

/** How a deck stands, counted where the rows are. */
export interface DeckCount {
  deckId: string;
  cards: number;
  fresh: number;
  due: number;
  suspended: number;
}

export async function countCards(db: Queries, learnerId: string, now: number): Promise<DeckCount[]> {
  const rows = await db
    .selectFrom('cards')
    .select((eb) => [
      'deck_id',
      eb.fn.countAll().as('cards'),
      eb.fn.count('schedule').as('graded'),
      eb.fn.count('suspended_at').as('suspended'),
      eb.fn
        .sum(
          eb
            .case()
            .when(
              eb.and([
                eb('due_at', '<=', now),
                eb('suspended_at', 'is', null),
                eb('buried_until', '<=', now),
              ]),
            )
            .then(1)
            .else(0)
            .end(),
        )
        .as('due'),
    ])
    .where('learner_id', '=', learnerId)
    .groupBy('deck_id')
    .execute();
  return rows.map((row) => ({
    deckId: row.deck_id,
    cards: Number(row.cards),
    fresh: Number(row.cards) - Number(row.graded),
    due: Number(row.due ?? 0),
    suspended: Number(row.suspended),
  }));
}

function asked(db: Queries, learnerId: string, now: number) {
  return db
    .selectFrom('cards')
    .where('learner_id', '=', learnerId)
    .where('suspended_at', 'is', null)
    .where('buried_until', '<=', now);
}

function toRow(learnerId: string, card: StoredCard): Insertable<CardsTable> {
  return {
    id: card.id,
    learner_id: learnerId,
    deck_id: card.deckId,
    note_id: card.noteId,
    content: card.content,
    ord: card.ord,
    position: card.position,
    base: card.base === null ? null : JSON.stringify(card.base),
    schedule: card.schedule === null ? null : JSON.stringify(card.schedule),
    due_at: card.dueAt,
    lapses: card.lapses,
    suspended_at: card.suspendedAt,
    buried_until: card.buriedUntil,
    created_at: card.createdAt,
  };
}

export function toCard(row: Selectable<CardsTable>): StoredCard {
  return {
    id: row.id,
    deckId: row.deck_id,
    noteId: row.note_id,
    content: row.content,
    ord: row.ord,
    position: row.position,
    base: row.base === null ? null : (JSON.parse(row.base) as ReviewCard),
    schedule: row.schedule === null ? null : (JSON.parse(row.schedule) as ReviewCard),
    dueAt: row.due_at,
    lapses: row.lapses,
    suspendedAt: row.suspended_at,
    buriedUntil: row.buried_until,
    createdAt: row.created_at,
  };
}
