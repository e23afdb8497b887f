import { CURRENT_ESTIMATOR, RULE_VERSION } from '@edirae/engine';
import { findUser } from '../auth/users.ts';
import type { OperationView, PartView, WebProcessView } from '../operation-view.ts';
import type { School } from '../school.ts';
import { describeDatabase } from '../store/describe-database.ts';
import type { AuditEntry } from '../store/audit-log.ts';
import { countDisputes, findOldestOpenDispute } from '../store/disputes.ts';
import { countLearners } from '../store/learners.ts';
import { countReportedLinks } from '../store/resource-marks.ts';
import { listPresences } from '../store/presences.ts';
import { WEB_PROCESSES, type WebProcessAbout } from '../telemetry/web-presence.ts';
import { VERSION } from '../version.ts';
import { getJobs, type JobsView } from './get-jobs.ts';
import { pingWithin } from './get-readiness.ts';
import { listAuditLog } from './list-audit-log.ts';
import { isOperator } from './is-operator.ts';
import type { Viewer } from './find-viewer.ts';

export type GetOperation = { outcome: 'operation'; operation: OperationView } | { outcome: 'not-found' };

/** Milliseconds without a sign of life after which a web process is no longer shown; three were missed then. */
const GONE_MS = 50_000;

/** What an operator should look at: answers slower than this, jobs that wait longer (ms). */
const SLOW_ANSWERS = 1_000;
const LONG_WAIT = 10 * 60_000;

/** Entries of the audit log that are looked through for the last backup, and those that are shown. */
const AUDIT_READ = 200;
const AUDIT_SHOWN = 8;

/** How the installation fares, for its operators; for everybody else there is nothing here. */
export async function getOperation(school: School, viewer: Viewer | null): Promise<GetOperation> {
  const user = viewer?.userId ? await findUser(school.db, viewer.userId) : undefined;
  if (user === undefined || !(await isOperator(school, user))) return { outcome: 'not-found' };
  const { db } = school;
  const now = school.clock();
  const databaseMs = await pingWithin(school, SLOW_ANSWERS);
  const processes = await listWebProcesses(school, now);
  const jobs = await getJobs(school);
  const ledger = await countLearners(db);
  const database = await describeDatabase(db, school.kind);
  const audit = await listAuditLog(school, { limit: AUDIT_READ });
  const skills = [...school.curriculum.skills.values()];
  return {
    outcome: 'operation',
    operation: {
      checkedAt: now,
      parts: [
        webPart(processes),
        databasePart(database.product, databaseMs),
        {
          part: 'Ledger',
          state: 'works',
          seen: `${count(ledger.events, 'row')} of ${count(ledger.learners, 'learner')}. Chains are verified by “npx edirae verify”.`,
        },
        jobsPart(jobs),
        sandboxPart(jobs),
        backupPart(school, audit, now),
        ...settingParts(school),
      ],
      processes,
      jobs,
      versions: {
        edirae: VERSION,
        database: database.product,
        schema: database.schema,
        curriculum: school.curriculumHash.slice(0, 12),
        skills: skills.length,
        written: skills.filter((skill) => skill.status === 'written').length,
        rule: RULE_VERSION,
        estimator: CURRENT_ESTIMATOR,
        node: process.versions.node,
      },
      audit: audit.slice(0, AUDIT_SHOWN).map(({ id, at, act, by, outcome: ended }) => ({
        id,
        at,
        act,
        by,
        outcome: ended,
      })),
      waiting: {
        disputes: (await countDisputes(db)).open,
        oldestDisputeAt: await findOldestOpenDispute(db),
        deadLinks: await listDeadLinks(school),
      },
    },
  };
}

/** What is still offered at the address that was reported. */
async function listDeadLinks(school: School): Promise<OperationView['waiting']['deadLinks']> {
  const offered = new Set(school.curriculum.resources.flatMap(({ url, retired }) => (retired ? [] : [url])));
  return (await countReportedLinks(school.db, 0)).filter(({ url }) => offered.has(url));
}

async function listWebProcesses(school: School, now: number): Promise<WebProcessView[]> {
  const seen = await listPresences(school.db, WEB_PROCESSES, now - GONE_MS);
  return seen.map(({ who, about, since }) => ({ id: who, ...(about as WebProcessAbout), since }));
}

function webPart(processes: readonly WebProcessView[]): PartView {
  const asked = processes.flatMap(({ requests }) => requests ?? []);
  const where = count(processes.length, 'process', 'processes');
  if (asked.length === 0)
    return { part: 'Web and API', state: 'works', seen: `Nothing was asked yet; ${where}.` };
  const worst = (of: 'p50Ms' | 'p99Ms') => Math.round(Math.max(...asked.map((requests) => requests[of])));
  const p99 = worst('p99Ms');
  return {
    part: 'Web and API',
    state: p99 > SLOW_ANSWERS ? 'look' : 'works',
    seen: `Answers in ${worst('p50Ms')} ms at the median, ${p99} ms at the 99th percentile, last hour; ${where}.`,
  };
}

function databasePart(product: string, ms: number | null): PartView {
  return ms === null
    ? { part: 'Database', state: 'look', seen: `${product} took longer than ${SLOW_ANSWERS} ms to answer.` }
    : { part: 'Database', state: 'works', seen: `${product} answers in ${ms} ms.` };
}

function jobsPart({ queues, workers }: JobsView): PartView {
  const sum = (of: 'running' | 'queued' | 'dead') => queues.reduce((total, queue) => total + queue[of], 0);
  const dead = sum('dead');
  const oldest = Math.max(0, ...queues.map((queue) => queue.oldestMs));
  const seen = `${sum('running')} running, ${sum('queued')} waiting`;
  if (workers.length === 0)
    return {
      part: 'Job queue',
      state: 'look',
      seen: `${seen}. No process runs jobs: start “npx edirae work”.`,
    };
  if (dead > 0)
    return {
      part: 'Job queue',
      state: 'look',
      seen: `${seen}. ${count(dead, 'job')} given up: see “npx edirae jobs”.`,
    };
  if (oldest > LONG_WAIT)
    return {
      part: 'Job queue',
      state: 'look',
      seen: `${seen}. The oldest waits since ${Math.round(oldest / 60_000)} minutes.`,
    };
  return { part: 'Job queue', state: 'works', seen: `${seen}.` };
}

/** What the processes that run jobs run learners' code in, and how that went since they started. */
function sandboxPart({ workers }: JobsView): PartView {
  const seen = workers.flatMap(({ sandboxes }) => sandboxes ?? []);
  if (seen.length === 0)
    return { part: 'Sandboxes', state: 'off', seen: 'No process that runs jobs has told which it has.' };
  const names = [...new Set(seen.map(({ name }) => name))];
  const told = names.map((name) => {
    const same = seen.filter((one) => one.name === name);
    const chosen = [...new Set(same.flatMap(({ chosenFor }) => chosenFor))];
    const runs = same.reduce((sum, one) => sum + one.runs, 0);
    const use = chosen.length === 0 ? 'in reserve' : `for ${chosen.join(' and ')}`;
    return `${name} ${use}, ${count(runs, 'run')}`;
  });
  const faults = seen.reduce((sum, one) => sum + one.faults, 0);
  const failed = faults === 0 ? '' : ` ${count(faults, 'fault')}: “npx edirae doctor” tries each.`;
  const missing = ['Python', 'TypeScript'].filter(
    (language) => !seen.some(({ chosenFor }) => chosenFor.includes(language)),
  );
  const without =
    missing.length === 0 ? '' : ` None for ${missing.join(' and ')}: “npx edirae doctor” says what to do.`;
  return {
    part: 'Sandboxes',
    state: faults > 0 || missing.length > 0 ? 'look' : 'works',
    seen: `${told.join('; ')}, since the start.${failed}${without}`,
  };
}

/** The last copy that was made by itself or by hand, against how often one is to be made. */
function backupPart({ config }: School, audit: readonly AuditEntry[], now: number): PartView {
  const made = audit.filter(({ act }) => act === 'backup');
  const last = made.find(({ outcome }) => outcome === 'done');
  const seen =
    last === undefined ? 'None was made yet' : `The last was made ${ageInWords(now - last.at)} ago`;
  if (made[0]?.outcome === 'failed')
    return {
      part: 'Backup',
      state: 'look',
      seen: `The last try failed ${ageInWords(now - made[0].at)} ago. ${seen}.`,
    };
  if (config.backupDir === null)
    return { part: 'Backup', state: 'off', seen: `${seen}. None is made by itself: set EDIRAE_BACKUP_DIR.` };
  const every = config.backupEveryMs;
  const isLate = last === undefined ? false : now - last.at > 1.5 * every;
  return {
    part: 'Backup',
    state: isLate ? 'look' : 'works',
    seen: `${seen}; one is to be made every ${ageInWords(every)}.`,
  };
}

function ageInWords(ms: number): string {
  const hours = ms / 3_600_000;
  if (hours < 1) return count(Math.max(0, Math.round(ms / 60_000)), 'minute');
  return hours < 48 ? count(Math.round(hours), 'hour') : count(Math.round(hours / 24), 'day');
}

/** Settings that are right in a test and wrong in a school. */
function settingParts({ config }: School): PartView[] {
  const parts: PartView[] = [];
  if (config.clockOffsetMs !== 0)
    parts.push({
      part: 'Clock',
      state: 'look',
      seen: `Shifted by ${config.clockOffsetMs} ms (EDIRAE_CLOCK_OFFSET_MS): events are marked and no receipt is signed.`,
    });
  if (!config.rateLimit)
    parts.push({
      part: 'Rate limits',
      state: 'look',
      seen: 'Off (EDIRAE_RATE_LIMIT=off): for load tests only.',
    });
  return parts;
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}
