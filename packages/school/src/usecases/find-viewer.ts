import { findSession } from '../auth/accounts.ts';
import { readGuestCookie } from '../auth/guest-cookie.ts';
import type { School } from '../school.ts';
import type { TokenMay } from '../store/schema.ts';
import { findToken } from '../store/tokens.ts';
import { getLearnerOfUser } from './get-learner-of-user.ts';

/** Who makes a request. */
export interface Viewer {
  learnerId: string;
  /** Null for a guest. */
  userId: string | null;
  guest: boolean;
  /** What the request showed: only cookies can be sent by a page that means harm, so only they need its origin checked. */
  by: 'token' | 'session' | 'guest-cookie';
  /** What it may be used for: everything, unless it is a token that was made for something. */
  may: TokenMay;
  /** A renewed session; to be copied to the response. */
  setCookies: string[];
}

/** Finds out who makes a request: a bearer token, else a session, else a guest's cookie. Null: nobody known. */
export async function findViewer(school: School, headers: Headers): Promise<Viewer | null> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    return token === undefined ? null : viewerOfToken(school, token, 'token');
  }
  const session = await findSession(school, headers);
  if (session !== undefined) {
    const learnerId = await getLearnerOfUser(school, session.userId);
    const { userId, setCookies } = session;
    return { learnerId, userId, guest: false, by: 'session', may: 'all', setCookies };
  }
  const token = readGuestCookie(headers);
  return token === undefined ? null : viewerOfToken(school, token, 'guest-cookie');
}

async function viewerOfToken(
  school: School,
  token: string,
  by: 'token' | 'guest-cookie',
): Promise<Viewer | null> {
  const found = await findToken(school.db, token, school.clock());
  if (found === undefined) return null;
  return { ...found, guest: found.userId === null, by, setCookies: [] };
}
