/**
 * `POST /attempts` at 20 learners at once, on the built server, beside the transaction alone (event, head and state, issue)
 * on the same kind of database in the same run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { startApp } from '../e2e/server.ts';
import type { Bench } from './main.ts';
import { inMs, percentile } from './percentile.ts';

const SKILLS = ['tensor-shapes-dtypes', 'transformer-internals', 'littles-law', 'tokenisation-context'];

interface Item {
  issueId: string;
  kind: string;
  options?: { id: string }[];
  left?: { id: string }[];
  right?: { id: string }[];
  blanks?: { id: string }[];
}

/** A readable answer of the item's kind: right or wrong, it is graded and recorded all the same. */
function someAnswer(item: Item): unknown {
  const first = item.options?.[0]?.id ?? '';
  switch (item.kind) {
    case 'choice':
      return first;
    case 'multi':
      return [first];
    case 'order':
      return item.options?.map(({ id }) => id);
    case 'match':
      return Object.fromEntries((item.left ?? []).map(({ id }, i) => [id, item.right?.[i]?.id]));
    case 'cloze':
      return Object.fromEntries((item.blanks ?? []).map(({ id }) => [id, 'a']));
    case 'numeric':
      return '1';
    default:
      return 'a';
  }
}

async function callApi<T>(
  url: string,
  token: string,
  path: string,
  body: unknown,
): Promise<{ status: number; body: T }> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as T };
}

async function learn(url: string, answers: number, latencies: number[]): Promise<void> {
  const { body: guest } = await callApi<{ token: string }>(url, '', '/guests', {});
  await callApi(url, guest.token, '/goals', { text: 'KV cache memory' });
  for (let n = 0; n < answers; n++) {
    const skill = SKILLS[n % SKILLS.length];
    const practice = await callApi<{ item: Item }>(url, guest.token, '/practice', { skill, fresh: true });
    if (practice.status >= 400)
      throw new Error(`POST /practice answered ${practice.status} ${JSON.stringify(practice.body)}`);
    const { item } = practice.body;
    const from = performance.now();
    const { status, body } = await callApi(url, guest.token, '/attempts', {
      issueId: item.issueId,
      answer: someAnswer(item),
      confidence: 50,
    });
    if (status !== 201) throw new Error(`POST /attempts answered ${status} ${JSON.stringify(body)}`);
    latencies.push(performance.now() - from);
  }
}

/** The same rows without the product round them, each transaction synced to disk. */
function rawTransactions(count: number): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'edirae-bench-'));
  const db = new DatabaseSync(join(folder, 'raw.db'));
  db.exec(
    'pragma journal_mode=wal; pragma synchronous=full; create table events(learner text, seq int, body text, primary key(learner, seq)); create table learners(id text primary key, head int, state text); create table issues(id text primary key, status text, verdict text)',
  );
  const event = 'x'.repeat(900);
  const state = 'x'.repeat(12_000);
  for (let n = 0; n < 20; n++) db.prepare('insert into learners values (?, 0, ?)').run(`l${n}`, state);
  const insert = db.prepare('insert into events values (?, ?, ?)');
  const update = db.prepare('update learners set head = ?, state = ? where id = ?');
  const issue = db.prepare('insert into issues values (?, ?, ?)');
  const samples: number[] = [];
  for (let n = 0; n < count; n++) {
    const from = performance.now();
    db.exec('begin immediate');
    insert.run(`l${n % 20}`, n, event);
    update.run(n, state, `l${n % 20}`);
    issue.run(`i${n}`, 'answered', event);
    db.exec('commit');
    samples.push(performance.now() - from);
  }
  db.close();
  rmSync(folder, { recursive: true, force: true });
  return samples;
}

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: { learners: { type: 'string', default: '20' }, answers: { type: 'string', default: '30' } },
  });
  const learners = Number(values.learners);
  const answers = Number(values.answers);
  progress('starting the server');
  const app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
  try {
    await learn(app.url, 4, []);
    const latencies: number[] = [];
    progress(`${learners} learners, ${answers} answers each`);
    const from = performance.now();
    await Promise.all(Array.from({ length: learners }, () => learn(app.url, answers, latencies)));
    const seconds = (performance.now() - from) / 1000;
    const raw = rawTransactions(latencies.length);
    const p50 = percentile(latencies, 0.5);
    const p99 = percentile(latencies, 0.99);
    // Twenty requests wait for one another on one connection, so the fair baseline of a request is twenty transactions.
    const rawP50 = percentile(raw, 0.5);
    const rawP99 = percentile(raw, 0.99);
    return [
      {
        what: `POST /attempts, ${learners} learners at once`,
        n: latencies.length,
        p50Ms: inMs(p50),
        p99Ms: inMs(p99),
        perSecond: Math.round(latencies.length / seconds),
        overRaw: inMs(p50 / rawP50),
      },
      {
        what: 'the transaction alone, one after another',
        n: raw.length,
        p50Ms: inMs(rawP50),
        p99Ms: inMs(rawP99),
        perSecond: Math.round(1000 / (raw.reduce((a, b) => a + b, 0) / raw.length)),
        overRaw: 1,
      },
    ];
  } finally {
    await app.remove();
  }
};
