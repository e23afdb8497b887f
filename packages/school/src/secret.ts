import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { deriveSigningKey } from './keys.ts';
import { findMeta, insertMeta, removeMeta, setMeta } from './store/meta.ts';
import { GONE_MS, listPresences, WORKERS } from './store/presences.ts';
import { SECRET_KEY } from './store/portable/read-rows.ts';
import type { Queries } from './store/transaction.ts';
import { WEB_PROCESSES } from './telemetry/web-presence.ts';

/** Where the secret is kept when none is configured. */
export const SECRET_FILE = 'secret';

const SECRET_LENGTH = 32;

/** Id of the key that signs now, so that a server with another secret is noticed. */
const CURRENT_KEY = 'signing-key';

/** The servers that run on this database have a configured secret, and this one has none. */
export class SecretMissingError extends Error {
  override readonly name = 'SecretMissingError';

  constructor() {
    super(
      'Servers with a configured secret run on this database: set the same EDIRAE_SECRET here. (If it is lost, set a new one everywhere: everybody is signed out, and earlier receipts stay valid.)',
    );
  }
}

/** The file of the secret is there and holds none. */
export class SecretFileError extends Error {
  override readonly name = 'SecretFileError';
}

/** What a secret's place is decided by. */
interface SecretConfig {
  secret: string | null;
  dataDir: string;
  databaseUrl: string | null;
}

/**
 * The configured secret, else the school's own, made at first start: on SQLite in a file of the data folder that its
 * owner alone can read, on PostgreSQL in the database, where every server finds it.
 */
export async function loadSecret(config: SecretConfig, db: Queries, now: number): Promise<string> {
  if (config.secret !== null) {
    // One that is no longer used must not lie about, nor sign for a server that was forgotten.
    if ((await findMeta(db, SECRET_KEY)) !== config.secret) await removeMeta(db, SECRET_KEY);
    return config.secret;
  }
  if (config.databaseUrl === null) return readSecret(makeSecretFile(config.dataDir));
  if ((await findMeta(db, SECRET_KEY)) === undefined) {
    // A file is what a server had that began with SQLite, or with an earlier version.
    const file = findSecretFile(config.dataDir);
    const current = await findMeta(db, CURRENT_KEY);
    const known = file !== undefined && deriveSigningKey(file).id === current;
    // Two servers with two secrets would sign each other's learners out, over and over.
    if (current !== undefined && !known && (await isSomebodyThere(db, now))) throw new SecretMissingError();
    await insertMeta(db, SECRET_KEY, file ?? newSecret());
  }
  const secret = await findMeta(db, SECRET_KEY);
  if (secret === undefined) throw new Error('The secret was kept in the database and is not there.');
  return secret;
}

async function isSomebodyThere(db: Queries, now: number): Promise<boolean> {
  for (const place of [WEB_PROCESSES, WORKERS])
    if ((await listPresences(db, place, now - GONE_MS)).length > 0) return true;
  return false;
}

/** Remembers which key signs from now on, and gives whether it is another than before. */
export async function noteSigningKey(db: Queries, keyId: string): Promise<boolean> {
  const before = await findMeta(db, CURRENT_KEY);
  if (before !== keyId) await setMeta(db, CURRENT_KEY, keyId);
  return before !== undefined && before !== keyId;
}

/**
 * Takes the file of the secret from everybody but its owner, and gives a warning where it was open: it may have been read.
 * Undefined where all is well.
 */
export function closeSecretFile({ secret, dataDir }: SecretConfig): string | undefined {
  const file = join(dataDir, SECRET_FILE);
  const mode = secret === null ? statSync(file, { throwIfNoEntry: false })?.mode : undefined;
  if (mode === undefined || (mode & 0o077) === 0) return undefined;
  try {
    chmodSync(file, 0o600);
    return `Others on this machine could read ${file}; now its owner alone can. If somebody may have, remove it and start again: everybody is signed out.`;
  } catch {
    return `Others on this machine can read ${file}. Run: chmod 600 ${file}`;
  }
}

/** The secret, without making one. */
export async function findSecret(config: SecretConfig, db: Queries): Promise<string | undefined> {
  if (config.secret !== null) return config.secret;
  const shared = config.databaseUrl === null ? undefined : await findMeta(db, SECRET_KEY);
  return shared ?? findSecretFile(config.dataDir);
}

/** Keeps a secret that came with a backup or a move in the data folder; another one that is there is put aside. */
export function keepSecretFile(dataDir: string, secret: string): void {
  const there = findSecretFile(dataDir);
  if (there === secret) return;
  const file = join(dataDir, SECRET_FILE);
  if (there !== undefined) renameSync(file, `${file}.before-${Date.now()}`);
  makeSecretFile(dataDir, secret);
}

/** @throws SecretFileError */
export function findSecretFile(dataDir: string): string | undefined {
  const file = join(dataDir, SECRET_FILE);
  return existsSync(file) ? readSecret(file) : undefined;
}

function makeSecretFile(dataDir: string, secret = newSecret()): string {
  const file = join(dataDir, SECRET_FILE);
  makeFolder(dataDir);
  try {
    // `wx`: two processes that start at once must end up with one secret.
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, `${secret}\n`);
    fsyncSync(handle);
    closeSync(handle);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return file;
}

function newSecret(): string {
  return randomBytes(SECRET_LENGTH).toString('base64url');
}

function readSecret(file: string): string {
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < SECRET_LENGTH)
    throw new SecretFileError(
      `${file} holds no secret of at least ${SECRET_LENGTH} characters. Restore it from a backup; a new one would sign everybody out.`,
    );
  return secret;
}
