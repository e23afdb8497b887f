import { openSchool, parseConfig, startJobRunner, type JobRunner, type School } from '@edirae/school';

const key = Symbol.for('edirae.school');
const runnerKey = Symbol.for('edirae.jobs');
const held = globalThis as { [key]?: Promise<School>; [runnerKey]?: Promise<JobRunner> };

/** The one School of this process. It holds the data folder's lock, so a reload of modules in development keeps it. */
export function theSchool(): Promise<School> {
  held[key] ??= openSchool(parseConfig(process.env));
  return held[key];
}

/** Begins to run jobs here, unless the configuration leaves them to `edirae work`. */
export async function startJobs(): Promise<void> {
  const school = await theSchool();
  if (school.config.runJobs) await (held[runnerKey] ??= startJobRunner(school));
}

/** Ends or hands over the jobs under way, then closes the database. */
export async function closeSchool(): Promise<void> {
  const [school, runner] = [await held[key], await held[runnerKey]];
  delete held[key];
  delete held[runnerKey];
  await runner?.stop();
  await school?.close();
}
