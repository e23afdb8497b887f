import { connect } from './client.ts';

/** How the web processes fare since they were last asked: the worst of them for the loop, all of them for memory. */
export interface Processes {
  eventLoop: { p50Ms: number; p99Ms: number; maxMs: number };
  memory: { rssMb: number; heapMb: number };
}

const MB = 1024 * 1024;

/** Null where a process does not tell. */
export async function readProcesses(origins: readonly string[]): Promise<Processes | null> {
  const all: Map<string, number>[] = [];
  for (const origin of origins) {
    const client = connect(origin, '');
    const { status, body } = await client.get('/metrics');
    client.close();
    if (status !== 200) return null;
    all.push(parseMetrics(body));
  }
  const worst = (name: string): number =>
    Math.round(Math.max(...all.map((metrics) => metrics.get(name) ?? 0)) * 1e5) / 100;
  const sum = (name: string): number =>
    Math.round(all.reduce((total, metrics) => total + (metrics.get(name) ?? 0), 0) / MB);
  return {
    eventLoop: {
      p50Ms: worst('nodejs_eventloop_lag_p50_seconds'),
      p99Ms: worst('nodejs_eventloop_lag_p99_seconds'),
      maxMs: worst('nodejs_eventloop_lag_max_seconds'),
    },
    memory: { rssMb: sum('process_resident_memory_bytes'), heapMb: sum('nodejs_heap_size_used_bytes') },
  };
}

/** Samples without labels, by name. */
function parseMetrics(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [name, value] = line.split(' ');
    if (name && value && !name.startsWith('#') && !name.includes('{')) found.set(name, Number(value));
  }
  return found;
}
