import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the secret is kept when none is configured. */
const SECRET_FILE = 'secret';

/** The configured secret, or the one in the data folder, made at first start and readable by its owner only. */
export function loadSecret(config: { secret: string | null; dataDir: string }): string {
  if (config.secret !== null) return config.secret;
  const file = join(config.dataDir, SECRET_FILE);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  try {
    // `wx`: two processes that start at once must end up with one secret.
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readSecret(file);
}

/** The secret, without making one. */
export function findSecret(config: { secret: string | null; dataDir: string }): string | undefined {
  const file = join(config.dataDir, SECRET_FILE);
  return config.secret ?? (existsSync(file) ? readSecret(file) : undefined);
}

function readSecret(file: string): string {
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32)
    throw new Error(
      `${file} holds no secret of at least 32 characters. Restore it from a backup; a new one would sign everybody out.`,
    );
  return secret;
}
