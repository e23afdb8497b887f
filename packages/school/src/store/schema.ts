import type { Mode, ModelFailure, ProviderId } from '@edirae/mentor';
import type { ColumnType, Selectable } from 'kysely';
import type { CardsSchema } from './schema-cards.ts';
import type { LibrarySchema } from './schema-library.ts';

/**
 * The tables, one shape for SQLite and PostgreSQL: ids are text, times are bigint milliseconds UTC,
 * JSON is text. better-auth's own tables keep its names and types.
 */
export interface Schema extends CardsSchema, LibrarySchema {
  learners: LearnersTable;
  ledger_events: LedgerEventsTable;
  issues: IssuesTable;
  checks: ChecksTable;
  placements: PlacementsTable;
  receipts: ReceiptsTable;
  disputes: DisputesTable;
  retractions: RetractionsTable;
  api_tokens: ApiTokensTable;
  estimators: EstimatorsTable;
  interviews: InterviewsTable;
  lab_drafts: LabDraftsTable;
  lab_submissions: LabSubmissionsTable;
  lab_explanations: LabExplanationsTable;
  meta: MetaTable;
  mentor_conversations: MentorConversationsTable;
  mentor_messages: MentorMessagesTable;
  mentor_events: MentorEventsTable;
  mentor_choices: MentorChoicesTable;
  jobs: JobsTable;
  presences: PresencesTable;
  audit_log: AuditLogTable;
  rate_buckets: RateBucketsTable;
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
  /** Null: a guest's, which may do everything. */
  may: ColumnType<TokenMay | null>;
  /** Null: never. */
  ends_at: number | null;
}

/** What a token made by its learner is good for: work on labs, reading one's own record, or all that the API offers. */
export type TokenMay = 'labs' | 'read' | 'all';

interface EstimatorsTable {
  /** The base and a digest of the version: a row is written once and never changed. */
  id: string;
  /** Id of the shipped estimator. */
  base: string;
  /** In its RFC 8785 form. */
  version: string;
  trial: string;
  adopted_at: number;
}

export interface MentorConversationsTable {
  id: string;
  learner_id: string;
  skill: string | null;
  title: string;
  mode: ColumnType<Mode>;
  created_at: number;
  updated_at: number;
}

export interface MentorMessagesTable {
  id: string;
  learner_id: string;
  conversation_id: string;
  turn: number;
  mode: ColumnType<Mode>;
  issue_id: string | null;
  question: string;
  work: string | null;
  answered_by: ColumnType<'built-in' | 'model'>;
  status: ColumnType<'running' | 'done' | 'stopped' | 'broken'>;
  /** What a model was sent, as JSON; null where none was asked. */
  sent: string | null;
  input_tokens: number;
  output_tokens: number;
  /** Millionths of the operator's currency. */
  cost_micros: number;
  created_at: number;
  ended_at: number | null;
}

interface MentorEventsTable {
  message_id: string;
  seq: number;
  learner_id: string;
  body: string;
}

interface MentorChoicesTable {
  learner_id: string;
  answers: ColumnType<'built-in' | 'model'>;
  provider: ColumnType<ProviderId | null>;
  model: string | null;
  /** Encrypted with a key derived from the school's secret; never sent back. */
  sealed_key: string | null;
  tested_at: number | null;
  test_failure: ColumnType<ModelFailure | null>;
  updated_at: number;
}

export interface InterviewsTable {
  id: string;
  learner_id: string;
  /** Id of the prompt in `content/interviews.yaml`. */
  prompt: string;
  started_at: number;
  saved_at: number;
  revision: number;
  seconds: number | null;
  /** JSON. */
  answer: string;
  /** Null: still being written. */
  finished_at: number | null;
  /** JSON; null: not scored. */
  score: string | null;
}

export interface LabDraftsTable {
  id: string;
  learner_id: string;
  lab: string;
  language: ColumnType<'py' | 'ts'>;
  /** Counts up with every save of the learner's work in this language. */
  version: number;
  /** When the stretch of work that this row holds the end of began. */
  begun_at: number;
  saved_at: number;
  /** Tells the learner's devices apart, and says no more about them. */
  device: string | null;
  /** 1: lost a conflict and was not looked at yet. */
  set_aside: number;
  bytes: number;
  /** JSON. */
  files: string;
}

export interface LabSubmissionsTable {
  id: string;
  learner_id: string;
  lab: string;
  kind: ColumnType<'submission' | 'run'>;
  /** 1, 2, … of the learner's submissions to the lab; null for a run. */
  number: number | null;
  language: ColumnType<'py' | 'ts'>;
  entry: string;
  files: string;
  /** SHA-256 of the files. */
  digest: string;
  seed: number;
  job_id: string;
  submitted_at: number;
  cancelled_at: number | null;
  ended_at: number | null;
  /** What its author may see, as JSON. */
  result: string | null;
  /** Of its `lab-graded` event. */
  seq: number | null;
}

export interface LabExplanationsTable {
  id: string;
  learner_id: string;
  lab: string;
  submission_id: string;
  job_id: string;
  asked_at: number;
  shown_at: number | null;
  ended_at: number | null;
  /** With their keys, as JSON. */
  questions: string | null;
  answers: string | null;
  right_answers: number | null;
  outcome: ColumnType<'explained' | 'not-yet' | null>;
}

interface MetaTable {
  key: string;
  value: string;
}

export interface JobsTable {
  id: string;
  kind: string;
  /** Whose turn it takes; null: the installation's own. */
  learner_id: string | null;
  /** At most one job of a kind has it. */
  key: string | null;
  payload: string;
  state: ColumnType<'queued' | 'running' | 'done' | 'dead' | 'cancelled'>;
  /** The round in which it is served: a learner's second waiting job stands in the round after the first. */
  turn: number;
  run_at: number;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  /** How often it was started. */
  attempt: number;
  /** Of the process that runs it: whoever has another one may not finish it. */
  lease: string | null;
  lease_until: number | null;
  cancel_asked_at: number | null;
  progress: string | null;
  result: string | null;
  problem: string | null;
}

interface PresencesTable {
  place: string;
  who: string;
  about: string;
  since: number;
  seen_at: number;
}

interface AuditLogTable {
  id: string;
  at: number;
  act: string;
  by: string;
  outcome: string;
  details: string;
}

interface RateBucketsTable {
  id: string;
  tokens: number;
  at: number;
  /** Whether the last who asked got one. */
  drawn: boolean;
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
  expiresAt: unknown;
}

export type JobRow = Selectable<JobsTable>;
export type EstimatorRow = Selectable<EstimatorsTable>;
export type LearnerRow = Selectable<LearnersTable>;
export type LedgerEventRow = Selectable<LedgerEventsTable>;
