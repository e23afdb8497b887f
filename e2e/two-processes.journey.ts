import { randomBytes } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { startPostgres, hasPostgres, type PostgresCluster } from '../bench/ground/postgres.ts';
import { fillAnswer, openIssue } from './answering.ts';
import { startRoundRobin, type RoundRobin } from './round-robin.ts';
import { startApp, type AppServer } from './server.ts';

const SKILL = 'transformer-internals';

let cluster: PostgresCluster;
let proxy: RoundRobin;
let apps: [AppServer, AppServer];

test.skip(!hasPostgres(), 'No PostgreSQL server is installed here.');

test.beforeAll(async () => {
  cluster = await startPostgres();
  proxy = await startRoundRobin();
  const env = {
    DATABASE_URL: cluster.url,
    EDIRAE_ORIGIN: proxy.url,
    EDIRAE_SECRET: randomBytes(32).toString('hex'),
    EDIRAE_RATE_LIMIT: 'off',
  };
  apps = [await startApp(env), await startApp(env)];
  proxy.setTargets(apps.map(({ url }) => url));
});
test.afterAll(async () => {
  proxy?.close();
  for (const app of apps ?? []) await app.remove();
  cluster?.remove();
});

/** Kills while the act is under way. */
async function killDuring(app: AppServer, act: () => Promise<void>): Promise<void> {
  await Promise.all([act(), app.stop('SIGKILL')]);
}

async function practise(page: Page, how: 'right' | 'wrong'): Promise<void> {
  await page.goto(`${proxy.url}/skills/${SKILL}/practice`);
  await expect(openIssue(page)).toBeAttached();
  await fillAnswer(apps[0], page, how);
  await page.getByRole('button', { name: /Check answer/ }).click();
  await expect(page.locator('#verdict')).toBeVisible();
}

async function answerInCheck(page: Page): Promise<void> {
  const before = await openIssue(page).inputValue();
  await fillAnswer(apps[0], page, 'right');
  await page.getByRole('button', { name: 'Record answer' }).click();
  await expect
    .poll(async () => {
      if (page.url().endsWith('/result')) return true;
      const field = openIssue(page);
      return (await field.count()) > 0 && (await field.inputValue()) !== before;
    })
    .toBe(true);
}

test('whoever learns does not notice that one of two web processes is killed, nor later the other', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));

  await page.goto(`${proxy.url}/`);
  await page.locator('textarea[name="goal"]').fill('Size the KV cache of a model');
  await page.getByRole('button', { name: 'Map my track' }).click();
  await expect(page.getByRole('heading', { name: 'This is how we read you' })).toBeVisible();
  await practise(page, 'right');
  expect(proxy.answered.size, 'both were asked').toBe(2);

  // The first dies with an answer under way. The other has what was recorded, and the session.
  await killDuring(apps[0], () => practise(page, 'wrong'));
  await practise(page, 'right');
  await page.goto(`${proxy.url}/skills/${SKILL}`);
  await page
    .getByRole('button', { name: /(Take the check|Challenge)/ })
    .first()
    .click();
  await page.waitForURL(/\/checks\/[^/]+$/);
  await answerInCheck(page);

  // It comes back; the other dies in the middle of the check, with an answer under way.
  await apps[0].restart();
  await expect.poll(async () => (await fetch(`${apps[0].url}/ready`)).status).toBe(200);
  await killDuring(apps[1], () => answerInCheck(page));
  for (let n = 0; n < 10 && !page.url().endsWith('/result'); n++) await answerInCheck(page);
  await page.waitForURL(/\/result$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Demonstrated|Passed/i);

  await page.goto(`${proxy.url}/progress`);
  await expect(page.getByRole('img', { name: /1 demonstrated/ })).toBeVisible();
  await apps[1].restart();
  const verified = await apps[1].edirae('verify');
  expect(verified.status, verified.stdout + verified.stderr).toBe(0);
  expect(proxy.faults).toEqual([]);
  expect(errors).toEqual([]);
});
