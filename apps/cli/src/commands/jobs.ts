import { parseArgs } from 'node:util';
import {
  cancelJob,
  commandLine,
  getJobs,
  openForReading,
  openSchool,
  parseConfig,
  retryJob,
  type JobsView,
  type School,
} from '@edirae/school';
import { calledWrongly, withClearErrors } from './called-wrongly.ts';

const USAGE = 'usage: edirae jobs [--retry <id> | --cancel <id>] [--json]';

/**
 * Shows what waits, who runs it, and what was given up, beside a running server too; begins a dead job again, or cancels one (on SQLite,
 * with the server stopped). Exit codes: 0 done, 1 no such job, 2 called wrongly.
 */
export async function runJobs(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) return calledWrongly(USAGE);
  const { retry, cancel, json } = options;
  if (retry !== undefined) return change((school) => retryOne(school, retry));
  if (cancel !== undefined) return change((school) => cancelOne(school, cancel));
  return withClearErrors(async () => {
    const school = await openForReading(parseConfig(process.env));
    try {
      const jobs = await getJobs(school);
      process.stdout.write(json ? `${JSON.stringify(jobs)}\n` : describe(jobs));
      return 0;
    } finally {
      await school.close();
    }
  });
}

async function change(act: (school: School) => Promise<string | null>): Promise<number> {
  return withClearErrors(async () => {
    const school = await openSchool(parseConfig(process.env));
    try {
      const said = await act(school);
      process.stdout.write(`${said ?? 'There is no such job.'}\n`);
      return said === null ? 1 : 0;
    } finally {
      await school.close();
    }
  });
}

async function retryOne(school: School, id: string): Promise<string | null> {
  const job = await retryJob(school, id, commandLine());
  return job && `The job ${id} (${job.kind}) waits to be run again.`;
}

async function cancelOne(school: School, id: string): Promise<string | null> {
  switch (await cancelJob(school, id, commandLine())) {
    case 'cancelled':
      return `The job ${id} is cancelled.`;
    case 'asked':
      return `The process that runs the job ${id} was asked to stop.`;
    case 'ended':
      return `The job ${id} had ended already.`;
    case null:
      return null;
  }
}

function parseOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        retry: { type: 'string' },
        cancel: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    return values.retry !== undefined && values.cancel !== undefined ? undefined : values;
  } catch {
    return undefined;
  }
}

function describe({ queues, workers, dead }: JobsView): string {
  const lines = queues.map(
    ({ kind, queued, running, dead, oldestMs }) =>
      `${kind}: ${queued} waiting${queued > 0 ? ` (the first for ${Math.round(oldestMs / 1000)} s)` : ''}, ${running} running, ${dead} dead`,
  );
  if (queues.length === 0) lines.push('No job waits or runs.');
  lines.push(
    ...workers.map(
      ({ host, pid, running, version }) => `process ${pid} on ${host} (${version}): ${running} running`,
    ),
  );
  if (workers.length === 0) lines.push('No process is there to run jobs.');
  lines.push(
    ...dead.map(
      ({ id, kind, attempt, endedAt, problem }) =>
        `dead: ${id} ${kind}, ${new Date(endedAt).toISOString()}, after ${attempt} ${attempt === 1 ? 'start' : 'starts'}: ${problem}`,
    ),
  );
  return `${lines.join('\n')}\n`;
}
