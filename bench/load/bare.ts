import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'pg';
import { connect } from './client.ts';

/** The floor that the product stands on: what a request costs when nothing is left but the database, or the rendering. */
export interface Bare {
  /** Milliseconds of `learners` doing it again and again, all at once, for a while. */
  run(learners: number, seconds: number): Promise<number[]>;
  close(): Promise<void>;
}

/** Characters of an event's body and of a learner's cached state, as they are in a ledger of some hundred events. */
const EVENT = 'x'.repeat(900);
const STATE = 'x'.repeat(12_000);
const ROWS = 64;

const TABLES = [
  'create table bare_events(learner text, seq bigint, body text, primary key(learner, seq))',
  'create table bare_learners(id text primary key, head bigint, state text)',
  'create table bare_issues(id text primary key, status text, verdict text)',
];

/** All at once, each again as soon as it is done. */
async function together(
  learners: number,
  seconds: number,
  once: (learner: number) => Promise<void>,
): Promise<number[]> {
  const samples: number[] = [];
  const end = performance.now() + seconds * 1_000;
  await Promise.all(
    Array.from({ length: learners }, async (_, learner) => {
      while (performance.now() < end) {
        const from = performance.now();
        await once(learner);
        samples.push(performance.now() - from);
      }
    }),
  );
  return samples;
}

/** An event, a learner's head and state, an issue: the rows of an attempt, synced to disk, without the product round them. */
export function bareSqlite(): Bare {
  const folder = mkdtempSync(join(tmpdir(), 'edirae-bare-'));
  const db = new DatabaseSync(join(folder, 'bare.db'));
  db.exec('pragma journal_mode = wal; pragma synchronous = full;');
  for (const table of TABLES) db.exec(table);
  for (let n = 0; n < ROWS; n++) db.prepare('insert into bare_learners values (?, 0, ?)').run(`l${n}`, STATE);
  const event = db.prepare('insert into bare_events values (?, ?, ?)');
  const head = db.prepare('update bare_learners set head = ?, state = ? where id = ?');
  const issue = db.prepare('insert into bare_issues values (?, ?, ?)');
  let seq = 0;
  const transaction = (learner: number): void => {
    seq += 1;
    db.exec('begin immediate');
    event.run(`l${learner % ROWS}`, seq, EVENT);
    head.run(seq, STATE, `l${learner % ROWS}`);
    issue.run(`i${seq}`, 'answered', EVENT);
    db.exec('commit');
  };
  // One connection: whoever comes waits for those before, as they would in a server.
  const waiting: (() => void)[] = [];
  const serve = (): void => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(serve);
  };
  return {
    run: (learners, seconds) =>
      together(
        learners,
        seconds,
        (learner) =>
          new Promise((done) => {
            waiting.push(() => {
              transaction(learner);
              done();
            });
            if (waiting.length === 1) setImmediate(serve);
          }),
      ),
    async close() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same on PostgreSQL, through as many connections as one web process holds. */
export async function barePostgres(url: string): Promise<Bare> {
  const pool = new Pool({ connectionString: url, max: 10 });
  for (const table of TABLES) await pool.query(table);
  for (let n = 0; n < ROWS; n++)
    await pool.query('insert into bare_learners values ($1, 0, $2)', [`l${n}`, STATE]);
  let seq = 0;
  const transaction = async (learner: number): Promise<void> => {
    const own = (seq += 1);
    const client = await pool.connect();
    try {
      const id = `l${learner % ROWS}`;
      await client.query('begin');
      await client.query('insert into bare_events values ($1, $2, $3)', [id, own, EVENT]);
      await client.query('update bare_learners set head = $1, state = $2 where id = $3', [own, STATE, id]);
      await client.query('insert into bare_issues values ($1, $2, $3)', [`i${own}`, 'answered', EVENT]);
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  return {
    run: (learners, seconds) => together(learners, seconds, transaction),
    async close() {
      for (const name of ['bare_events', 'bare_learners', 'bare_issues'])
        await pool.query(`drop table ${name}`);
      await pool.end();
    },
  };
}

/** A page that knows nobody and reads nothing. */
export function barePage(origins: readonly string[]): Bare {
  const clients = Array.from({ length: ROWS }, (_, n) => connect(origins[n % origins.length] ?? '', ''));
  return {
    run: (learners, seconds) =>
      together(learners, seconds, async (learner) => {
        const { status } = (await clients[learner % ROWS]?.get('/privacy')) ?? { status: 0 };
        if (status !== 200) throw new Error(`GET /privacy answered ${status}.`);
      }),
    async close() {
      for (const client of clients) client.close();
    },
  };
}
