import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Work on labs: what is being written with its history, what was handed in, and the questions about it. */
export const labs: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('lab_drafts')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('lab', 'text', (column) => column.notNull())
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .addColumn('saved_at', 'bigint', (column) => column.notNull())
      .addColumn('device', 'text')
      .addColumn('set_aside', 'bigint', (column) => column.notNull())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('files', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('lab_drafts_version')
      .unique()
      .on('lab_drafts')
      .columns(['learner_id', 'lab', 'language', 'version'])
      .execute();
    await db.schema
      .createTable('lab_submissions')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('lab', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('number', 'bigint')
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('entry', 'text', (column) => column.notNull())
      .addColumn('files', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('seed', 'bigint', (column) => column.notNull())
      .addColumn('job_id', 'text', (column) => column.notNull())
      .addColumn('submitted_at', 'bigint', (column) => column.notNull())
      .addColumn('cancelled_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('result', 'text')
      .addColumn('seq', 'bigint')
      .execute();
    await db.schema
      .createIndex('lab_submissions_learner')
      .on('lab_submissions')
      .columns(['learner_id', 'lab', 'submitted_at'])
      .execute();
    await db.schema
      .createTable('lab_explanations')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('lab', 'text', (column) => column.notNull())
      .addColumn('submission_id', 'text', (column) => column.notNull())
      .addColumn('job_id', 'text', (column) => column.notNull())
      .addColumn('asked_at', 'bigint', (column) => column.notNull())
      .addColumn('shown_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('questions', 'text')
      .addColumn('answers', 'text')
      .addColumn('right_answers', 'bigint')
      .addColumn('outcome', 'text')
      .execute();
    await db.schema
      .createIndex('lab_explanations_learner')
      .on('lab_explanations')
      .columns(['learner_id', 'lab', 'asked_at'])
      .execute();
  },
};
