import { z } from 'zod';
import type { JobKind } from '../src/jobs/job-kind.ts';
import { startJobRunner } from '../src/jobs/job-runner.ts';
import { parseConfig } from '../src/config.ts';
import { openSchool } from '../src/school.ts';
import { transact } from '../src/store/transaction.ts';
import { findMeta, setMeta } from '../src/store/meta.ts';
import { tinyCurriculum } from './tiny-curriculum.ts';

/** Counts its effects; a process that is told to hang says that it has begun, and does not end by itself. */
export const counting: JobKind<{ n: number }> = {
  name: 'counting',
  payload: z.strictObject({ n: z.number() }),
  concurrency: 2,
  limits: { all: 1_000, each: 1_000 },
  attempts: 50,
  backoffMs: 1_000,
  timeoutMs: 60_000,
  async run(school, job) {
    process.stdout.write(`begun ${job.payload.n}\n`);
    if (process.env['TEST_HANGS'] === 'yes')
      await new Promise<void>((_resolve, reject) =>
        job.signal.addEventListener('abort', () => reject(new Error('told to stop')), { once: true }),
      );
    await transact(school.db, async (tx) => {
      const key = `effect ${job.payload.n}`;
      await setMeta(tx, key, String(Number((await findMeta(tx, key)) ?? 0) + 1));
      await job.finish(tx);
    });
  },
};

// A worker of its own, for a test to kill; it ends by SIGTERM as `edirae work` does.
if (import.meta.main) {
  const school = await openSchool(parseConfig(process.env), {
    curriculum: tinyCurriculum(),
    jobKinds: [counting],
  });
  const runner = await startJobRunner(school);
  process.stdout.write('ready\n');
  process.once('SIGTERM', () => {
    void runner.stop(0).then(async () => {
      await school.close();
      process.exit(0);
    });
  });
}
