import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../database-kind.ts';

/** Pictures and sounds of cards: each stored once, under the SHA-256 of its bytes, and named by whoever uses it. */
export function cardMedia(kind: DatabaseKind): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('media_files')
        .addColumn('hash', 'text', (column) => column.notNull().primaryKey())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('bytes', 'bigint', (column) => column.notNull())
        .addColumn('data', kind === 'postgres' ? 'bytea' : 'blob', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('card_media')
        .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('card_media_key', ['learner_id', 'name'])
        .execute();
      await db.schema.createIndex('card_media_hash').on('card_media').columns(['hash']).execute();
    },
  };
}
