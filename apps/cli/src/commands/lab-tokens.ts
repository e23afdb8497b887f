import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ServerRefused } from './lab-refused.ts';

/** Tokens by server. */
const schema = z.record(z.string(), z.string());

/** Where tokens are kept: a file that only its owner can read. */
export function tokensFile(): string {
  const base = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(base, 'edirae', 'tokens.json');
}

/** The token kept for a server. @throws ServerRefused where others can read the file, or it cannot be read */
export function findKeptToken(server: string): string | undefined {
  const kept = readTokens();
  return Object.hasOwn(kept, server) ? kept[server] : undefined;
}

/** Keeps a token for a server, in place of an earlier one. */
export function keepToken(server: string, token: string): void {
  const file = tokensFile();
  const tokens = { ...readTokens(), [server]: token };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const written = `${file}.${process.pid}`;
  writeFileSync(written, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  chmodSync(written, 0o600);
  renameSync(written, file);
}

function readTokens(): Record<string, string> {
  const file = tokensFile();
  let text: string;
  try {
    // Windows keeps a home folder to its owner by other means.
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw new ServerRefused(`${file} can be read by others. Set it right: chmod 600 ${file}`);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new ServerRefused(`${file} is not as edirae wrote it. Remove it, and sign in again.`);
  }
}
