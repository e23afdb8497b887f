import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Everything Edirae remembers about learners, before any other feature. Needs the table `user`. */
export const learnersAndLedger: Migration = {
  async up(db: Kysely<unknown>) {
    await createLearners(db);
    await createItems(db);
    await createOperations(db);
  },
};

async function createLearners(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('learners')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('user_id', 'text', (column) => column.unique().references('user.id'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('head_seq', 'bigint', (column) => column.notNull())
    .addColumn('head_hash', 'text', (column) => column.notNull())
    .addColumn('state', 'text')
    .addColumn('state_seq', 'bigint', (column) => column.notNull())
    .addColumn('merged_into', 'text', (column) => column.references('learners.id'))
    .execute();
  await db.schema.createIndex('learners_merged_into').on('learners').column('merged_into').execute();
  await db.schema
    .createTable('ledger_events')
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('prev', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ledger_events_pk', ['learner_id', 'seq'])
    .execute();
}

async function createItems(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('issues')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text')
    .addColumn('skill', 'text', (column) => column.notNull())
    .addColumn('family', 'text', (column) => column.notNull())
    .addColumn('variant', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('shown', 'text', (column) => column.notNull())
    .addColumn('issued_at', 'bigint', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('answered_at', 'bigint')
    .addColumn('attempt_seq', 'bigint')
    .addColumn('verdict', 'text')
    .execute();
  await db.schema
    .createIndex('issues_learner_status')
    .on('issues')
    .columns(['learner_id', 'status'])
    .execute();
  await db.schema.createIndex('issues_session').on('issues').column('session_id').execute();
  await db.schema.createIndex('issues_family').on('issues').columns(['family', 'variant']).execute();
  await db.schema
    .createTable('checks')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('skill', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('outcome', 'text')
    .addColumn('seq', 'bigint')
    .execute();
  await db.schema.createIndex('checks_learner_skill').on('checks').columns(['learner_id', 'skill']).execute();
  await db.schema
    .createTable('placements')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('seq', 'bigint')
    .execute();
  await db.schema.createIndex('placements_learner').on('placements').column('learner_id').execute();
  await db.schema
    .createTable('receipts')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('skill', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('signature', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('receipts_learner').on('receipts').column('learner_id').execute();
}

async function createOperations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('disputes')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('issue_id', 'text', (column) => column.notNull())
    .addColumn('family', 'text', (column) => column.notNull())
    .addColumn('variant', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('disputes_learner').on('disputes').column('learner_id').execute();
  await db.schema
    .createTable('retractions')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('family', 'text', (column) => column.notNull())
    .addColumn('variant', 'text')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('retractions_family').on('retractions').column('family').execute();
  await db.schema
    .createTable('api_tokens')
    .addColumn('hash', 'text', (column) => column.notNull().primaryKey())
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('name', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('api_tokens_learner').on('api_tokens').column('learner_id').execute();
  await db.schema
    .createTable('meta')
    .addColumn('key', 'text', (column) => column.notNull().primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}
