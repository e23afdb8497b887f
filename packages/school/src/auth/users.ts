import type { Queries } from '../store/transaction.ts';

/** What is shown of an account. */
export interface User {
  id: string;
  email: string;
  name: string;
}

/** The account of that id. */
export async function findUser(db: Queries, userId: string): Promise<User | undefined> {
  return db.selectFrom('user').select(['id', 'email', 'name']).where('id', '=', userId).executeTakeFirst();
}

/** The account of that address; addresses are kept in lower case. */
export async function findUserByEmail(db: Queries, email: string): Promise<User | undefined> {
  return db
    .selectFrom('user')
    .select(['id', 'email', 'name'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
}

/** The account that was made first; undefined where there is none yet. */
export async function findFirstUser(db: Queries): Promise<User | undefined> {
  return db
    .selectFrom('user')
    .select(['id', 'email', 'name'])
    .orderBy('createdAt')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/**
 * Erases an account with its sessions and password. Written here and not asked of better-auth, because it
 * belongs into the transaction that erases the learner.
 */
export async function deleteUser(db: Queries, userId: string): Promise<void> {
  const user = await findUser(db, userId);
  if (user === undefined) return;
  await db
    .deleteFrom('verification')
    .where((eb) => eb.or([eb('identifier', '=', user.email), eb('value', '=', userId)]))
    .execute();
  await db.deleteFrom('session').where('userId', '=', userId).execute();
  await db.deleteFrom('account').where('userId', '=', userId).execute();
  await db.deleteFrom('user').where('id', '=', userId).execute();
}
