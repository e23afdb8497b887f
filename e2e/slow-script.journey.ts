import { expect, test } from '@playwright/test';
import { fillAnswer, openIssue } from './answering.ts';
import { startApp, type AppServer } from './server.ts';

let app: AppServer;

test.beforeAll(async () => {
  app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
});
test.afterAll(async () => app?.remove());

// What was typed or chosen before the scripts arrived was wiped when they did.
test('what is filled in before the scripts arrive stays when they do', async ({ page }) => {
  await page.route('**/_app/**/*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue().catch(() => undefined);
  });
  await page.goto(`${app.url}/`, { waitUntil: 'commit' });
  await page.locator('textarea[name="goal"]').fill('Size the KV cache of a model');
  await page.waitForLoadState('networkidle');
  await expect(page.locator('textarea[name="goal"]')).toHaveValue('Size the KV cache of a model');
  await page.getByRole('button', { name: 'Map my track' }).click();
  await page.waitForURL(/\/goal/);

  const seen = new Set<string>();
  for (let n = 0; n < 14 && seen.size < 4; n++) {
    await page.goto(`${app.url}/skills/transformer-internals/practice`, { waitUntil: 'commit' });
    await expect(openIssue(page)).toBeAttached();
    const { variant } = await fillAnswer(app, page, 'right');
    seen.add(variant.kind);
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: /Check answer/ }).click();
    await expect(page.locator('#verdict'), `${variant.kind} ${variant.family}`).toContainText('correct');
    await page.getByRole('button', { name: /Fresh variant/ }).click();
    await expect(openIssue(page)).toBeAttached();
  }
});
