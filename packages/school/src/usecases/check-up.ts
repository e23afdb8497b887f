import type { Config } from '../config.ts';
import { checkClock, checkDatabase, openToLookAt } from '../doctor/check-database.ts';
import { checkDisk, checkFolder, checkLock, checkNode, checkSecret } from '../doctor/check-machine.ts';
import {
  checkBackups,
  checkExposure,
  checkJobs,
  checkMail,
  checkModel,
  checkSandboxes,
} from '../doctor/check-surroundings.ts';
import type { Diagnosis } from '../doctor/diagnosis.ts';

/** Looks at everything that Edirae needs, beside a running server too. Changes nothing but a file that it removes again. */
export async function checkUp(config: Config): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [checkNode(), await checkDisk(config.dataDir)];
  // What cannot be used as a folder cannot be written to or locked either.
  if (found.every(({ state }) => state !== 'fault')) {
    found.push(await checkFolder(config.dataDir), await checkSecret(config, config.databaseUrl !== null));
    if (config.databaseUrl === null) found.push(checkLock(config.dataDir));
  }
  const { database, diagnosis } = await openToLookAt(config);
  if (diagnosis) found.push(diagnosis);
  try {
    const about = database ? await checkDatabase(database, config) : [];
    found.push(...about);
    const usable = about.some(({ state }) => state === 'fault') ? undefined : database;
    found.push(await checkClock(config, usable));
    // Of a database that cannot be used nothing is known.
    if (usable !== undefined || found.every(({ name, state }) => name !== 'database' || state === 'ok'))
      found.push(await checkJobs(usable));
    found.push(...(await checkSandboxes()), await checkModel(config, usable));
  } finally {
    await database?.close();
  }
  return [...found, checkMail(), await checkBackups(config), checkExposure(config)];
}
