import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Tokens that learners make for their own programs: what each may do, and until when. Those of guests may do everything and do not end. */
export const tokenRights: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('api_tokens').addColumn('may', 'text').execute();
    await db.schema.alterTable('api_tokens').addColumn('ends_at', 'bigint').execute();
  },
};
