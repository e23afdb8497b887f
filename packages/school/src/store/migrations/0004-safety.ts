import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What administrators did, and what was asked how often where several processes serve. */
export const safety: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('audit_log')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('act', 'text', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('audit_log_at').on('audit_log').columns(['at', 'id']).execute();
    await db.schema
      .createTable('rate_buckets')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('tokens', 'double precision', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('drawn', 'boolean', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('rate_buckets_at').on('rate_buckets').column('at').execute();
  },
};
