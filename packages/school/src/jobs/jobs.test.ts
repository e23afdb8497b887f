import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { describeOnBoth, makePlace, type Place } from '../../testing/databases.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { tinyCurriculum } from '../../testing/tiny-curriculum.ts';
import { until } from '../../testing/until.ts';
import { openSchool, type School } from '../school.ts';
import { actOn, readLearner } from '../store/act-on.ts';
import { findJob } from '../store/jobs.ts';
import { listJobQueues } from '../store/job-queues.ts';
import { findMeta, setMeta } from '../store/meta.ts';
import { askToCancel, reviveJob } from '../store/running-jobs.ts';
import { transact } from '../store/transaction.ts';
import { deleteLearner } from '../usecases/delete-learner.ts';
import { getJobs } from '../usecases/get-jobs.ts';
import { enqueueJob, type EnqueueOptions } from './enqueue-job.ts';
import { backoffAfter, JobHopeless, LEASE_MS, type Job, type JobKind } from './job-kind.ts';
import { startJobRunner, type JobRunner } from './job-runner.ts';
import { runNextJob } from './run-job.ts';

type Payload = { name: string };
type Work = (school: School, job: Job<Payload>) => Promise<void>;

/** A kind whose work the test chooses. */
function kindOf(work: Work, more: Partial<JobKind<Payload>> = {}): JobKind<Payload> {
  return {
    name: 'test',
    payload: z.strictObject({ name: z.string() }),
    concurrency: 1,
    limits: { all: 50, each: 20 },
    attempts: 3,
    backoffMs: 60_000,
    timeoutMs: 60_000,
    run: work,
    ...more,
  };
}

describeOnBoth('jobs', (database) => {
  let place: Place;
  let now: number;
  let opened: School[];
  let runners: JobRunner[];

  beforeEach(async () => {
    place = await makePlace(database, { EDIRAE_GUEST_DAYS: 'never' });
    now = Date.UTC(2026, 0, 5, 9);
    opened = [];
    runners = [];
  });
  afterEach(async () => {
    for (const runner of runners) await runner.stop(0);
    for (const school of opened) await school.close();
    await place.remove();
  });

  const open = async (kind: JobKind<Payload>) => {
    const parts = { clock: () => now, curriculum: tinyCurriculum(), jobKinds: [kind] };
    const school = await openSchool(place.config, parts);
    opened.push(school);
    return school;
  };
  const run = async (school: School) => {
    const runner = await startJobRunner(school);
    runners.push(runner);
    return runner;
  };
  const put = async (school: School, kind: JobKind<Payload>, name: string, options?: EnqueueOptions) => {
    const put = await transact(school.db, (tx) => enqueueJob(school, tx, kind, { name }, options));
    if (put.outcome === 'queue-full') throw new Error('full');
    return put.jobId;
  };
  /** One start, without a runner. */
  const step = (school: School, kind: JobKind<Payload>) => runNextJob(school, kind, () => {});
  const stateOf = async (school: School, id: string) => (await findJob(school.db, id))?.state;

  it('are run when the act they follow from is kept, and not when it is rolled back', async () => {
    const ran: string[] = [];
    const kind = kindOf(async (_school, { payload }) => void ran.push(payload.name));
    const school = await open(kind);
    await run(school);
    await expect(
      transact(school.db, async (tx) => {
        await enqueueJob(school, tx, kind, { name: 'undone' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    const id = await put(school, kind, 'kept');
    await until(async () => (await stateOf(school, id)) === 'done');
    expect(ran).toEqual(['kept']);
  });

  it('of one key are one job', async () => {
    const kind = kindOf(async () => {});
    const school = await open(kind);
    const first = await put(school, kind, 'x', { key: 'submission-1' });
    expect(await put(school, kind, 'x', { key: 'submission-1' })).toBe(first);
    expect(await put(school, kind, 'x', { key: 'submission-2' })).not.toBe(first);
  });

  it('refuse a payload that is not theirs, when it is put down and when it is run', async () => {
    const kind = kindOf(async () => {});
    const school = await open(kind);
    await expect(put(school, kind, 7 as never)).rejects.toThrow();
    const id = await put(school, kind, 'x');
    await school.db.updateTable('jobs').set({ payload: '{"old":1}' }).where('id', '=', id).execute();
    await step(school, kind);
    expect(await findJob(school.db, id)).toMatchObject({ state: 'dead', attempt: 1 });
  });

  it('of several learners take turns, whoever asked first for how many', async () => {
    const ran: string[] = [];
    const kind = kindOf(async (_school, { payload }) => void ran.push(payload.name));
    const school = await open(kind);
    const [ann, ben] = [await startLearner(school), await startLearner(school)];
    for (const n of [1, 2, 3, 4]) {
      await put(school, kind, `ann ${n}`, { learnerId: ann });
      now += 1;
    }
    for (const n of [1, 2]) {
      await put(school, kind, `ben ${n}`, { learnerId: ben });
      now += 1;
    }
    while (await step(school, kind));
    expect(ran).toEqual(['ann 1', 'ben 1', 'ann 2', 'ben 2', 'ann 3', 'ann 4']);
  });

  it('say how many are served before them', async () => {
    const kind = kindOf(async () => {});
    const school = await open(kind);
    const [ann, ben] = [await startLearner(school), await startLearner(school)];
    const enqueue = (learnerId: string) =>
      transact(school.db, (tx) => enqueueJob(school, tx, kind, { name: 'x' }, { learnerId }));
    expect(await enqueue(ann)).toMatchObject({ ahead: 0 });
    now += 1;
    expect(await enqueue(ann)).toMatchObject({ ahead: 1 });
    now += 1;
    expect(await enqueue(ben)).toMatchObject({ ahead: 1 });
  });

  it('are refused where too many wait, of one learner and of all', async () => {
    const kind = kindOf(async () => {}, { limits: { all: 3, each: 2 } });
    const school = await open(kind);
    const [ann, ben] = [await startLearner(school), await startLearner(school)];
    const enqueue = (learnerId: string) =>
      transact(school.db, (tx) => enqueueJob(school, tx, kind, { name: 'x' }, { learnerId }));
    await enqueue(ann);
    await enqueue(ann);
    expect(await enqueue(ann)).toMatchObject({ outcome: 'queue-full', whose: 'learner' });
    expect(await enqueue(ben)).toMatchObject({ outcome: 'queued' });
    expect(await enqueue(ben)).toMatchObject({ outcome: 'queue-full', whose: 'everybody' });
    await step(school, kind);
    expect(await enqueue(ben)).toMatchObject({ outcome: 'queued' });
  });

  it('that fail are tried again later, and given up in the end; an operator can begin again', async () => {
    let failing = true;
    const kind = kindOf(async () => {
      if (failing) throw new Error('no luck');
    });
    const school = await open(kind);
    const id = await put(school, kind, 'x');
    await step(school, kind);
    expect(await findJob(school.db, id)).toMatchObject({
      state: 'queued',
      attempt: 1,
      problem: 'Error: no luck',
    });
    expect(await step(school, kind)).toBe(false);
    now += 60_000 * 1.25;
    await step(school, kind);
    now += 120_000 * 1.25;
    await step(school, kind);
    expect(await findJob(school.db, id)).toMatchObject({
      state: 'dead',
      attempt: 3,
      problem: 'Error: no luck',
    });
    expect(await listJobQueues(school.db, now)).toMatchObject([{ kind: 'test', dead: 1 }]);
    expect((await getJobs(school)).dead).toMatchObject([{ id, attempt: 3, problem: 'Error: no luck' }]);
    failing = false;
    await reviveJob(school.db, id, now);
    await step(school, kind);
    expect(await findJob(school.db, id)).toMatchObject({ state: 'done', problem: null });
  });

  it('without hope are not tried again', async () => {
    const kind = kindOf(async () => {
      throw new JobHopeless('The submission is gone.');
    });
    const school = await open(kind);
    const id = await put(school, kind, 'x');
    await step(school, kind);
    expect(await findJob(school.db, id)).toMatchObject({ state: 'dead', attempt: 1 });
  });

  it('wait longer after each failure, to an hour at most', () => {
    const waits = [1, 2, 3, 30].map((attempt) => backoffAfter({ backoffMs: 1_000 }, attempt, 0.5));
    expect(waits).toEqual([1_000, 2_000, 4_000, 3_600_000]);
    expect(backoffAfter({ backoffMs: 1_000 }, 1, 0)).toBe(750);
    expect(backoffAfter({ backoffMs: 1_000 }, 1, 1)).toBe(1_250);
  });

  it('of a process that died are taken up by another, and have their effect once', async () => {
    let wake = () => {};
    let hangs = true;
    const kind = kindOf(async (school, job) => {
      if (hangs) await new Promise<void>((resolve) => (wake = resolve));
      await transact(school.db, async (tx) => {
        const count = Number((await findMeta(tx, 'effects')) ?? 0);
        await setMeta(tx, 'effects', String(count + 1));
        await job.finish(tx, { by: job.attempt });
      });
    });
    const school = await open(kind);
    const id = await put(school, kind, 'x');
    const first = step(school, kind);
    await until(async () => (await stateOf(school, id)) === 'running');
    expect(await step(school, kind)).toBe(false);
    now += LEASE_MS + 1;
    hangs = false;
    expect(await step(school, kind)).toBe(true);
    // The first one was not dead after all: what it is about to write is void.
    wake();
    await first;
    expect(await findMeta(school.db, 'effects')).toBe('1');
    expect(await findJob(school.db, id)).toMatchObject({ state: 'done', result: '{"by":2}', attempt: 2 });
  });

  it('that kill their process every time are given up', async () => {
    const kind = kindOf(async () => {}, { attempts: 2 });
    const school = await open(kind);
    const id = await put(school, kind, 'x');
    await school.db
      .updateTable('jobs')
      .set({ state: 'running', attempt: 2, lease: 'gone', lease_until: now - 1 })
      .where('id', '=', id)
      .execute();
    await step(school, kind);
    expect(await findJob(school.db, id)).toMatchObject({ state: 'dead' });
  });

  it('can be cancelled while they wait and while they run', async () => {
    const kind = kindOf(async (_school, { signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      signal.throwIfAborted();
    });
    const school = await open(kind);
    const waiting = await put(school, kind, 'x');
    expect(await askToCancel(school.db, waiting, now)).toBe('cancelled');
    expect(await step(school, kind)).toBe(false);
    const running = await put(school, kind, 'y');
    const ended = step(school, kind);
    await until(async () => (await stateOf(school, running)) === 'running');
    expect(await askToCancel(school.db, running, now)).toBe('asked');
    await ended;
    expect(await stateOf(school, running)).toBe('cancelled');
    expect(await askToCancel(school.db, running, now)).toBe('ended');
  });

  it('that take too long are stopped and count as failed', async () => {
    const kind = kindOf(
      async (_school, { signal }) => {
        await new Promise<void>((resolve) =>
          signal.addEventListener('abort', () => resolve(), { once: true }),
        );
        signal.throwIfAborted();
      },
      { timeoutMs: 20 },
    );
    const school = await open(kind);
    const id = await put(school, kind, 'x');
    await step(school, kind);
    expect(await findJob(school.db, id)).toMatchObject({ state: 'queued', attempt: 1 });
  });

  it('under way when a process is told to end are handed back, and the start does not count', async () => {
    const kind = kindOf(async (_school, { signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      signal.throwIfAborted();
    });
    const school = await open(kind);
    const runner = await run(school);
    const id = await put(school, kind, 'x');
    // The row says so a moment before the runner, which waits for the disk, begins.
    await until(async () => (await stateOf(school, id)) === 'running' && runner.running() === 1);
    await runner.stop(0);
    expect(await findJob(school.db, id)).toMatchObject({ state: 'queued', attempt: 0, lease: null });
  });

  it('show what waits and which processes are there to do it', async () => {
    const kind = kindOf(async () => {});
    const school = await open(kind);
    await put(school, kind, 'x');
    now += 5_000;
    expect(await getJobs(school)).toEqual({
      queues: [{ kind: 'test', queued: 1, running: 0, dead: 0, oldestMs: 5_000 }],
      workers: [],
      dead: [],
    });
    const runner = await run(school);
    expect((await getJobs(school)).workers).toMatchObject([{ pid: process.pid, seenAt: now }]);
    await runner.stop();
    expect((await getJobs(school)).workers).toEqual([]);
  });

  it('put down in a learner’s act are the learner’s, and end in one', async () => {
    const kind = kindOf(async (school, job) => {
      await actOn(school, job.learnerId ?? '', async (tx) => {
        tx.append([{ type: 'dispute-opened', body: { disputeId: job.id, issueId: 'i', text: '' } }]);
        await job.finish(tx.queries);
      });
    });
    const school = await open(kind);
    const learnerId = await startLearner(school);
    const put = await actOn(school, learnerId, (tx) =>
      enqueueJob(school, tx.queries, kind, { name: 'x' }, { learnerId }),
    );
    await step(school, kind);
    expect(put.outcome === 'queued' && (await stateOf(school, put.jobId))).toBe('done');
    expect((await readLearner(school, learnerId)).head.seq).toBe(2);
  });

  it('end with the learner they belong to', async () => {
    const kind = kindOf(async () => {});
    const school = await open(kind);
    const learnerId = await startLearner(school);
    const id = await put(school, kind, 'x', { learnerId });
    await deleteLearner(school, learnerId);
    expect(await findJob(school.db, id)).toBeUndefined();
  });

  it('tell how far they are', async () => {
    const kind = kindOf(async (school, job) => {
      job.report({ done: 1, total: 3, note: 'halfway' });
      await until(async () => (await findJob(school.db, job.id))?.progress);
    });
    const school = await open(kind);
    const id = await put(school, kind, 'x');
    await step(school, kind);
    expect((await findJob(school.db, id))?.progress).toBe('{"done":1,"total":3,"note":"halfway"}');
  });
});
