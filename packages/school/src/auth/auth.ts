import { betterAuth } from 'better-auth';
import type { Config } from '../config.ts';
import type { DatabaseKind } from '../store/database-kind.ts';
import type { Queries } from '../store/transaction.ts';
import { createLog } from '../telemetry/log.ts';

/** Characters a password needs. */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

/** Days a session lasts after it was last renewed; it is renewed once a day while used. */
const SESSION_DAYS = 60;
const DAY_S = 24 * 60 * 60;

/** The header in which use cases tell better-auth whom a request comes from. Set by us on our own requests, never copied. */
export const CLIENT_ADDRESS_HEADER = 'x-edirae-client-address';

/** Accounts by e-mail and password. It shares our database connection and is never called inside our transactions. */
export type Auth = ReturnType<typeof createAuth>;

/** The options, apart, so that a test can ask better-auth whether its tables are complete. */
export function authOptions(parts: { config: Config; db: Queries; kind: DatabaseKind; secret: string }) {
  const { config, db, kind, secret } = parts;
  return {
    appName: 'Edirae',
    baseURL: config.origin,
    basePath: '/api/auth',
    secret,
    // A user and its password are written together or not at all.
    database: { db, type: kind, transaction: true },
    trustedOrigins: config.trustedOrigins,
    emailAndPassword: { enabled: true, minPasswordLength: PASSWORD_MIN, maxPasswordLength: PASSWORD_MAX },
    session: { expiresIn: SESSION_DAYS * DAY_S, updateAge: DAY_S, cookieCache: { enabled: false } },
    // Ours holds across processes: see accounts.ts.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'edirae',
      useSecureCookies: config.origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    telemetry: { enabled: false },
    // Only what happened: what follows the message can hold an address or a row.
    logger: {
      level: 'error' as const,
      log: (_level: string, message: string) => createLog('error').error('accounts', { problem: message }),
    },
  };
}

/** Opens better-auth on the school's database. */
export function createAuth(parts: { config: Config; db: Queries; kind: DatabaseKind; secret: string }) {
  return betterAuth(authOptions(parts));
}
