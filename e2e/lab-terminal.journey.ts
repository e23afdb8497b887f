import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { startApp, type AppServer } from './server.ts';

const root = resolve(import.meta.dirname, '..');
const LAB = 'point-in-time-join';

let app: AppServer;
let home: string;

test.beforeAll(async () => {
  app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
  home = mkdtempSync(join(tmpdir(), 'edirae-terminal-'));
});
test.afterAll(async () => {
  await app?.remove();
  rmSync(home, { recursive: true, force: true });
});

/** `edirae lab …` in a terminal elsewhere: it knows the server by its address only. */
async function lab(
  args: string[],
  input = '',
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, 'config'), EDIRAE_SERVER: app.url };
  const command = [join(root, 'apps/cli/bin/edirae.mjs'), 'lab', ...args];
  const ran = spawn(process.execPath, command, { cwd: home, env });
  ran.stdin.end(input);
  const said = { stdout: '', stderr: '' };
  ran.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  ran.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const status = await new Promise<number | null>((done) => ran.once('close', done));
  return { status, ...said };
}

async function post(page: Page, path: string, body: unknown) {
  const response = await page.request.post(`${app.url}/api/v1${path}`, {
    data: body,
    headers: { origin: app.url },
  });
  return { status: response.status(), body: (await response.json()) as Record<string, unknown> };
}

async function get(page: Page, path: string) {
  return (await (await page.request.get(`${app.url}/api/v1${path}`)).json()) as Record<string, unknown>;
}

function keysOf(explainId: string): string[] {
  const db = new DatabaseSync(join(app.dataDir, 'edirae.db'), { readOnly: true });
  try {
    const row = db.prepare('select questions from lab_explanations where id = ?').get(explainId);
    return (JSON.parse(String(row?.['questions'])) as { key: string }[]).map(({ key }) => key);
  } finally {
    db.close();
  }
}

test('a lab is done in a terminal: pulled, tested, handed in, explained, and its skills move', async ({
  page,
}) => {
  await page.goto(`${app.url}/`);
  await page.locator('textarea[name="goal"]').first().fill('Point-in-time correct features');
  await page.getByRole('button', { name: 'Map my track' }).click();
  await page.waitForURL(/\/goal/);

  await page.goto(`${app.url}/settings#tokens`);
  await page.getByLabel('Name', { exact: true }).fill('laptop');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const shown = page.getByLabel(/Your new token/);
  await expect(shown).toHaveValue(/^edr_/);
  const token = await shown.inputValue();
  await expectAccessible(page, 'a new token');
  await page.goto(`${app.url}/settings`);
  await expect(page.getByRole('rowheader', { name: 'laptop' })).toBeVisible();
  expect(await page.content()).not.toContain(token);

  expect((await lab(['pull', LAB])).stderr).toContain('There is no token');
  expect(await lab(['sign-in'], `${token}\n`)).toMatchObject({ status: 0 });
  expect(statSync(join(home, 'config/edirae/tokens.json')).mode & 0o777).toBe(0o600);
  expect(await lab(['pull', LAB, 'work', '--language', 'ts'])).toMatchObject({ status: 0 });
  expect(readFileSync(join(home, 'work/INSTRUCTIONS.md'), 'utf8').length).toBeGreaterThan(200);
  expect((await lab(['test', 'work'])).status).toBe(1);

  const failed = await lab(['submit', 'work', '--json']);
  expect(failed.status).toBe(1);
  const first = JSON.parse(failed.stdout) as { result: { tests: Record<string, unknown>[] } };
  const hidden = first.result.tests.filter((each) => each['visible'] === false);
  expect(hidden.length).toBeGreaterThanOrEqual(8);
  for (const each of hidden) expect(Object.keys(each).sort()).toEqual(['name', 'passed', 'visible']);

  cpSync(join(root, 'content/labs', LAB, 'solution/solution.ts'), join(home, 'work/solution.ts'));
  expect((await lab(['test', 'work'])).status).toBe(0);
  const passed = await lab(['submit', 'work']);
  expect(passed.stdout).toContain(`${LAB}: passed`);
  expect(passed.status).toBe(0);

  // Pulling again brings nothing over the work.
  expect((await lab(['pull', LAB, 'work'])).status).toBe(0);
  expect((await get(page, `/labs/${LAB}`))['state']).toBe('passed');

  // A token for labs is good for labs.
  const ledger = await fetch(`${app.url}/api/v1/ledger`, { headers: { authorization: `Bearer ${token}` } });
  expect(ledger.status).toBe(403);

  const asked = await post(page, `/labs/${LAB}/explain-backs`, {});
  expect(asked.status).toBe(201);
  const path = `/explain-backs/${String(asked.body['explainId'])}`;
  await expect.poll(async () => (await get(page, path))['state'], { timeout: 60_000 }).toBe('open');
  expect(JSON.stringify(await get(page, path))).not.toContain('"key"');
  const answers = keysOf(String(asked.body['explainId'])).map(typed);
  const explained = await post(page, `${path}/answers`, { answers });
  expect(explained.body).toMatchObject({ state: 'explained', right: 3 });
  const skills = (await get(page, '/progress'))['skills'] as { id: string; appliedAt?: number }[];
  expect(skills.find(({ id }) => id === 'feature-store-pit')?.appliedAt).toBeGreaterThan(0);

  await page.goto(`${app.url}/settings`);
  await page.getByRole('button', { name: 'Revoke laptop' }).click();
  await expect(page.getByText('Revoked.')).toBeVisible();
  expect((await lab(['submit', 'work'])).stderr).toContain('Sign in first');

  await app.stop();
  expect((await app.edirae('verify')).status).toBe(0);
});

/** A key is an option's id, or a value as JSON: what a learner would type. */
function typed(key: string): string {
  try {
    const value: unknown = JSON.parse(key);
    return typeof value === 'string' ? value : String(value);
  } catch {
    return key;
  }
}
