import { expect, test, type Page } from '@playwright/test';
import { fillAnswer, openIssue } from './answering.ts';
import { expectAccessible } from './axe.ts';
import { startApp, type AppServer } from './server.ts';

const SKILL = 'transformer-internals';
const ASYNCIO = 'https://docs.python.org/3/library/asyncio.html';

let app: AppServer;

test.beforeAll(async () => {
  app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
});
test.afterAll(async () => app?.remove());

/** Answers what is open, and waits until the verdict is there. */
async function answer(page: Page, how: 'right' | 'wrong'): Promise<void> {
  await expect(openIssue(page)).toBeAttached();
  await fillAnswer(app, page, how);
  await page.getByRole('button', { name: /Check answer/ }).click();
  await expect(page.locator('#verdict')).toBeVisible();
}

test('a certification practice set is taken to its end, and what was missed is asked again', async ({
  page,
}) => {
  await page.goto(`${app.url}/library/quizzes`);
  const exam = page
    .locator('details', { has: page.locator('input[name="scope"][value^="certification/"]') })
    .first();
  await exam.locator('summary').click();
  await exam.locator('select[name="length"]').selectOption({ index: 0 });
  await exam.getByRole('button', { name: /^Start/ }).click();
  await page.waitForURL(/\/library\/quizzes\/[^/?]+/);
  const quiz = page.url();
  await answer(page, 'wrong');
  await page.goto(quiz);
  await page.reload();
  for (let n = 0; n < 20 && (await openIssue(page).count()) > 0; n++) {
    await answer(page, 'right');
    await page.goto(quiz);
  }
  await expect(page.locator('form[action="/library/quizzes?/start"]').first()).toBeVisible();
  await expectAccessible(page, 'results of a certification set');
  await page.locator('form[action="/library/quizzes?/start"] button').first().click();
  await page.waitForURL((url) => url.href !== quiz && /\/library\/quizzes\/[^/?]+/.test(url.pathname));
  await expect(openIssue(page)).toBeAttached();
});

test('search opens from anywhere by the keyboard, and is a page as well', async ({ page }) => {
  await page.goto(`${app.url}/library/resources`);
  await expect(page.locator('a.find kbd')).not.toHaveClass(/unheard/);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog');
  await expect(palette).toBeVisible();
  await page.keyboard.type('kv cahce');
  await expect(palette.getByRole('option').first()).toBeVisible();
  await expectAccessible(page, 'palette');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();

  await page.goto(`${app.url}/library`);
  await page.getByRole('searchbox', { name: /Search skills/ }).fill('tail latency');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=tail/);
  await expect(page.locator('main mark').first()).toBeVisible();
});

test('a note on a selected passage survives a reload, is found, deleted and taken back', async ({ page }) => {
  await page.goto(`${app.url}/skills/${SKILL}`);
  const bar = page.getByRole('toolbar', { name: 'The selected passage' });
  await expect(async () => {
    await page.locator('.lesson .content > p').nth(1).selectText();
    await expect(bar).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await bar.getByRole('button', { name: 'Note' }).click();
  await page.getByLabel('Your words').last().fill('Zebra words of **mine**');
  await page.getByRole('button', { name: 'Keep the note' }).click();
  await expect(page.getByText('Note kept.')).toBeVisible();
  await page.reload();
  const card = page.getByRole('article', { name: /^Note/ });
  await expect(card.locator('strong')).toHaveText('mine');
  await expect(card.locator('blockquote')).not.toBeEmpty();
  await expectAccessible(page, 'a lesson with a note');

  await page.goto(`${app.url}/library/notes?q=zebra`);
  await expect(page.getByRole('article')).toHaveCount(1);
  await expectAccessible(page, 'notes');
  await page.getByRole('button', { name: /^Delete this note/ }).click();
  await expect(page.getByRole('article')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Note kept.')).toBeVisible();
  await page.goto(`${app.url}/library/notes?q=zebra`);
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('the library works without scripts: filters, pages, a source saved, a note written', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${app.url}/library`);
  await page.getByRole('checkbox', { name: /^Quizzes/ }).uncheck();
  await page.getByRole('checkbox', { name: /^Labs/ }).uncheck();
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('checkbox', { name: /^Quizzes/ })).not.toBeChecked();
  const first = page.locator('ul.res a').first();
  const title = await first.textContent();
  await page.getByRole('link', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: /^Quizzes/ })).not.toBeChecked();
  await expect(first).not.toHaveText(title ?? '');

  await page.goto(`${app.url}/library/resources?skill=py-runtime-model`);
  const source = page.locator('li', { has: page.locator(`a[href="${ASYNCIO}"]`) });
  await source.getByRole('button', { name: /^Save/ }).click();
  await page.goto(`${app.url}/library/resources?show=saved`);
  await expect(page.locator(`a[href="${ASYNCIO}"]`)).toBeVisible();

  await page.goto(`${app.url}/skills/${SKILL}`);
  await page.locator('#note').fill('written without scripts');
  await page.getByRole('button', { name: 'Keep the note' }).click();
  await expect(page.getByText('Note kept.')).toBeVisible();
  await context.close();
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1440, 390])
    test(`the library’s pages are accessible, ${colorScheme}, ${width} wide`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.goto(`${app.url}/skills/${SKILL}`);
      await page.locator('form[action="?/practise"] button').first().click();
      await answer(page, 'right');
      for (const path of [
        '/library',
        '/library/resources',
        '/library/notes',
        '/library/quizzes',
        '/progress/numbers',
      ]) {
        await page.goto(app.url + path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectAccessible(page, `${path} ${colorScheme} ${width}`);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${path} is no wider than its window`).toBeLessThanOrEqual(0);
      }
      await context.close();
    });
