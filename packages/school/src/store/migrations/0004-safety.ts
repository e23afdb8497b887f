import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../database-kind.ts';

/** What administrators did, and what was asked how often where several processes serve. */
export function safety(kind: DatabaseKind): Migration {
  return { up: (db: Kysely<unknown>) => up(db, kind) };
}

async function up(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
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
  await appendOnly(db, kind);
}

/** The log refuses to be edited: by a mistake of ours, and by a hand that does not know what it does. */
async function appendOnly(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  if (kind === 'sqlite') {
    for (const act of ['update', 'delete'])
      await sql`create trigger ${sql.id(`audit_log_no_${act}`)} before ${sql.raw(act)} on audit_log
        begin select raise(abort, 'The audit log is only ever added to.'); end`.execute(db);
    return;
  }
  await sql`create or replace function audit_log_refuse() returns trigger language plpgsql as
    $$ begin raise exception 'The audit log is only ever added to.'; end $$`.execute(db);
  await sql`create trigger audit_log_append_only before update or delete on audit_log
    for each row execute function audit_log_refuse()`.execute(db);
}
