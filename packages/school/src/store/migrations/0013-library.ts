import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a learner keeps in the library: quizzes taken, notes on lessons, marks on resources. None of it is evidence; answers are, in the ledger. */
export const library: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('quizzes')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('plan', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('quizzes_learner')
      .on('quizzes')
      .columns(['learner_id', 'started_at'])
      .execute();
    await db.schema
      .createTable('notes')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('skill', 'text', (column) => column.notNull())
      .addColumn('place', 'text')
      .addColumn('quote', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('notes_learner').on('notes').columns(['learner_id', 'skill']).execute();
    await db.schema
      .createTable('resource_marks')
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('saved', 'bigint', (column) => column.notNull())
      .addColumn('done_at', 'bigint')
      .addColumn('note', 'text', (column) => column.notNull())
      .addColumn('reported_at', 'bigint')
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('resource_marks_key', ['learner_id', 'url'])
      .execute();
  },
};
