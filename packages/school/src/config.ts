import { resolve } from 'node:path';
import { PROVIDERS, type ModelSettings } from '@edirae/mentor';
import { z } from 'zod';
import { findContentDir } from './locate-content.ts';
import { LOG_LEVELS, type LogLevel } from './telemetry/log.ts';

/** Everything that an operator may set, parsed once at start. */
export interface Config {
  /** Port of the web server; 0 takes any free one. */
  port: number;
  /** Address to listen on. Loopback unless an operator opens it on purpose. */
  host: string;
  /** Folder of the database, the secret and the lock; absolute. */
  dataDir: string;
  /** A PostgreSQL address, or null for SQLite in the data folder. */
  databaseUrl: string | null;
  /** Where browsers reach the site: scheme, host and port, without a trailing slash. */
  origin: string;
  /** Origins whose form posts are accepted: `origin`, and its loopback twin where nothing was configured. */
  trustedOrigins: string[];
  /** Null: a secret is made at first start and kept in the data folder. */
  secret: string | null;
  /** Shifts the server's clock, for tests of retention only. */
  clockOffsetMs: number;
  /** False for load tests only. */
  rateLimit: boolean;
  /** Whether the web server runs jobs too. False needs PostgreSQL and `edirae work` beside it. */
  runJobs: boolean;
  /** Days without activity after which a guest is erased; null: never. */
  guestDays: number | null;
  /** Folder for backups that are made by themselves; absolute. Null: none are. */
  backupDir: string | null;
  /** Milliseconds from one such backup to the next. */
  backupEveryMs: number;
  /** How many of them are kept. */
  backupsKept: number;
  /** Folder of the curriculum; absolute. */
  contentDir: string;
  /** How much the log says. */
  logLevel: LogLevel;
  /** What Prometheus shows to read `/metrics`; null: only this machine may read them. */
  metricsToken: string | null;
  /** E-mail addresses of the accounts that see the operator's page, in lower case. */
  operators: string[];
  /** The model that answers as mentor, where the operator names one here; the settings in the database count otherwise. */
  mentor: MentorConfig;
}

export interface MentorConfig {
  /** Null: none is named here. */
  model: ModelSettings | null;
  /** In the operator's currency, for a million tokens read and a million written. */
  price: { input: number; output: number };
  /** Tokens a day, counted in UTC: of one learner, and of all together. Beyond them the built-in mentor answers. */
  tokensADay: { each: number; all: number };
}

/** A setting that cannot be used: one line that names the variable, what was given and what is accepted. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const wholeNumber = (low: number, high: number) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= low && value <= high);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function toMs(text: string): number {
  const unit = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS }[text.slice(-1)] ?? 0;
  return Number(text.slice(0, -1)) * unit;
}

const ACCEPTED = {
  PORT: { schema: wholeNumber(0, 65_535), accepted: 'a whole number from 0 to 65535' },
  HOST: { schema: z.string().regex(/^[\w.:-]+$/), accepted: 'a host name or an IP address' },
  EDIRAE_DATA: {
    schema: z.string().refine((path) => !path.includes('\0')),
    accepted: 'the path of a folder',
  },
  DATABASE_URL: {
    schema: z.string().regex(/^postgres(ql)?:\/\/./),
    accepted: 'a PostgreSQL address such as postgres://user@host:5432/edirae (leave it unset for SQLite)',
  },
  EDIRAE_ORIGIN: {
    schema: z
      .string()
      .transform((value) => value.replace(/\/+$/, ''))
      .refine((value) => isOrigin(value)),
    accepted: 'an http or https origin without a path, such as https://learn.example.org',
  },
  EDIRAE_SECRET: {
    schema: z.string().min(32),
    accepted: 'at least 32 characters, for example from: openssl rand -base64 32',
  },
  EDIRAE_CLOCK_OFFSET_MS: {
    schema: wholeNumber(-4e12, 4e12),
    accepted: 'a whole number of milliseconds (0 leaves the clock alone)',
  },
  EDIRAE_RATE_LIMIT: { schema: z.enum(['on', 'off']), accepted: 'on or off' },
  EDIRAE_JOBS: {
    schema: z.enum(['on', 'off']),
    accepted: 'on, or off where edirae work runs the jobs (which needs DATABASE_URL)',
  },
  EDIRAE_GUEST_DAYS: {
    schema: z.literal('never').or(wholeNumber(1, 36_500)),
    accepted: 'a number of days from 1 to 36500, or never',
  },
  EDIRAE_LOG: {
    schema: z.enum(LOG_LEVELS),
    accepted: 'info (every request), warn or error',
  },
  EDIRAE_METRICS_TOKEN: {
    schema: z.string().regex(/^\S{16,}$/),
    accepted: 'at least 16 characters without a space, for example from: openssl rand -hex 16',
  },
  EDIRAE_OPERATORS: {
    schema: z
      .string()
      .transform((list) =>
        list
          .toLowerCase()
          .split(',')
          .map((address) => address.trim()),
      )
      .refine((list) => list.every((address) => /^[^\s@]+@[^\s@]+$/.test(address))),
    accepted: 'e-mail addresses of accounts, separated by commas',
  },
  EDIRAE_MENTOR_PROVIDER: {
    schema: z.enum(PROVIDERS),
    accepted: PROVIDERS.join(', '),
  },
  EDIRAE_MENTOR_URL: {
    schema: z.string().refine((value) => isHttp(value)),
    accepted: 'the base URL of an OpenAI-compatible server, such as http://127.0.0.1:11434/v1',
  },
  EDIRAE_MENTOR_MODEL: { schema: z.string().max(200), accepted: 'the name of a model' },
  EDIRAE_MENTOR_KEY: { schema: z.string().max(500), accepted: 'a key of at most 500 characters' },
  EDIRAE_MENTOR_PRICE: {
    schema: z.string().regex(/^\d+(\.\d+)?\/\d+(\.\d+)?$/),
    accepted: 'two prices for a million tokens, read and written, such as 0.5/1.5',
  },
  EDIRAE_MENTOR_TOKENS_EACH: { schema: wholeNumber(0, 1e12), accepted: 'tokens a day of one learner' },
  EDIRAE_MENTOR_TOKENS_ALL: { schema: wholeNumber(0, 1e12), accepted: 'tokens a day of all learners' },
  EDIRAE_BACKUP_DIR: {
    schema: z.string().refine((path) => !path.includes('\0')),
    accepted: 'the path of a folder, best on another disk',
  },
  EDIRAE_BACKUP_EVERY: {
    schema: z
      .string()
      .regex(/^\d{1,4}[mhd]$/)
      .transform(toMs)
      .refine((ms) => ms >= 5 * MINUTE_MS && ms <= 7 * DAY_MS),
    accepted: 'minutes, hours or days such as 30m, 6h or 1d, from 5m to 7d',
  },
  EDIRAE_BACKUP_KEEP: { schema: wholeNumber(1, 10_000), accepted: 'a whole number from 1 to 10000' },
  EDIRAE_CONTENT: {
    schema: z.string().refine((path) => !path.includes('\0')),
    accepted: 'the path of a content folder',
  },
} as const;

type Name = keyof typeof ACCEPTED;

/** Every variable that is read, for the documents to be held against. */
export const SETTINGS = Object.keys(ACCEPTED);

/** Values that must not be repeated on a terminal or in a log. */
const CONFIDENTIAL: readonly Name[] = [
  'EDIRAE_SECRET',
  'EDIRAE_MENTOR_KEY',
  'DATABASE_URL',
  'EDIRAE_METRICS_TOKEN',
];

/** Turns environment variables into a configuration, or throws a {@link ConfigError}. An empty variable counts as unset. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const port = read(env, 'PORT') ?? 3000;
  const configuredOrigin = read(env, 'EDIRAE_ORIGIN');
  const origin = configuredOrigin ?? `http://localhost:${port}`;
  return {
    port,
    host: read(env, 'HOST') ?? '127.0.0.1',
    dataDir: resolve(read(env, 'EDIRAE_DATA') ?? './data'),
    databaseUrl: read(env, 'DATABASE_URL') ?? null,
    origin,
    trustedOrigins: configuredOrigin ? [origin] : [origin, `http://127.0.0.1:${port}`],
    secret: read(env, 'EDIRAE_SECRET') ?? null,
    clockOffsetMs: read(env, 'EDIRAE_CLOCK_OFFSET_MS') ?? 0,
    rateLimit: (read(env, 'EDIRAE_RATE_LIMIT') ?? 'on') === 'on',
    runJobs: runJobs(env),
    guestDays: guestDays(read(env, 'EDIRAE_GUEST_DAYS')),
    backupDir: folder(read(env, 'EDIRAE_BACKUP_DIR')),
    backupEveryMs: read(env, 'EDIRAE_BACKUP_EVERY') ?? DAY_MS,
    backupsKept: read(env, 'EDIRAE_BACKUP_KEEP') ?? 7,
    contentDir: contentDir(read(env, 'EDIRAE_CONTENT')),
    logLevel: read(env, 'EDIRAE_LOG') ?? 'info',
    metricsToken: read(env, 'EDIRAE_METRICS_TOKEN') ?? null,
    operators: read(env, 'EDIRAE_OPERATORS') ?? [],
    mentor: mentorConfig(env),
  };
}

const TOKENS_EACH = 100_000;
const TOKENS_ALL = 5_000_000;

function mentorConfig(env: Readonly<Record<string, string | undefined>>): MentorConfig {
  const model = read(env, 'EDIRAE_MENTOR_MODEL');
  const provider = read(env, 'EDIRAE_MENTOR_PROVIDER') ?? 'openai-compatible';
  const baseUrl = read(env, 'EDIRAE_MENTOR_URL')?.replace(/\/+$/, '') ?? null;
  if (model !== undefined && provider === 'openai-compatible' && baseUrl === null)
    throw new ConfigError(
      'EDIRAE_MENTOR_URL: nothing was given; an OpenAI-compatible model needs the base URL of its server.',
    );
  const [input = 0, output = 0] = (read(env, 'EDIRAE_MENTOR_PRICE') ?? '0/0').split('/').map(Number);
  return {
    model:
      model === undefined
        ? null
        : { provider, model, baseUrl, apiKey: read(env, 'EDIRAE_MENTOR_KEY') ?? null },
    price: { input, output },
    tokensADay: {
      each: read(env, 'EDIRAE_MENTOR_TOKENS_EACH') ?? TOKENS_EACH,
      all: read(env, 'EDIRAE_MENTOR_TOKENS_ALL') ?? TOKENS_ALL,
    },
  };
}

function isHttp(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function read<N extends Name>(
  env: Readonly<Record<string, string | undefined>>,
  name: N,
): z.output<(typeof ACCEPTED)[N]['schema']> | undefined {
  const given = env[name]?.trim();
  if (given === undefined || given === '') return undefined;
  const { schema, accepted } = ACCEPTED[name];
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(`${name}: ${describe(name, given)} was given; accepted: ${accepted}.`);
  return parsed.data as z.output<(typeof ACCEPTED)[N]['schema']>;
}

function describe(name: Name, given: string): string {
  if (CONFIDENTIAL.includes(name)) return `a value of ${given.length} characters`;
  return JSON.stringify(given.length > 80 ? `${given.slice(0, 80)}…` : given);
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.origin === value.toLowerCase();
}

function runJobs(env: Readonly<Record<string, string | undefined>>): boolean {
  if ((read(env, 'EDIRAE_JOBS') ?? 'on') === 'on') return true;
  if (read(env, 'DATABASE_URL') === undefined)
    throw new ConfigError(
      'EDIRAE_JOBS: "off" was given; accepted without DATABASE_URL: on, because on SQLite nobody else can run the jobs.',
    );
  return false;
}

/** A year is a long break from learning, and the browser keeps the cookie hardly longer. */
const GUEST_DAYS = 365;

function folder(given: string | undefined): string | null {
  return given === undefined ? null : resolve(given);
}

function guestDays(given: number | 'never' | undefined): number | null {
  return given === 'never' ? null : (given ?? GUEST_DAYS);
}

function contentDir(given: string | undefined): string {
  if (given !== undefined) return resolve(given);
  const found = findContentDir();
  if (found === undefined) {
    throw new ConfigError(
      'EDIRAE_CONTENT: nothing was given and no content/ folder was found beside the program; accepted: the path of a content folder.',
    );
  }
  return found;
}
