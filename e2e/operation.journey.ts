import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { startApp, type AppServer } from './server.ts';

/** Pictures to look at: SHOTS names a folder. */
async function shoot(page: Page, folder: string): Promise<void> {
  for (const [name, width] of [
    ['wide', 1440],
    ['narrow', 390],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/operation-${name}-${colorScheme}.png`, fullPage: true });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
}

let app: AppServer;
test.beforeAll(async () => {
  app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
});
test.afterAll(async () => {
  await app?.remove();
});

test('the first account sees how the installation fares; a guest sees nothing there', async ({ page }) => {
  const visitor = await page.goto(`${app.url}/operation`);
  expect(visitor?.status()).toBe(404);

  await page.goto(`${app.url}/claim`);
  await page.getByLabel('E-mail address').fill('operator@example.org');
  await page.locator('#password').fill('a long enough password');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/claim'));

  await page.goto(`${app.url}/operation`);
  await expect(page.getByRole('heading', { level: 1, name: 'Operation' })).toBeVisible();
  for (const part of ['Web and API', 'Database', 'Ledger', 'Job queue', 'Rate limits'])
    await expect(page.getByRole('rowheader', { name: part })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: `process ${app.pid()}` })).toBeVisible();
  await expectAccessible(page, 'operation');
  if (process.env['SHOTS']) await shoot(page, process.env['SHOTS']);

  await page.goto(`${app.url}/today`);
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.locator('#acct').getByRole('link', { name: 'Operation' }).click();
  await expect(page).toHaveURL(/\/operation$/);
});

test('machines are told whether it lives, is ready, and what it saw', async ({ request }) => {
  const health = await request.get(`${app.url}/health`);
  expect(health.status()).toBe(200);
  expect(await health.json()).toMatchObject({ status: 'ok' });
  const ready = await request.get(`${app.url}/ready`);
  expect(ready.status()).toBe(200);
  expect(await ready.json()).toMatchObject({ status: 'ready', database: { ok: true }, leaving: false });
  const metrics = await (await request.get(`${app.url}/metrics`)).text();
  expect(metrics).toMatch(/edirae_http_request_seconds_count\{route="\/ready",method="GET",status="200"\} 1/);
  expect(metrics).toContain('nodejs_eventloop_lag_p99_seconds');
  const throughProxy = await request.get(`${app.url}/metrics`, {
    headers: { 'x-forwarded-for': '203.0.113.9' },
  });
  expect(throughProxy.status()).toBe(403);
});

test('a start on a folder that cannot be one ends with a line that says so', async () => {
  test.skip(process.platform !== 'linux', '/proc takes no folders only on Linux.');
  const started = startApp({ EDIRAE_DATA: '/proc/edirae' });
  await expect(started).rejects.toThrow(
    /The data folder \/proc\/edirae cannot be used as a folder .*Nothing was started\./,
  );
});
