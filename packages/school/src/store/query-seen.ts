import type { LogEvent } from 'kysely';

/** A statement that was run: what it did and how long it took, never what was in it. */
export interface QuerySeen {
  /** `select`, `insert`, `update`, `delete`, `begin`, `commit`, `rollback`, or `other`. */
  verb: string;
  ms: number;
  failed: boolean;
}

const VERBS: Readonly<Record<string, string>> = {
  SelectQueryNode: 'select',
  InsertQueryNode: 'insert',
  UpdateQueryNode: 'update',
  DeleteQueryNode: 'delete',
};

const TRANSACTION = /^(begin|commit|rollback)\b/;

/** What Kysely tells of a statement, without the statement. */
export function toQuerySeen({ level, query, queryDurationMillis }: LogEvent): QuerySeen {
  const verb = VERBS[query.query.kind] ?? TRANSACTION.exec(query.sql)?.[1] ?? 'other';
  return { verb, ms: queryDurationMillis, failed: level === 'error' };
}
