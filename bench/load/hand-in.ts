import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';
import type { Samples } from './samples.ts';

/** A lab in TypeScript whose solution takes a second or two of one core. */
const LAB = 'point-in-time-join';
const SOLUTION = resolve(import.meta.dirname, `../../content/labs/${LAB}/solution/solution.ts`);

/** Milliseconds between two looks at how far a submission is. */
const LOOK_MS = 500;

/** A learner who hands in a lab, waits for the verdict, and hands in again, until the time is up. Verdicts count from handing in. */
export async function handInUntil(end: number, client: Client, samples: Samples): Promise<void> {
  const solution = readFileSync(SOLUTION, 'utf8');
  for (let n = 0; performance.now() < end; n++) {
    const from = performance.now();
    const files = { 'solution.ts': `${solution}\n// ${n}\n` };
    const put = await client.post(`/api/v1/labs/${LAB}/submissions`, { files, language: 'ts' });
    samples.record('POST /labs/{id}/submissions', performance.now() - from, put.status);
    if (put.status >= 400) {
      await sleep(LOOK_MS);
      continue;
    }
    const { submissionId } = JSON.parse(put.body) as { submissionId: string };
    await followVerdict(submissionId, { from, end }, client, samples);
  }
}

/** What is not graded by the end is left: the next stretch of load begins with what waits. */
async function followVerdict(
  id: string,
  { from, end }: { from: number; end: number },
  client: Client,
  samples: Samples,
): Promise<void> {
  while (performance.now() < end) {
    await sleep(LOOK_MS);
    const asked = performance.now();
    const looked = await client.get(`/api/v1/submissions/${id}`);
    samples.record('GET /submissions/{id}', performance.now() - asked, looked.status);
    if (looked.status >= 400) return;
    const { state, status } = JSON.parse(looked.body) as { state: string; status: string | null };
    if (state === 'queued' || state === 'running') continue;
    if (status === 'passed') samples.record('lab verdict', performance.now() - from, 200);
    else samples.lost('lab verdict', `${state}, ${status ?? 'no verdict'}`);
    return;
  }
}
