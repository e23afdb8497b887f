import { endSession } from '../auth/accounts.ts';
import type { School } from '../school.ts';

/** Ends the session of a request. A guest has none: nothing happens. */
export async function signOut(school: School, headers: Headers): Promise<{ setCookies: string[] }> {
  return { setCookies: await endSession(school, headers) };
}
