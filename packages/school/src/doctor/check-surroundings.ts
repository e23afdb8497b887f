import { readdir } from 'node:fs/promises';
import { trySandboxes, type SandboxName, type TriedSandbox } from '@edirae/labs';
import { FAILURE_WORDS, testConnection } from '@edirae/mentor';
import type { Config } from '../config.ts';
import { findLocalModels } from '../mentor/local-models.ts';
import { findOperatorModel } from '../mentor/operator-model.ts';
import { findSecret } from '../secret.ts';
import type { Database } from '../store/database.ts';
import { knownMigrations } from '../store/migrate.ts';
import { listAppliedMigrations } from '../store/portable/tables.ts';
import { getJobs } from '../usecases/get-jobs.ts';
import { fault, ok, reasonOf, warning, type Diagnosis } from './diagnosis.ts';

const LANGUAGES = [
  ['py', 'Python'],
  ['ts', 'TypeScript'],
] as const;

const SANDBOX_NEEDS: Readonly<Record<SandboxName, string>> = {
  bubblewrap: 'On Linux install bubblewrap and python3, and allow user namespaces.',
  pyodide: 'Run npm ci, which brings it.',
  quickjs: 'Run npm ci, which brings it.',
};

/** Where learners' code would run: each sandbox is started and given a sum, not guessed at. @param tried what that gave */
export async function checkSandboxes(
  tried: Promise<readonly TriedSandbox[]> = trySandboxes(),
): Promise<Diagnosis[]> {
  const all = await tried;
  const chosen = LANGUAGES.map(([language, title]) => ({
    title,
    sandbox: all.find(({ languages, state }) => state === 'works' && languages.includes(language)),
  }));
  return [
    ...all.map((one) =>
      sayOf(
        one,
        chosen.flatMap(({ title, sandbox }) => (sandbox === one ? [title] : [])),
      ),
    ),
    ...chosen.flatMap(({ title, sandbox }) =>
      sandbox === undefined
        ? [fault('sandbox', `${title} labs cannot be graded here`, 'Put one of the sandboxes above right.')]
        : [],
    ),
  ];
}

function sayOf({ name, state, ms }: TriedSandbox, chosenFor: readonly string[]): Diagnosis {
  if (state === 'broken') return warning('sandbox', `${name} starts and does not work`, SANDBOX_NEEDS[name]);
  if (state === 'absent')
    return warning('sandbox', `${name} is not here, or not allowed`, SANDBOX_NEEDS[name]);
  const use = chosenFor.length === 0 ? 'in reserve' : `runs labs in ${chosenFor.join(' and ')}`;
  return ok('sandbox', `${name} works (${(ms / 1_000).toFixed(1)} s), ${use}`);
}

/** Nothing here sends mail; said, because an operator looks for it. */
export function checkMail(): Diagnosis {
  return ok('mail', 'Not configured: this version sends none, and asks for no confirmation of addresses');
}

/** The model that answers as mentor, asked for one word. */
export async function checkModel(config: Config, database: Database | undefined): Promise<Diagnosis> {
  const named = await findNamed(config, database);
  if (named === undefined) {
    const servers = (await findLocalModels()).map(({ server }) => server).join(' and ');
    return ok(
      'model',
      servers === ''
        ? 'None is named: the mentor answers from the lessons'
        : `None is named; ${servers} on this machine could be (EDIRAE_MENTOR_MODEL, or the operator’s settings)`,
    );
  }
  const { provider, model } = named.settings;
  const tested = await testConnection(named.settings, globalThis.fetch);
  return tested.outcome === 'answered'
    ? ok('model', `${model} of ${provider} answers`)
    : warning(
        'model',
        `${model} of ${provider}: ${FAILURE_WORDS[tested.failure]} The mentor answers from the lessons meanwhile`,
        named.from === 'environment'
          ? 'Correct the EDIRAE_MENTOR_ variables.'
          : 'Correct it in the operator’s settings.',
      );
}

async function findNamed(config: Config, database: Database | undefined) {
  if (config.mentor.model) return { settings: config.mentor.model, from: 'environment' as const };
  if (database === undefined) return undefined;
  const { db } = database;
  const secret = await findSecret(config, db).catch(() => undefined);
  return secret === undefined ? undefined : findOperatorModel({ config, db, secret }).catch(() => undefined);
}

/** Names of the backups that are made by themselves. */
const BACKUP = /^edirae-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Whether backups are made, and how old the newest is. */
export async function checkBackups(config: Config, now = Date.now()): Promise<Diagnosis> {
  const { backupDir, backupEveryMs } = config;
  if (backupDir === null)
    return warning(
      'backups',
      'None are made by themselves',
      'Set EDIRAE_BACKUP_DIR to a folder on another disk, or run edirae backup from a timer.',
    );
  try {
    const names = (await readdir(backupDir)).filter((name) => BACKUP.test(name));
    const newest = Math.max(...names.map((name) => Date.parse(name.replace(BACKUP, '$1-$2-$3T$4:$5:$6Z'))));
    if (names.length === 0)
      return warning(
        'backups',
        `There is none in ${backupDir} yet`,
        'Start the server; look at edirae jobs.',
      );
    const hours = ((now - newest) / 3_600_000).toFixed(1);
    return now - newest > 2 * backupEveryMs
      ? warning(
          'backups',
          `The newest in ${backupDir} is ${hours} hours old`,
          'Look at edirae jobs for what failed.',
        )
      : ok('backups', `${names.length} in ${backupDir}, the newest ${hours} hours old`);
  } catch (error) {
    return warning(
      'backups',
      `${backupDir} cannot be read (${reasonOf(error)})`,
      'Make the folder, or correct EDIRAE_BACKUP_DIR.',
    );
  }
}

/** What waits and what was given up. */
export async function checkJobs(database: Database | undefined): Promise<Diagnosis> {
  if (database === undefined) return ok('jobs', 'None yet');
  const { db, kind } = database;
  const isCurrent = (await listAppliedMigrations(db, kind)).length === knownMigrations(kind).length;
  if (!isCurrent) return ok('jobs', 'None yet');
  const { queues, workers, dead } = await getJobs({ db, clock: Date.now });
  const waiting = queues.reduce((sum, { queued }) => sum + queued, 0);
  if (dead.length > 0)
    return warning(
      'jobs',
      `${dead.length} were given up`,
      'edirae jobs says why; edirae jobs --retry <id> begins one again.',
    );
  if (waiting > 0 && workers.length === 0)
    return warning(
      'jobs',
      `${waiting} wait and nobody is there to do them`,
      'Start the server, or edirae work.',
    );
  return ok(
    'jobs',
    `${waiting} wait, ${workers.length} ${workers.length === 1 ? 'process is' : 'processes are'} there to do them`,
  );
}

/** Whether what the configuration opens to the world is safe to open. */
export function checkExposure({ host, origin }: Config): Diagnosis {
  const isLocal = ['127.0.0.1', 'localhost', '::1'].includes(host);
  if (origin.startsWith('http:') && !isLocal)
    return warning(
      'origin',
      `It listens on ${host} and is reached as ${origin}: passwords and cookies travel in the clear`,
      'Put a proxy with a certificate before it, and set EDIRAE_ORIGIN to its https address.',
    );
  return ok('origin', `Listens on ${host}, reached as ${origin}`);
}
