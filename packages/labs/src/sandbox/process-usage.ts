import { readFileSync } from 'node:fs';

/** What a process and its descendants have used so far, as the kernel tells it from outside. */
export interface ProcessUsage {
  cpuMs: number;
  /** The most memory any one of them held, in MiB. */
  peakMemoryMb: number;
  /** What they hold now, together, in MiB. */
  memoryMb: number;
}

/** Reads it from `/proc`; undefined where there is none. */
export function readUsage(pid: number): ProcessUsage | undefined {
  try {
    const total = readOne(pid);
    for (const child of listChildren(pid)) {
      const below = readUsage(child);
      if (!below) continue;
      total.cpuMs += below.cpuMs;
      total.memoryMb += below.memoryMb;
      total.peakMemoryMb = Math.max(total.peakMemoryMb, below.peakMemoryMb);
    }
    return total;
  } catch {
    return undefined;
  }
}

/** A process and all its descendants, by number. */
export function listTree(pid: number): number[] {
  try {
    return [pid, ...listChildren(pid).flatMap(listTree)];
  } catch {
    return [pid];
  }
}

function readOne(pid: number): ProcessUsage {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return { cpuMs: readCpu(pid), peakMemoryMb: field('VmHWM'), memoryMb: field('VmRSS') };
}

/** In ticks of 10 ms, which Linux shows on every architecture. */
function readCpu(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return ticks * 10;
}

/** Direct children, as long as `/proc` tells them; throws where it does not. */
export function listChildren(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
}
