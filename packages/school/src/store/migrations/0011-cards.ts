import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Flashcards: decks, notes, the cards they make, and every grade ever given. They are memory and no evidence, so they stand beside the
 * ledger. `card_grades` is only ever added to; the schedule in `cards` follows from it.
 */
export const cards: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('card_decks')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('skill', 'text')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('studied', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('card_note_types')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('card_notes')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('guid', 'text', (column) => column.notNull())
      .addColumn('note_type_id', 'text')
      .addColumn('form', 'text', (column) => column.notNull())
      .addColumn('fields', 'text', (column) => column.notNull())
      .addColumn('tags', 'text', (column) => column.notNull())
      .addColumn('skill', 'text')
      .addColumn('source', 'text')
      .addColumn('search', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('cards')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('deck_id', 'text', (column) => column.notNull())
      .addColumn('note_id', 'text')
      .addColumn('content', 'text')
      .addColumn('ord', 'bigint', (column) => column.notNull())
      .addColumn('position', 'bigint', (column) => column.notNull())
      .addColumn('base', 'text')
      .addColumn('schedule', 'text')
      .addColumn('due_at', 'bigint')
      .addColumn('lapses', 'bigint', (column) => column.notNull())
      .addColumn('suspended_at', 'bigint')
      .addColumn('buried_until', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('card_grades')
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('card_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addColumn('grade', 'bigint', (column) => column.notNull())
      .addColumn('undoes', 'text')
      .addColumn('ms', 'bigint')
      .addColumn('recall', 'bigint')
      .addColumn('origin', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('card_grades_key', ['learner_id', 'id'])
      .execute();
    await db.schema
      .createTable('review_settings')
      .addColumn('learner_id', 'text', (column) => column.notNull().primaryKey().references('learners.id'))
      .addColumn('retention', 'bigint', (column) => column.notNull())
      .addColumn('new_a_day', 'bigint', (column) => column.notNull())
      .addColumn('reviews_a_day', 'bigint', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
    for (const [name, table, columns] of INDEXES)
      await db.schema.createIndex(name).on(table).columns(columns).execute();
  },
};

const INDEXES: [string, string, string[]][] = [
  ['card_decks_learner', 'card_decks', ['learner_id']],
  ['card_note_types_learner', 'card_note_types', ['learner_id', 'hash']],
  ['card_notes_guid', 'card_notes', ['learner_id', 'guid']],
  ['cards_due', 'cards', ['learner_id', 'due_at']],
  ['cards_deck', 'cards', ['learner_id', 'deck_id', 'position']],
  ['cards_note', 'cards', ['learner_id', 'note_id']],
  ['cards_content', 'cards', ['learner_id', 'content']],
  ['card_grades_card', 'card_grades', ['learner_id', 'card_id']],
  ['card_grades_at', 'card_grades', ['learner_id', 'at']],
];
