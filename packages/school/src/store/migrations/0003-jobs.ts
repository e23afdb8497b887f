import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Work that is done later, and which processes are there to do it. */
export const jobs: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('jobs')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('learner_id', 'text', (column) => column.references('learners.id'))
      .addColumn('key', 'text')
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('turn', 'bigint', (column) => column.notNull())
      .addColumn('run_at', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('started_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('attempt', 'bigint', (column) => column.notNull())
      .addColumn('lease', 'text')
      .addColumn('lease_until', 'bigint')
      .addColumn('cancel_asked_at', 'bigint')
      .addColumn('progress', 'text')
      .addColumn('result', 'text')
      .addColumn('problem', 'text')
      .execute();
    await db.schema
      .createIndex('jobs_queue')
      .on('jobs')
      .columns(['kind', 'state', 'turn', 'created_at', 'id'])
      .execute();
    await db.schema.createIndex('jobs_key').unique().on('jobs').columns(['kind', 'key']).execute();
    await db.schema.createIndex('jobs_learner').on('jobs').columns(['learner_id', 'kind']).execute();
    await db.schema.createIndex('jobs_ended').on('jobs').column('ended_at').execute();
    await db.schema
      .createTable('presences')
      .addColumn('place', 'text', (column) => column.notNull())
      .addColumn('who', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('seen_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('presences_pk', ['place', 'who'])
      .execute();
  },
};
