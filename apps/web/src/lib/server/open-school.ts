import {
  lookForLocalModels,
  openSchool,
  parseConfig,
  startJobRunner,
  startWebPresence,
  type JobRunner,
  type School,
} from '@edirae/school';
import { openTracing, type Tracing } from './tracing.ts';

/** What this process holds; modules that are reloaded in development find it again. */
interface Held {
  school?: Promise<School>;
  tracing?: Promise<Tracing | null>;
  runner?: Promise<JobRunner>;
  leavePresence?: () => Promise<void>;
  isLeaving?: boolean;
}

const key = Symbol.for('edirae.held');
const held: Held = ((globalThis as { [key]?: Held })[key] ??= {});

/** The one School of this process. It holds the data folder's lock. */
export function theSchool(): Promise<School> {
  held.school ??= openTraced();
  return held.school;
}

/** Null where nobody wants traces. */
export function theTracing(): Promise<Tracing | null> {
  held.tracing ??= openTracing(process.env);
  return held.tracing;
}

async function openTraced(): Promise<School> {
  const tracing = await theTracing();
  return openSchool(parseConfig(process.env), tracing ? { onQuery: tracing.query } : {});
}

/** Begins what a web process does beside answering: its metrics, its presence, and jobs unless they are left to `edirae work`. */
export async function startBesides(): Promise<void> {
  const school = await theSchool();
  if (held.leavePresence) return;
  school.metrics.watchProcess();
  held.leavePresence = startWebPresence(school);
  void lookForLocalModels(school);
  process.once('SIGTERM', () => (held.isLeaving = true));
  if (school.config.runJobs) await (held.runner ??= startJobRunner(school));
}

/** The process was told to end: it answers what still comes, but asks for no more. */
export const isLeaving = (): boolean => held.isLeaving === true;

/** Ends or hands over the jobs under way, then closes the database. */
export async function closeSchool(): Promise<void> {
  const [school, runner, tracing] = [await held.school, await held.runner, await held.tracing];
  const leave = held.leavePresence;
  delete held.school;
  delete held.runner;
  delete held.tracing;
  delete held.leavePresence;
  await runner?.stop();
  await leave?.();
  await school?.close();
  await tracing?.stop();
}
