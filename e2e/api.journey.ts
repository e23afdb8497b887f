import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Variant } from '@edirae/curriculum';
import { expect, test } from '@playwright/test';
import { rightAnswer } from '../packages/school/testing/answers.ts';
import { startApp, type AppServer } from './server.ts';

let app: AppServer;

test.beforeAll(async () => {
  app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
});
test.afterAll(async () => app?.remove());

interface Reply {
  status: number;
  // The API's own shapes are checked by what the journey reads from them.
  body: Record<string, unknown> & {
    item?: { issueId: string };
    next?: { issueId: string };
    check?: { status: string; misses: number };
  };
}

async function call(token: string, method: string, path: string, body?: unknown): Promise<Reply> {
  const response = await fetch(`${app.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Reply['body'] };
}

function keyOf(issueId: string): unknown {
  const db = new DatabaseSync(join(app.dataDir, 'edirae.db'), { readOnly: true });
  try {
    return rightAnswer(
      JSON.parse(
        String(db.prepare('select shown from issues where id = ?').get(issueId)?.['shown']),
      ) as Variant,
    );
  } finally {
    db.close();
  }
}

test('a program goes from guest to a demonstrated skill, and the ledger holds', async () => {
  const guest = await call('', 'POST', '/guests', {});
  expect(guest.status).toBe(201);
  const token = String(guest.body['token']);
  const learner = String(guest.body['learnerId']);

  expect((await call('', 'GET', '/track')).status).toBe(401);
  expect((await call(token, 'GET', '/track')).status).toBe(409);
  const goal = await call(token, 'POST', '/goals', {
    text: 'KV cache memory',
    hoursPerWeek: 5,
    deadline: '2027-06-01',
  });
  expect(goal).toMatchObject({ status: 201, body: { outcome: 'track' } });
  expect((await call(token, 'GET', '/next')).body['why']).toBeTruthy();

  const locked = await call(token, 'POST', '/practice', { skill: 'kv-cache' });
  expect(locked).toMatchObject({
    status: 409,
    body: { type: '/problems/locked', missing: expect.arrayContaining(['transformer-internals']) },
  });

  const check = await call(token, 'POST', '/checks', { skill: 'transformer-internals' });
  expect(check.status).toBe(201);
  expect((await call(token, 'POST', '/checks', { skill: 'transformer-internals' })).status).toBe(200);
  expect(await call(token, 'POST', `/items/${check.body.item?.issueId}/hints`, {})).toMatchObject({
    status: 409,
    body: { type: '/problems/check-open' },
  });
  expect(JSON.stringify(check.body)).not.toMatch(/"correct"|"solution"|"hints"|"feedback"/);

  let issueId = check.body.item?.issueId ?? '';
  let last: Reply | undefined;
  for (let n = 0; n < 10 && issueId !== ''; n++) {
    expect((await call(token, 'POST', '/attempts', { issueId, answer: { not: 'an answer' } })).status).toBe(
      422,
    );
    last = await call(token, 'POST', '/attempts', {
      issueId,
      answer: keyOf(issueId),
      confidence: 95,
      ms: 4200,
    });
    expect(last.status).toBe(201);
    expect((await call(token, 'POST', '/attempts', { issueId, answer: null })).body).toMatchObject({
      correct: true,
      repeated: true,
    });
    if (last.body.check?.status !== 'open') break;
    expect(last.body['solution']).toBeNull();
    issueId = last.body.next?.issueId ?? '';
  }
  expect(last?.body).toMatchObject({
    state: 'demonstrated',
    check: { status: 'passed' },
    opened: expect.arrayContaining(['decoding-sampling']),
  });

  const skill = await call(token, 'GET', '/skills/transformer-internals');
  expect(skill.body).toMatchObject({ state: 'demonstrated', open: true, lockedBy: [] });
  const ledger = await call(token, 'GET', '/ledger?after=3');
  expect((ledger.body['events'] as { seq: number }[])[0]?.seq).toBe(4);

  const verified = await app.edirae('verify', '--json');
  expect(verified.status, verified.stdout + verified.stderr).toBe(0);
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, learners: 1, problems: [] });

  const exported = await call(token, 'GET', '/export');
  expect(exported.body).toMatchObject({ version: 1 });
  const receipt = (exported.body['receipts'] as unknown[])[0];
  const file = join(app.dataDir, 'receipt.json');
  writeFileSync(file, JSON.stringify(receipt));
  expect((await app.edirae('verify', '--receipt', file)).status).toBe(0);

  expect((await call(token, 'DELETE', '/me')).status).toBe(204);
  expect((await call(token, 'GET', '/progress')).status).toBe(401);
  expect(learner).not.toBe('');
});

test('an edited row, a cut tail and a rewritten chain are found', async () => {
  const guest = await call('', 'POST', '/guests', {});
  const token = String(guest.body['token']);
  const learner = String(guest.body['learnerId']);
  await call(token, 'POST', '/goals', { text: 'KV cache memory' });
  await app.stop();
  const edit = (...statements: string[]) => {
    const db = new DatabaseSync(join(app.dataDir, 'edirae.db'));
    for (const statement of statements) db.exec(statement);
    db.close();
  };
  expect((await app.edirae('verify', '--learner', learner)).status).toBe(0);

  edit(
    `update ledger_events set body = replace(body, 'KV cache', 'XX cache') where learner_id = '${learner}' and type = 'goal-set'`,
  );
  expect((await app.edirae('verify', '--learner', learner)).status).toBe(1);
  edit(
    `update ledger_events set body = replace(body, 'XX cache', 'KV cache') where learner_id = '${learner}' and type = 'goal-set'`,
  );
  expect((await app.edirae('verify', '--learner', learner)).status).toBe(0);

  edit(
    `delete from ledger_events where learner_id = '${learner}' and seq = (select max(seq) from ledger_events where learner_id = '${learner}')`,
  );
  expect((await app.edirae('verify', '--learner', learner)).status).toBe(1);
  await app.restart();
});

test('refuses what it cannot read, clearly', async () => {
  const raw = await fetch(`${app.url}/api/v1/guests`, {
    method: 'POST',
    body: '{',
    headers: { 'content-type': 'application/json' },
  });
  expect(raw.status).toBe(400);
  expect(raw.headers.get('content-type')).toContain('application/problem+json');
  expect((await call('', 'GET', '/nowhere')).status).toBe(404);
  expect((await call('', 'GET', '/guests')).status).toBe(405);
  expect((await call('edr_wrong', 'GET', '/track')).status).toBe(401);
  const guest = await call('', 'POST', '/guests', {});
  const token = String(guest.body['token']);
  expect(await call(token, 'POST', '/goals', { text: '' })).toMatchObject({
    status: 422,
    body: { type: '/problems/invalid-input' },
  });
  expect(await call(token, 'POST', '/goals', { text: 'x'.repeat(70_000) })).toMatchObject({ status: 413 });
  expect((await call(token, 'POST', '/attempts', { issueId: 'nonsense', answer: 'a' })).status).toBe(404);
  expect((await call('', 'GET', '/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
});
