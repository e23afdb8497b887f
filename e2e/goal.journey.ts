import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { startApp, type AppServer } from './server.ts';

let app: AppServer;

test.beforeAll(async () => {
  app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
});
test.afterAll(async () => app?.remove());

async function stateGoal(page: Page, text: string, from = '/'): Promise<void> {
  await page.goto(`${app.url}${from}`);
  await page.locator('textarea[name="goal"]').first().fill(text);
  await page.getByRole('button', { name: 'Map my track' }).click();
  await expect(page.getByRole('heading', { name: 'This is how we read you' })).toBeVisible();
}

const plan = (page: Page) => page.locator('#plan');
const rowOf = (page: Page, skill: string) =>
  page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: skill }) })
    .first();

test('a goal is read with its reasons, and another one is only shown until it is accepted', async ({
  page,
}) => {
  await stateGoal(page, 'Understand the KV cache by the end of March');
  await expect(page.locator('mark', { hasText: 'KV cache' })).toBeVisible();
  await expect(page.locator('mark.time')).toHaveText(/by the end of March/);
  await expect(rowOf(page, 'KV cache memory')).toContainText('Your goal says “KV cache”');
  await expectAccessible(page, 'goal');

  await page.getByText('Edit the words').click();
  const words = page.getByLabel('What you want to be able to do');
  await words.fill('Write SLOs and error budgets');
  await expect(page.getByText('This is how we would read it')).toBeVisible();
  await expect(words).toBeFocused();
  await expect(rowOf(page, 'SLIs, SLOs and error budgets')).toBeVisible();
  await expectAccessible(page, 'another goal');
  await page.goto(`${app.url}/track`);
  await expect(page.getByText('“Understand the KV cache by the end of March”')).toBeVisible();

  await stateGoal(page, 'Write SLOs and error budgets', '/goal?new');
  await page.getByRole('button', { name: 'Add it to my track' }).first().click();
  await page.waitForURL(/accepted/);
  await page.goto(`${app.url}/track`);
  await expect(rowOf(page, 'KV cache memory')).toContainText('asked for');
  await expect(rowOf(page, 'SLIs, SLOs and error budgets')).toContainText('asked for');
});

test('the slider moves the dates at once, and nothing else', async ({ page }) => {
  await stateGoal(page, 'Hybrid search with BM25, and write SLOs');
  await page.goto(`${app.url}/track`);
  const slider = page.getByLabel('Hours a week, as a slider');
  await slider.focus();
  await page.keyboard.press('End');
  await expect(page.locator('#plan-hours')).toHaveValue('40');
  await expect(page.getByText('With 40 hours')).toBeVisible();
  await expectAccessible(page, 'track with other hours');
  await page.reload();
  await expect(page.locator('#plan-hours')).not.toHaveValue('40');
});

test('without scripts a guide is read, a goal compiled and its hours changed', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${app.url}/careers/ai-engineer`);
  await page.locator('textarea[name="goal"]').first().fill('Hybrid search with BM25');
  await page.getByRole('button', { name: 'Map my track' }).first().click();
  await expect(page.getByRole('heading', { name: 'This is how we read you' })).toBeVisible();
  await page.locator('#plan-hours').fill('20');
  await page.getByRole('button', { name: 'See what it changes' }).first().click();
  await expect(page.getByRole('region', { name: 'What would change' })).toBeVisible();
  await context.close();
});

test('a change is seen before it is made, and made only then', async ({ page }) => {
  await stateGoal(page, 'Hybrid search with BM25, and write SLOs');
  await page.goto(`${app.url}/track`);
  const before = await plan(page).locator('time').first().textContent();
  await page.locator('#plan-hours').fill('20');
  await page.getByRole('button', { name: 'See what it changes' }).first().click();
  const seen = page.getByRole('region', { name: 'What would change' });
  await expect(seen).toBeFocused();
  await expect(seen.getByRole('row', { name: /Even odds/ })).toContainText(before ?? '');
  await expectAccessible(page, 'a change seen');
  await page.reload();
  await expect(plan(page).locator('time').first()).toHaveText(before ?? '');

  await page.locator('#plan-hours').fill('20');
  await page.getByRole('button', { name: 'See what it changes' }).first().click();
  await seen.getByRole('button', { name: 'Apply it' }).click();
  await expect(page.getByText('Changed, and kept in the ledger')).toBeVisible();
  await expect(plan(page).locator('time').first()).not.toHaveText(before ?? '');

  await page.getByLabel('Change the place of Lexical, vector and hybrid retrieval').click();
  await page.getByRole('button', { name: 'Do it first: Lexical, vector and hybrid retrieval' }).click();
  await expect(seen).toContainText('The order changes');
  await seen.getByRole('button', { name: 'Apply it' }).click();
  await expect(page.getByRole('button', { name: 'Back to the order that Edirae gives' })).toBeVisible();
  await page.getByLabel('Change the place of SLIs, SLOs and error budgets').click();
  await page.getByRole('button', { name: 'Drop SLIs, SLOs and error budgets from the goal' }).click();
  await expect(seen).toContainText('1 skill would leave');
  await seen.getByRole('link', { name: 'Leave it as it is' }).click();
  await expect(page.getByLabel('Change the place of SLIs, SLOs and error budgets')).toBeVisible();
});

test('a pause moves the dates, and ends when one says so', async ({ page }) => {
  await stateGoal(page, 'Understand the KV cache');
  await page.goto(`${app.url}/track`);
  const before = await plan(page).locator('time').first().textContent();
  await page.getByText('Pause the track').click();
  await page.getByLabel('Rest until').fill('2090-01-01');
  await plan(page).getByRole('button', { name: 'See what it changes' }).nth(1).click();
  await page.getByRole('button', { name: 'Apply it' }).click();
  await expect(plan(page).locator('time').first()).toHaveText(/2090/);
  await page.goto(`${app.url}/track`);
  await page.getByText('Resting until 1 January 2090').click();
  await page.getByRole('button', { name: 'Go on now' }).click();
  await page.getByRole('button', { name: 'Apply it' }).click();
  await expect(plan(page).locator('time').first()).toHaveText(before ?? '');
});

test('without script, a deadline that is out of reach shows what could give way', async ({ browser }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 800 },
  });
  const page = await context.newPage();
  await page.goto(`${app.url}/`);
  await page.locator('textarea[name="goal"]').fill('Become an AI engineering architect in eight weeks');
  await page.getByRole('button', { name: 'Map my track' }).click();
  await expect(page.locator('#ways')).toContainText('More hours');
  await page.locator('#ways li', { hasText: 'A later date' }).getByRole('button', { name: 'See it' }).click();
  await expect(page.getByRole('heading', { name: 'What would change' })).toBeVisible();
  await page.getByRole('button', { name: 'Apply it' }).click();
  await expect(page.getByText('Changed, and kept in the ledger')).toBeVisible();
  await context.close();
});

test('what is not taught is said, and hostile words stay words', async ({ page }) => {
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await stateGoal(page, 'bake sourdough bread');
  await expect(page.getByRole('alert')).toContainText('We could not map this to any skill');
  await stateGoal(
    page,
    '<img src=x onerror=alert(1)> <script>alert(2)</script> learn about embeddings',
    '/goal?new',
  );
  await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  await expect(page.getByText('Sentences addressed to Edirae itself were not read')).toBeVisible();
  expect(dialogs).toBe(0);
  await page.goto(`${app.url}/goal?new`);
  await page.locator('textarea[name="goal"]').fill('   ');
  await page.getByRole('button', { name: 'Map my track' }).click();
  await expect(page.getByText('Write what you want to be able to do')).toBeVisible();
});
