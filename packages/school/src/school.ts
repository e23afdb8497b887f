import { join } from 'node:path';
import {
  createMatcher,
  createQuestionFinder,
  loadCurriculum,
  type Curriculum,
  type Finding,
  type Matcher,
  type QuestionFinder,
  type Search,
} from '@edirae/curriculum';
import type { SkillGraph } from '@edirae/engine';
import { createAuth, type Auth } from './auth/auth.ts';
import type { Config } from './config.ts';
import { takeOverAuditEntries } from './keeping/audit-inbox.ts';
import { backUpBefore } from './keeping/back-up-before.ts';
import { deriveSigningKey, type SigningKey } from './keys.ts';
import { createBossDelivery } from './jobs/boss-delivery.ts';
import type { Delivery } from './jobs/delivery.ts';
import type { JobKind } from './jobs/job-kind.ts';
import { JOB_KINDS } from './jobs/job-kinds.ts';
import { lazySearch } from './library/search-index.ts';
import { createLocalDelivery } from './jobs/local-delivery.ts';
import { createRateLimiter, UNLIMITED, type RateLimiter } from './rate-limit.ts';
import { createLabShelf, type LabShelf } from './labs/lab-shelf.ts';
import { createSandboxRack, type SandboxRack } from './labs/sandbox-rack.ts';
import type { LocalModels } from './mentor/local-models.ts';
import { buildPassageIndex, type PassageIndex } from './mentor/passages.ts';
import { createSpeaking, type Speaking } from './mentor/speaking.ts';
import { RECEIPT_KEY_PREFIX } from './receipts.ts';
import { newId } from './new-id.ts';
import { closeSecretFile, loadSecret, noteSigningKey } from './secret.ts';
import type { DatabaseKind } from './store/database-kind.ts';
import { openDatabase } from './store/database.ts';
import type { LedgerKeeper } from './store/act-on.ts';
import { EstimatorChangedError, loadEstimators } from './store/estimators.ts';
import { StateMemory } from './store/learner-state.ts';
import { listJobQueues } from './store/job-queues.ts';
import { findMeta, setMeta } from './store/meta.ts';
import type { QuerySeen } from './store/query-seen.ts';
import { drawToken } from './store/rate-buckets.ts';
import type { Queries } from './store/transaction.ts';
import { createLog, type Log } from './telemetry/log.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import { commandLine, recordAct } from './usecases/record-act.ts';

/** Everything that a use case needs, as one value. */
export interface School extends LedgerKeeper {
  config: Config;
  db: Queries;
  kind: DatabaseKind;
  curriculum: Curriculum;
  graph: SkillGraph;
  curriculumHash: string;
  clock(): number;
  /** A new id: random, safe in an address and on a command line. */
  newId(): string;
  secret: string;
  signingKey: SigningKey;
  auth: Auth;
  limiter: RateLimiter;
  /** Finds skills by a person's own words. */
  matcher: Matcher;
  /** Finds what a question is about. */
  questions: QuestionFinder;
  /** Finds passages of lessons by a question's words. */
  passages: PassageIndex;
  /** Finds anything that is taught; made when it is first asked for. */
  search(): Promise<Search>;
  /** Answers of the mentor that are under way in this process. */
  speaking: Speaking;
  /** Model servers found on this machine at start; empty until somebody looked. */
  localModels: LocalModels[];
  /** The labs, with what only the server may read. */
  labs: LabShelf;
  /** Where learner code runs. Nothing is started before it is needed. */
  sandboxes: SandboxRack;
  /** The upgrade of the database that was made when it was opened, and where the backup from before it lies. */
  upgrade: { from: string; to: string; backup: string } | undefined;
  /** How processes hear of jobs. */
  delivery: Delivery;
  /** Every sort of job that can be run here. */
  jobKinds: readonly JobKind[];
  /** Says on standard error what happened and what an operator should know; nothing about a person. */
  log: Log;
  /** What this process has seen. */
  metrics: Metrics;
  /** Reads from the database; throws where it cannot. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What a test may put in place of the real thing. */
export interface SchoolParts {
  clock?: () => number;
  curriculum?: Curriculum;
  jobKinds?: readonly JobKind[];
  sandboxes?: SandboxRack;
  /** Told of every statement, beside the metrics. */
  onQuery?: (query: QuerySeen) => void;
}

/** The content cannot be taught as it is. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly findings: Finding[];

  constructor(contentDir: string, findings: Finding[]) {
    const errors = findings.filter((finding) => finding.severity === 'error');
    const first = errors
      .slice(0, 3)
      .map(({ file, line, message }) => `  ${file}${line === null ? '' : `:${line}`} ${message}`);
    super(
      [
        `The content in ${contentDir} has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}:`,
        ...first,
      ].join('\n'),
    );
    this.findings = findings;
  }
}

/** Opens everything. The content comes first: on broken content no lock is taken and nothing is touched. */
export async function openSchool(config: Config, parts: SchoolParts = {}): Promise<School> {
  const curriculum = parts.curriculum ?? (await loadContent(config));
  const metrics = createMetrics(() => listJobQueues(db, Date.now()));
  const log = createLog(config.logLevel);
  let backup: string | undefined;
  const { db, kind, upgrade, close } = await openDatabase(config, 'write', {
    onQuery: (query) => {
      metrics.sawQuery(query);
      parts.onQuery?.(query);
    },
    beforeUpgrade: async (upgrade) => {
      backup = await backUpBefore(config, upgrade, log);
    },
  });
  try {
    const changed = await loadEstimators(db);
    if (changed.length > 0) throw new EstimatorChangedError(changed);
    await takeOverAuditEntries(config.dataDir, db);
    if (upgrade) await recordAct(db, { act: 'migrate', details: { ...upgrade, backup } }, commandLine());
    const secret = await loadSecret(config, db, Date.now() + config.clockOffsetMs);
    const open = closeSecretFile(config);
    if (open !== undefined) log.warn('secret-open', { note: open });
    const signingKey = deriveSigningKey(secret);
    if (await noteSigningKey(db, signingKey.id))
      log.warn('secret-changed', {
        note: 'The secret is another than before: everybody is signed out. Earlier receipts stay valid.',
      });
    await setMeta(db, `${RECEIPT_KEY_PREFIX}${signingKey.id}`, signingKey.publicKey);
    const clock = parts.clock ?? Date.now;
    const jobKinds = parts.jobKinds ?? JOB_KINDS;
    const matcher = createMatcher(curriculum);
    const speaking = createSpeaking();
    const sandboxes = parts.sandboxes ?? createSandboxRack();
    const labIds = curriculum.labs.map(({ id }) => id);
    const delivery =
      config.databaseUrl === null
        ? createLocalDelivery()
        : createBossDelivery(config.databaseUrl, jobKinds, (problem) => log.warn('jobs', { problem }));
    return {
      config,
      db,
      kind,
      curriculum,
      graph: curriculum.graph,
      curriculumHash: curriculum.hash,
      clock: () => clock() + config.clockOffsetMs,
      newId,
      shiftMarked: new Set(),
      states: new StateMemory(),
      secret,
      signingKey,
      auth: createAuth({ config, db, kind, secret }),
      limiter: createLimiter(config, db),
      matcher,
      questions: createQuestionFinder(curriculum, matcher),
      passages: buildPassageIndex(curriculum, (text) => matcher.listAllStems(text)),
      search: lazySearch(
        curriculum,
        matcher,
        parts.curriculum ? null : join(config.dataDir, 'search-index.json'),
      ),
      ping: async () => {
        await findMeta(db, 'ping');
      },
      speaking,
      localModels: [],
      labs: createLabShelf(config.contentDir, labIds, log),
      sandboxes,
      upgrade: upgrade && { ...upgrade, backup: backup ?? '' },
      delivery,
      jobKinds,
      log,
      metrics,
      onAppended: metrics.sawEvents,
      close: async () => {
        await speaking.stopAll();
        await delivery.stop();
        await sandboxes.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The key with which anybody can check this school's receipts. */
export function getPublicKey(school: Pick<School, 'signingKey'>): {
  id: string;
  algorithm: 'Ed25519';
  publicKey: string;
} {
  return { id: school.signingKey.id, algorithm: 'Ed25519', publicKey: school.signingKey.publicKey };
}

/** Where several processes may serve, what one has counted must hold in the others. */
function createLimiter(config: Config, db: Queries): RateLimiter {
  if (!config.rateLimit) return UNLIMITED;
  return config.databaseUrl === null
    ? createRateLimiter()
    : createRateLimiter((bucket) => drawToken(db, bucket));
}

async function loadContent({ contentDir, dataDir }: Config): Promise<Curriculum> {
  const { curriculum, findings } = await loadCurriculum(contentDir, {
    cacheFile: join(dataDir, 'content-cache.json'),
  });
  if (curriculum === null || findings.some((finding) => finding.severity === 'error'))
    throw new ContentError(contentDir, findings);
  return curriculum;
}
