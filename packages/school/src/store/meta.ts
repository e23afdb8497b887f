import type { Queries } from './transaction.ts';

/** A remembered fact about the whole installation. */
export async function findMeta(db: Queries, key: string): Promise<string | undefined> {
  return (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value;
}

/** Remembers a fact about the whole installation, replacing what was there. */
export async function setMeta(db: Queries, key: string, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Facts whose key begins with `prefix`, keys without it. */
export async function listMeta(db: Queries, prefix: string): Promise<{ key: string; value: string }[]> {
  const rows = await db
    .selectFrom('meta')
    .selectAll()
    .where('key', '>=', prefix)
    .where('key', '<', `${prefix}\u{10ffff}`)
    .execute();
  return rows
    .filter((row) => row.key.startsWith(prefix))
    .map((row) => ({ key: row.key.slice(prefix.length), value: row.value }));
}

/** Remembers a fact unless one of that name is remembered already. */
export async function insertMeta(db: Queries, key: string, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}

/** Forgets a fact. */
export async function removeMeta(db: Queries, key: string): Promise<void> {
  await db.deleteFrom('meta').where('key', '=', key).execute();
}
