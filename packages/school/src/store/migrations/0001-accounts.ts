import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../database-kind.ts';

/** better-auth's tables, as its own generator writes them: auth-tables.test.ts asks it whether anything is missing. */
export function accounts(kind: DatabaseKind): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const postgres = kind === 'postgres';
      const date = postgres ? sql`timestamptz` : sql`date`;
      const flag = postgres ? 'boolean' : 'integer';
      await db.schema
        .createTable('user')
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('email', 'text', (column) => column.notNull().unique())
        .addColumn('emailVerified', flag, (column) => column.notNull())
        .addColumn('image', 'text')
        .addColumn('createdAt', date, (column) => column.notNull())
        .addColumn('updatedAt', date, (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('session')
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('expiresAt', date, (column) => column.notNull())
        .addColumn('token', 'text', (column) => column.notNull().unique())
        .addColumn('createdAt', date, (column) => column.notNull())
        .addColumn('updatedAt', date, (column) => column.notNull())
        .addColumn('ipAddress', 'text')
        .addColumn('userAgent', 'text')
        .addColumn('userId', 'text', (column) => column.notNull().references('user.id').onDelete('cascade'))
        .execute();
      await db.schema
        .createTable('account')
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('accountId', 'text', (column) => column.notNull())
        .addColumn('providerId', 'text', (column) => column.notNull())
        .addColumn('userId', 'text', (column) => column.notNull().references('user.id').onDelete('cascade'))
        .addColumn('accessToken', 'text')
        .addColumn('refreshToken', 'text')
        .addColumn('idToken', 'text')
        .addColumn('accessTokenExpiresAt', date)
        .addColumn('refreshTokenExpiresAt', date)
        .addColumn('scope', 'text')
        .addColumn('password', 'text')
        .addColumn('createdAt', date, (column) => column.notNull())
        .addColumn('updatedAt', date, (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('verification')
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('identifier', 'text', (column) => column.notNull())
        .addColumn('value', 'text', (column) => column.notNull())
        .addColumn('expiresAt', date, (column) => column.notNull())
        .addColumn('createdAt', date, (column) => column.notNull())
        .addColumn('updatedAt', date, (column) => column.notNull())
        .execute();
      await db.schema.createIndex('session_userId_idx').on('session').column('userId').execute();
      await db.schema.createIndex('account_userId_idx').on('account').column('userId').execute();
      await db.schema
        .createIndex('verification_identifier_idx')
        .on('verification')
        .column('identifier')
        .execute();
    },
  };
}
