import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Clock ticks a second of /proc on Linux. */
const TICKS = 100;

/** Seconds of processor time that these processes have used; 0 for one that is gone or where there is no /proc. */
export function cpuSeconds(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    try {
      // The name may hold spaces: what follows its last bracket does not. utime and stime are fields 14 and 15 of the whole.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    } catch {
      // Gone.
    }
  }
  return ticks / TICKS;
}

/** Seconds that all processors of the machine were busy, whoever used them. */
export function machineBusySeconds(): number {
  const idle = cpus().reduce((sum, { times }) => sum + times.idle, 0);
  const all = cpus().reduce(
    (sum, { times }) => sum + times.idle + times.user + times.nice + times.sys + times.irq,
    0,
  );
  return (all - idle) / 1_000;
}
