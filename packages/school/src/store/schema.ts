import type { ColumnType, Selectable } from 'kysely';

/**
 * The tables, one shape for SQLite and PostgreSQL: ids are text, times are bigint milliseconds UTC,
 * JSON is text. better-auth's own tables keep its names and types.
 */
export interface Schema {
  learners: LearnersTable;
  ledger_events: LedgerEventsTable;
  issues: IssuesTable;
  checks: ChecksTable;
  placements: PlacementsTable;
  receipts: ReceiptsTable;
  disputes: DisputesTable;
  retractions: RetractionsTable;
  api_tokens: ApiTokensTable;
  meta: MetaTable;
  user: UserTable;
  session: SessionTable;
  account: AccountTable;
  verification: VerificationTable;
}

interface LearnersTable {
  id: string;
  /** Null: a guest. Moves when progress is claimed; the id never changes. */
  user_id: string | null;
  created_at: number;
  head_seq: number;
  head_hash: string;
  /** Cached fold of the ledger as JSON; worthless on its own, rebuilt whenever it lags or its version is old. */
  state: string | null;
  state_seq: number;
  /** A guest whose progress was adopted by this learner: its chain stays readable, nothing is appended. */
  merged_into: string | null;
}

interface LedgerEventsTable {
  learner_id: string;
  seq: number;
  at: number;
  type: string;
  body: string;
  prev: string;
  hash: string;
}

export interface IssuesTable {
  id: string;
  learner_id: string;
  place: string;
  session_id: string | null;
  skill: string;
  family: string;
  variant: string;
  fingerprint: string;
  facts: string;
  /** The variant as it was shown, key included, as JSON: a later edit of the content changes neither item nor verdict. */
  shown: string;
  issued_at: number;
  status: ColumnType<'open' | 'answered' | 'voided'>;
  answered_at: number | null;
  attempt_seq: number | null;
  verdict: string | null;
}

export interface ChecksTable {
  id: string;
  learner_id: string;
  skill: string;
  started_at: number;
  ended_at: number | null;
  outcome: string | null;
  /** Of its `check-ended` event. */
  seq: number | null;
}

export interface PlacementsTable {
  id: string;
  learner_id: string;
  started_at: number;
  ended_at: number | null;
  /** Of its `placement-ended` event. */
  seq: number | null;
}

export interface ReceiptsTable {
  id: string;
  learner_id: string;
  seq: number;
  at: number;
  skill: string;
  body: string;
  signature: string;
}

export interface DisputesTable {
  id: string;
  learner_id: string;
  issue_id: string;
  family: string;
  variant: string;
  text: string;
  at: number;
  status: ColumnType<'open' | 'upheld' | 'declined'>;
}

export interface RetractionsTable {
  id: string;
  family: string;
  /** Null: the whole family. */
  variant: string | null;
  reason: string;
  at: number;
}

interface ApiTokensTable {
  /** SHA-256 of the token; the token itself is shown once and never stored. */
  hash: string;
  learner_id: string;
  created_at: number;
  last_used_at: number | null;
  name: string;
}

interface MetaTable {
  key: string;
  value: string;
}

/** SQLite keeps better-auth's dates as text and its booleans as integers; only ids and texts are read here. */
interface UserTable {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean | number;
  image: string | null;
  createdAt: unknown;
  updatedAt: unknown;
}

interface SessionTable {
  id: string;
  userId: string;
  token: string;
  expiresAt: unknown;
  createdAt: unknown;
  updatedAt: unknown;
  ipAddress: string | null;
  userAgent: string | null;
}

interface AccountTable {
  id: string;
  userId: string;
  accountId: string;
  providerId: string;
  password: string | null;
}

interface VerificationTable {
  id: string;
  identifier: string;
  value: string;
}

export type LearnerRow = Selectable<LearnersTable>;
export type LedgerEventRow = Selectable<LedgerEventsTable>;
