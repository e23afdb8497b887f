import { readFileSync } from 'node:fs';
import { gradeSubmission } from '@edirae/labs';
import type { Lab, Sandbox, Submission } from '@edirae/labs';
import { percentile } from '../percentile.ts';

interface Measuring {
  lab: Lab;
  sandbox: Sandbox;
  submission: Submission;
  progress: (line: string) => void;
}

/** Gradings from a warm pool, one after the other with the pool full again each time. */
const POOLED_RUNS = 30;
/** How long gradings are run back to back, in milliseconds. */
const BUSY_MS = 8000;

/**
 * Times of a 60-line submission with 5 tests, in milliseconds: cold (nothing started), pooled (one process ready),
 * refill (until the pool is full again), and how many a second one core grades, by the processor time that grader and
 * sandbox use together.
 */
export async function measureSpeed({ lab, sandbox, submission, progress }: Measuring) {
  const grade = async () => {
    const started = performance.now();
    const { result } = await gradeSubmission({ lab, sandbox, submission, seed: 7 });
    if (result.status !== 'passed') throw new Error(`${sandbox.name}: ${result.status}, ${result.reason}`);
    return { ms: performance.now() - started, result };
  };
  progress(`${sandbox.name}: cold`);
  const cold = await grade();
  await sandbox.warm();
  progress(`${sandbox.name}: ${POOLED_RUNS} from the pool`);
  const pooled: number[] = [];
  const refills: number[] = [];
  let peak = 0;
  for (let run = 0; run < POOLED_RUNS; run++) {
    const { ms, result } = await grade();
    pooled.push(ms);
    peak = Math.max(peak, result.resources.peakMemoryMb);
    const emptied = performance.now();
    await sandbox.warm();
    refills.push(performance.now() - emptied + ms);
  }
  progress(`${sandbox.name}: back to back for ${BUSY_MS / 1000} s`);
  const cpuBefore = processorMs();
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < BUSY_MS) {
    await grade();
    count++;
  }
  const seconds = (performance.now() - started) / 1000;
  await sandbox.close();
  const cpuSeconds = (processorMs() - cpuBefore) / 1000;
  return {
    part: 'speed',
    sandbox: sandbox.name,
    coldMs: round(cold.ms),
    pooledMs: { p50: round(percentile(pooled, 0.5)), p95: round(percentile(pooled, 0.95)) },
    refillMs: round(percentile(refills, 0.5)),
    perSecond: round(count / seconds),
    perCoreSecond: round(count / cpuSeconds),
    peakMemoryMb: peak,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Processor time of this process and of all its children that have ended, in milliseconds; ours alone where unknown. */
function processorMs(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
}
