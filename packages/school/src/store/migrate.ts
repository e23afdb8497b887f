import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { DatabaseKind } from './database-kind.ts';
import { listMigrations } from './migrations/index.ts';
import { findFill } from './portable/fill-tables.ts';
import { listAppliedMigrations } from './portable/tables.ts';
import type { Schema } from './schema.ts';

/** The database was written by another version of Edirae, or is being written still. */
export class SchemaVersionError extends Error {
  override readonly name = 'SchemaVersionError';
}

/** An upgrade that is about to happen. */
export interface Upgrade {
  from: string;
  to: string;
}

/** Names of all migrations that this version knows, in order. */
export function knownMigrations(kind: DatabaseKind): string[] {
  return Object.keys(listMigrations(kind)).sort();
}

/**
 * Brings the tables up to date. A database that has tables of an earlier version is handed to `beforeUpgrade` first;
 * one of a later version is refused. Gives the upgrade that was made.
 */
export async function migrate(
  db: Kysely<Schema>,
  kind: DatabaseKind,
  beforeUpgrade?: (upgrade: Upgrade) => Promise<void>,
): Promise<Upgrade | undefined> {
  const applied = await listAppliedMigrations(db, kind);
  assertKnown(applied, kind);
  await assertFilled(db, kind);
  const known = knownMigrations(kind);
  const [from, to] = [applied.at(-1), known.at(-1)];
  const upgrade =
    from === undefined || to === undefined || applied.length === known.length ? undefined : { from, to };
  if (upgrade) await beforeUpgrade?.(upgrade);
  const { error } = await createMigrator(db, kind).migrateToLatest();
  if (error !== undefined) throw error;
  return upgrade;
}

/** Brings a database that is being filled to a version; without a name, to this one. */
export async function migrateTo(
  db: Kysely<Schema>,
  kind: DatabaseKind,
  name = knownMigrations(kind).at(-1) ?? '',
): Promise<void> {
  const { error } = await createMigrator(db, kind).migrateTo(name);
  if (error !== undefined) throw error;
}

/** Whether reading with this version's eyes is right. @throws SchemaVersionError */
export async function assertMigrated(db: Kysely<Schema>, kind: DatabaseKind): Promise<void> {
  const applied = await listAppliedMigrations(db, kind);
  assertKnown(applied, kind);
  await assertFilled(db, kind);
  const pending = knownMigrations(kind).filter((name) => !applied.includes(name));
  if (pending.length === 0) return;
  throw new SchemaVersionError(
    `The database lacks ${pending.join(', ')}. Start the server once, or run: edirae migrate.`,
  );
}

/** @throws SchemaVersionError where one of these migrations is of a later version */
export function assertKnown(applied: readonly string[], kind: DatabaseKind): void {
  const known = knownMigrations(kind);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new SchemaVersionError(
    `The database was written by a newer Edirae: it has ${unknown.join(', ')}, which this version does not know and could damage. Use that version, or restore a backup from before the upgrade.`,
  );
}

async function assertFilled(db: Kysely<Schema>, kind: DatabaseKind): Promise<void> {
  if ((await findFill(db, kind)) === undefined) return;
  throw new SchemaVersionError(
    'A restore or a move into this database was broken off. Run the same command again: it goes on where it stopped.',
  );
}

function createMigrator(db: Kysely<Schema>, kind: DatabaseKind): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: async () => listMigrations(kind) },
    // Numbers are handed out before the work is done, so a smaller one may be finished later.
    allowUnorderedMigrations: true,
  });
}
