import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Answers to interview prompts, with their writers' own scores. They count for nothing and stand beside the ledger. */
export const interviews: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('interviews')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('prompt', 'text', (column) => column.notNull())
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('saved_at', 'bigint', (column) => column.notNull())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .addColumn('seconds', 'bigint')
      .addColumn('answer', 'text', (column) => column.notNull())
      .addColumn('finished_at', 'bigint')
      .addColumn('score', 'text')
      .execute();
    await db.schema
      .createIndex('interviews_learner_prompt')
      .on('interviews')
      .columns(['learner_id', 'prompt'])
      .execute();
  },
};
