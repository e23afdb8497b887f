import type { Config } from '../config.ts';
import { namePlace } from '../keeping/database-source.ts';
import {
  findDamage,
  findLastEventAt,
  readDatabaseFacts,
  type DatabaseFacts,
} from '../store/database-facts.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { assertKnown, knownMigrations } from '../store/migrate.ts';
import { listAppliedMigrations } from '../store/portable/tables.ts';
import { DatabaseMissingError } from '../store/sqlite.ts';
import { fault, ok, reasonOf, warning, type Diagnosis } from './diagnosis.ts';

/** The oldest PostgreSQL that is tested. */
const POSTGRES = 15;

/** Bytes of a file that is read whole while somebody waits. */
const READ_AT_MOST = 4 * 2 ** 30;

/** Milliseconds by which two clocks may differ before leases and limits suffer. */
const CLOCK_WARN_MS = 2_000;

/** Opens the database as it is; undefined, with why, where it cannot be. */
export async function openToLookAt(
  config: Config,
): Promise<{ database: Database | undefined; diagnosis: Diagnosis | undefined }> {
  try {
    return { database: await openDatabase(config, 'snapshot'), diagnosis: undefined };
  } catch (error) {
    const diagnosis =
      error instanceof DatabaseMissingError
        ? ok('database', 'There is none yet: the first start makes it')
        : fault(
            'database',
            `${namePlace(config)} cannot be opened (${reasonOf(error)})`,
            config.databaseUrl === null
              ? 'Look at EDIRAE_DATA; restore a backup if the file is damaged.'
              : 'Start PostgreSQL, or correct DATABASE_URL: address, database, user and password.',
          );
    return { database: undefined, diagnosis };
  }
}

/** Whether the database can be reached, is recent enough, and has the tables of this version. */
export async function checkDatabase({ db, kind }: Database, config: Config): Promise<Diagnosis[]> {
  try {
    const facts = await readDatabaseFacts(db, kind);
    const seen = [
      checkVersion(facts),
      checkConnections(facts),
      await checkTables({ db, kind }, facts),
      await checkIntegrity({ db, kind }, facts),
    ];
    return seen.filter((diagnosis) => diagnosis !== undefined);
  } catch (error) {
    return [
      fault(
        'database',
        `${namePlace(config)} does not answer (${reasonOf(error)})`,
        config.databaseUrl === null
          ? 'If it is damaged, restore a backup with --replace.'
          : 'Start it, or correct DATABASE_URL.',
      ),
    ];
  }
}

/** Whether the files are whole. Whether what is in them is true is asked of the ledgers, by `edirae verify`. */
async function checkIntegrity(
  { db, kind }: Pick<Database, 'db' | 'kind'>,
  { bytes }: DatabaseFacts,
): Promise<Diagnosis> {
  if (kind === 'sqlite' && bytes > READ_AT_MOST)
    return ok('integrity', 'Not looked at: the file is large, and edirae verify reads all of it');
  const damage = await findDamage(db, kind);
  return damage === undefined
    ? ok('integrity', 'The database finds nothing wrong with its files')
    : fault(
        'integrity',
        `The database finds itself damaged: ${damage}`,
        'Stop the server, keep a copy of everything, run edirae verify, and restore a backup if it fails.',
      );
}

function checkVersion({ version, major }: DatabaseFacts): Diagnosis | undefined {
  if (!version.startsWith('PostgreSQL') || major >= POSTGRES) return undefined;
  return fault('database', version, `Upgrade it to PostgreSQL ${POSTGRES} or later.`);
}

function checkConnections({ connections }: DatabaseFacts): Diagnosis | undefined {
  if (connections === null || connections.used < connections.allowed * 0.8) return undefined;
  return warning(
    'connections',
    `${connections.used} of ${connections.allowed} connections are in use`,
    'Raise max_connections, run fewer processes, or put a pooler before it.',
  );
}

async function checkTables(
  { db, kind }: Pick<Database, 'db' | 'kind'>,
  { version, bytes, mayCreate }: DatabaseFacts,
): Promise<Diagnosis> {
  const applied = await listAppliedMigrations(db, kind);
  const size = `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  try {
    assertKnown(applied, kind);
  } catch (error) {
    return fault('database', reasonOf(error), 'Start the version that wrote it.');
  }
  const pending = knownMigrations(kind).length - applied.length;
  if (pending > 0 && !mayCreate)
    return fault(
      'database',
      `${version}: the user may not make tables or schemas`,
      'Grant it CREATE on the database and on its schema.',
    );
  if (applied.length === 0) return ok('database', `${version}, empty: the first start makes the tables`);
  return pending === 0
    ? ok('database', `${version}, ${size}, tables of this version`)
    : warning(
        'database',
        `${version}, ${size}, tables of an earlier version (${applied.at(-1) ?? ''})`,
        'Start the server, or run edirae migrate: a backup is taken first.',
      );
}

/** Whether the clocks agree, and time has not gone back. */
export async function checkClock(
  config: Config,
  database: Database | undefined,
  now = Date.now(),
): Promise<Diagnosis> {
  if (config.clockOffsetMs !== 0)
    return warning(
      'clock',
      `The clock is shifted by ${config.clockOffsetMs} ms`,
      'Unset EDIRAE_CLOCK_OFFSET_MS: it is for tests of retention only.',
    );
  if (database === undefined) return ok('clock', new Date(now).toISOString());
  try {
    const { db, kind } = database;
    const { clock } = await readDatabaseFacts(db, kind);
    const skew = clock === null ? 0 : Math.abs(clock - now);
    if (skew > CLOCK_WARN_MS)
      return warning(
        'clock',
        `This machine and the database differ by ${skew} ms`,
        'Let both keep time by NTP: leases and rate limits rest on it.',
      );
    const hasTables = (await listAppliedMigrations(db, kind)).length > 0;
    const last = hasTables ? await findLastEventAt(db) : undefined;
    if (last !== undefined && last > now + CLOCK_WARN_MS)
      return warning(
        'clock',
        `The newest event is of ${new Date(last).toISOString()}, which is still to come`,
        'Set the clock: until then the ledgers keep the later time.',
      );
    return ok(
      'clock',
      `${new Date(now).toISOString()}${clock === null ? '' : `, ${skew} ms from the database's`}`,
    );
  } catch (error) {
    return warning('clock', `It could not be compared (${reasonOf(error)})`, 'See to the database first.');
  }
}
