import { statSync } from 'node:fs';
import { join } from 'node:path';
import { startApp } from '../../e2e/server.ts';
import { connect, type Answered, type Client } from '../load/client.ts';
import { someAnswer, type Item } from '../load/some-answer.ts';
import { inMs, percentile } from '../percentile.ts';
import type { Ground } from './grow.ts';

/** What was measured on one ground: times in ms as `first / median of the next ten`. */
export interface Grown {
  learners: number;
  eventsEach: number;
  databaseMb: number;
  /** Until it listens; the pages were built before. */
  startMs: number;
  today: string;
  progress: string;
  track: string;
  skill: string;
  ledgerPiece: string;
  attempt: string;
  record: string;
}

const TIMES = 10;

/** Starts the app on the grown folder and asks for what reads the ledger. Removes the folder. */
export async function measureGrown(ground: Ground, progress: (line: string) => void): Promise<Grown> {
  const env = { EDIRAE_DATA: ground.dataDir, EDIRAE_RATE_LIMIT: 'off', EDIRAE_LOG: 'error' };
  const databaseMb = Math.round(statSync(join(ground.dataDir, 'edirae.db')).size / 2 ** 20);
  try {
    // Once without counting: the pages may have to be built.
    const app = await startApp(env);
    try {
      const from = performance.now();
      await app.restart();
      const startMs = Math.round(performance.now() - from);
      const client = connect(app.url, ground.token, 120_000);
      progress('  measuring');
      const page = (path: string) => firstAndNext(() => client.get(path));
      const grown: Grown = {
        learners: ground.learners,
        eventsEach: ground.events,
        databaseMb,
        startMs,
        today: await page('/today'),
        progress: await page('/progress'),
        track: await page('/track'),
        skill: await page(`/skills/${ground.skill}`),
        ledgerPiece: await page(`/api/v1/ledger?after=${Math.max(0, ground.events - 2_000)}`),
        attempt: await firstAndNext(() => attempt(client, ground.skill)),
        record: await page('/how-the-gate-works/record'),
      };
      client.close();
      return grown;
    } finally {
      await app.remove();
    }
  } finally {
    ground.remove();
  }
}

/** Asks for an item, without counting that, and answers it. */
async function attempt(client: Client, skill: string): Promise<Answered & { ms: number }> {
  const practice = await client.post('/api/v1/practice', { skill, fresh: true });
  if (practice.status >= 300) throw new Error(`POST /practice answered ${practice.status}: ${practice.body}`);
  const { item } = JSON.parse(practice.body) as { item: Item };
  const from = performance.now();
  const answered = await client.post('/api/v1/attempts', {
    issueId: item.issueId,
    answer: someAnswer(item, Math.random),
  });
  return { ...answered, ms: performance.now() - from };
}

async function firstAndNext(ask: () => Promise<Answered & { ms?: number }>): Promise<string> {
  const times: number[] = [];
  for (let n = 0; n <= TIMES; n++) {
    const from = performance.now();
    const { status, ms, body } = await ask();
    if (status >= 300) throw new Error(`It answered ${status}: ${body.slice(0, 200)}`);
    times.push(ms ?? performance.now() - from);
  }
  const [first = 0, ...next] = times;
  return `${inMs(first)} / ${inMs(percentile(next, 0.5))}`;
}
