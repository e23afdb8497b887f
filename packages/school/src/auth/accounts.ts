import { z } from 'zod';
import type { School } from '../school.ts';
import { findUserByEmail } from './users.ts';
import { CLIENT_ADDRESS_HEADER, PASSWORD_MAX, PASSWORD_MIN } from './auth.ts';

/** Whom a request comes from. */
export interface Requester {
  headers: Headers;
  /** Network address of the client, as the web server saw it. */
  address?: string | undefined;
}

/** Signed in: who, and the `set-cookie` values that say so to the browser. */
export interface SignedIn {
  outcome: 'signed-in';
  userId: string;
  setCookies: string[];
}

export type AccountRefusal =
  | { outcome: 'email-taken' }
  | { outcome: 'invalid-email' }
  | { outcome: 'weak-password'; min: number; max: number }
  | { outcome: 'wrong-credentials' }
  | { outcome: 'rate-limited'; retryAfter: number };

/** Makes an account and signs in to it. */
export async function signUp(
  school: School,
  from: Requester,
  account: { email: string; password: string; name: string },
): Promise<SignedIn | AccountRefusal> {
  if (!isStrongEnough(account.password)) return WEAK_PASSWORD;
  const answer = await call(school, from, '/sign-up/email', account);
  if (answer.outcome !== 'not-created') return answer;
  // Two at once with one address: the database lets the first in.
  if ((await findUserByEmail(school.db, account.email)) !== undefined) return { outcome: 'email-taken' };
  throw new Error('The account could not be created.');
}

/** Signs in to an account. Says no more about a failure than that it failed. */
export async function signIn(
  school: School,
  from: Requester,
  credentials: { email: string; password: string },
): Promise<SignedIn | AccountRefusal> {
  const answer = await call(school, from, '/sign-in/email', credentials);
  if (answer.outcome === 'not-created') throw new Error('A sign-in was answered as if it were a sign-up.');
  return answer;
}

/** The session that a request carries, with a renewed cookie where it was due. */
export async function findSession(
  school: School,
  headers: Headers,
): Promise<{ userId: string; setCookies: string[] } | undefined> {
  const { response, headers: answered } = await school.auth.api.getSession({ headers, returnHeaders: true });
  return response === null ? undefined : { userId: response.user.id, setCookies: answered.getSetCookie() };
}

/** Ends the session of a request, if it carries one. */
export async function endSession(school: School, headers: Headers): Promise<string[]> {
  const { headers: answered } = await school.auth.api.signOut({ headers, returnHeaders: true });
  return answered.getSetCookie();
}

/** Replaces a password, ends every other session and renews this one. */
export async function replacePassword(
  school: School,
  headers: Headers,
  passwords: { current: string; next: string },
): Promise<
  | { outcome: 'changed'; setCookies: string[] }
  | { outcome: 'wrong-password' | 'signed-out' }
  | typeof WEAK_PASSWORD
> {
  if (!isStrongEnough(passwords.next)) return WEAK_PASSWORD;
  const body = { currentPassword: passwords.current, newPassword: passwords.next, revokeOtherSessions: true };
  try {
    const { headers: answered } = await school.auth.api.changePassword({
      body,
      headers,
      returnHeaders: true,
    });
    return { outcome: 'changed', setCookies: answered.getSetCookie() };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'INVALID_PASSWORD' || code === 'PASSWORD_TOO_LONG') return { outcome: 'wrong-password' };
    if (statusOf(error) === 401) return { outcome: 'signed-out' };
    throw error;
  }
}

/** `set-cookie` values that make a browser forget its session. */
export async function forgetSession(school: School): Promise<string[]> {
  const { authCookies } = await school.auth.$context;
  const secure = school.config.origin.startsWith('https:') ? '; Secure' : '';
  return [authCookies.sessionToken, authCookies.sessionData, authCookies.dontRememberToken].map(
    (cookie) => `${cookie.name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure}`,
  );
}

const WEAK_PASSWORD = { outcome: 'weak-password' as const, min: PASSWORD_MIN, max: PASSWORD_MAX };

function isStrongEnough(password: string): boolean {
  return password.length >= PASSWORD_MIN && password.length <= PASSWORD_MAX;
}

const signedInSchema = z.object({ user: z.object({ id: z.string() }) });
const refusedSchema = z.object({ code: z.string().optional(), message: z.string().optional() });

type Answer = SignedIn | AccountRefusal | { outcome: 'not-created' };

/** Goes through better-auth's router, whose answers are documented, and counts who asks: a password is expensive to check. */
async function call(
  school: School,
  { headers, address }: Requester,
  path: string,
  body: Record<string, string>,
): Promise<Answer> {
  const limited = await school.limiter.take('account', address ?? '', school.clock());
  if (limited) return limited;
  const request = new Request(`${school.config.origin}/api/auth${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: school.config.origin,
      'user-agent': headers.get('user-agent') ?? '',
      ...(address === undefined ? {} : { [CLIENT_ADDRESS_HEADER]: address }),
    },
    body: JSON.stringify(body),
  });
  const response = await school.auth.handler(request);
  const answer: unknown = await response.json().catch(() => ({}));
  if (response.ok)
    return {
      outcome: 'signed-in',
      userId: signedInSchema.parse(answer).user.id,
      setCookies: response.headers.getSetCookie(),
    };
  return toRefusal(refusedSchema.parse(answer).code, response.status);
}

function toRefusal(code: string | undefined, status: number): AccountRefusal | { outcome: 'not-created' } {
  switch (code) {
    case 'INVALID_EMAIL':
    case 'VALIDATION_ERROR':
      return { outcome: 'invalid-email' };
    case 'USER_ALREADY_EXISTS':
    case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
      return { outcome: 'email-taken' };
    case 'FAILED_TO_CREATE_USER':
      return { outcome: 'not-created' };
    case 'PASSWORD_TOO_SHORT':
    case 'PASSWORD_TOO_LONG':
      return WEAK_PASSWORD;
    case 'INVALID_EMAIL_OR_PASSWORD':
      return { outcome: 'wrong-credentials' };
    default:
      throw new Error(
        `The account could not be used: better-auth answered ${status} ${code ?? 'without a code'}.`,
      );
  }
}

function codeOf(error: unknown): unknown {
  return (error as { body?: { code?: unknown } }).body?.code;
}

function statusOf(error: unknown): unknown {
  return (error as { statusCode?: unknown }).statusCode;
}
