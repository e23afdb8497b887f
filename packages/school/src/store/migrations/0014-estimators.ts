import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Re-fitted estimators that were adopted: written once, never changed, never removed. */
export const estimators: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('estimators')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('base', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('trial', 'text', (column) => column.notNull())
      .addColumn('adopted_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
