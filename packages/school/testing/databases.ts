import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe } from 'vitest';
import { parseConfig, type Config } from '../src/config.ts';
import type { DatabaseKind } from '../src/store/database-kind.ts';

/** A data folder and a database of its own, with nothing in them. */
export interface Place {
  kind: DatabaseKind;
  config: Config;
  /** Removes both. Everything opened on them must be closed before. */
  remove(): Promise<void>;
}

/** Runs the same tests on SQLite and, where TEST_DATABASE_URL names a server, on PostgreSQL. */
export function describeOnBoth(name: string, tests: (kind: DatabaseKind) => void): void {
  describe(`${name} on SQLite`, () => tests('sqlite'));
  const title = `${name} on PostgreSQL`;
  if (process.env.TEST_DATABASE_URL) describe(title, () => tests('postgres'));
  else
    describe.skip(`${title} (not run: TEST_DATABASE_URL is not set; use scripts/with-postgres.sh)`, () =>
      tests('postgres'));
}

/** Makes an empty place for a test. */
export async function makePlace(kind: DatabaseKind, env: Record<string, string> = {}): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'edirae-test-'));
  const database = kind === 'postgres' ? await createPostgres() : undefined;
  const config = parseConfig({
    EDIRAE_DATA: dataDir,
    EDIRAE_RATE_LIMIT: 'off',
    ...(database ? { DATABASE_URL: database.url } : {}),
    ...env,
  });
  const remove = async () => {
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { kind, config, remove };
}

async function createPostgres(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL as string;
  const name = `edirae_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const client = new Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}
