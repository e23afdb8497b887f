import { sql } from 'kysely';
import type { DatabaseKind } from './database-kind.ts';
import type { Queries } from './transaction.ts';

/** Product with its version, and the newest migration that was run. */
export async function describeDatabase(
  db: Queries,
  kind: DatabaseKind,
): Promise<{ product: string; schema: string }> {
  const version =
    kind === 'sqlite'
      ? await sql<{ version: string }>`select sqlite_version() as version`.execute(db)
      : await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
  const migrations = await sql<{
    name: string;
  }>`select name from kysely_migration order by name desc limit 1`.execute(db);
  const name = kind === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  // Debian adds its own name in brackets.
  const number = version.rows[0]?.version.split(' ')[0] ?? '';
  return { product: `${name} ${number}`, schema: migrations.rows[0]?.name ?? '' };
}
