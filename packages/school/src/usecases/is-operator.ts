import { findFirstUser, type User } from '../auth/users.ts';
import type { School } from '../school.ts';

/** Addresses that only this machine can reach. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/;

/**
 * May this account see how the installation fares? Those that EDIRAE_OPERATORS names; where it names none and only this machine can reach
 * the server, the account that was made first.
 */
export async function isOperator(
  { db, config }: Pick<School, 'db' | 'config'>,
  user: Pick<User, 'id' | 'email'>,
): Promise<boolean> {
  if (config.operators.length > 0) return config.operators.includes(user.email.toLowerCase());
  // Behind a proxy on this machine the server listens on loopback too, and the first account may be anybody's.
  const isPrivate = [config.host, new URL(config.origin).hostname].every((name) => LOOPBACK.test(name));
  return isPrivate && (await findFirstUser(db))?.id === user.id;
}
