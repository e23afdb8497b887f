import { startScriptedProvider, type ScriptedProvider } from '@edirae/mentor/testing';
import { expect, test, type Page } from '@playwright/test';
import { fillAnswer, openIssue } from './answering.ts';
import { expectAccessible } from './axe.ts';
import { startApp, type AppServer } from './server.ts';

const SKILL = 'tensor-shapes-dtypes';

async function begin(app: AppServer, page: Page): Promise<void> {
  await page.goto(`${app.url}/`);
  await page.locator('textarea[name="goal"]').fill('Size the KV cache of a model');
  await page.getByRole('button', { name: 'Map my track' }).click();
  await expect(page.getByRole('heading', { name: 'This is how we read you' })).toBeVisible();
}

const log = (page: Page) => page.getByRole('log');

async function ask(page: Page, text: string): Promise<void> {
  const answers = await log(page)
    .getByText(/^(Mentor, )/)
    .count();
  await page.locator('#mentor-text').fill(text);
  await page.getByRole('button', { name: /^Ask/ }).last().click();
  await expect(log(page).getByText(/^Mentor, /)).toHaveCount(answers + 1);
  await expect(log(page)).toHaveAttribute('aria-busy', 'false');
}

test.describe('the mentor without a key', () => {
  let app: AppServer;
  test.beforeAll(async () => {
    app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
  });
  test.afterAll(async () => app?.remove());

  test('a newcomer gets help with sources, finds it again, and deletes it', async ({ page }) => {
    await begin(app, page);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Mentor' }).click();
    await expect(page.getByRole('heading', { name: 'Mentor', level: 1 })).toBeVisible();
    await ask(page, 'Why do fewer chats fit on the card when people paste long texts?');
    await expect(page.getByRole('list', { name: 'Sources' }).getByRole('link').first()).toHaveAttribute(
      'href',
      /\/skills\/kv-cache/,
    );
    await ask(page, 'What is a good recipe for lasagne?');
    await expect(log(page)).toContainText('not taught here');
    await expectAccessible(page, 'the mentor’s page');
    await page.reload();
    await expect(log(page).getByText(/^Mentor, /)).toHaveCount(2);
    await page.getByRole('button', { name: 'Delete this conversation' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await expect(page.getByText('None yet.')).toBeVisible();
  });

  test('help on an item is recorded as aid, from the panel and by keyboard', async ({ page }) => {
    await begin(app, page);
    await page.goto(`${app.url}/skills/${SKILL}/practice`);
    await expect(openIssue(page)).toBeAttached();
    const panel = page.getByRole('complementary', { name: 'Mentor', exact: true });
    // The shortcut works once the page's scripts have arrived.
    await expect(async () => {
      await page.keyboard.press('Control+m');
      await expect(panel).toBeVisible({ timeout: 1_500 });
    }).toPass();
    await expect(page.locator('#mentor-text')).toBeFocused();
    await page.keyboard.type('I am stuck, where do I start?');
    await page.keyboard.press('Control+Enter');
    await expect(panel.getByText('Hint 1, recorded as aid')).toBeVisible();
    await expectAccessible(page, 'practice with the mentor beside it');
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await fillAnswer(app, page, 'right');
    await page.getByRole('button', { name: /Check answer/ }).click();
    await expect(page.locator('#verdict')).toBeVisible();
    const response = await page.request.get(`${app.url}/api/v1/ledger`);
    const { events } = (await response.json()) as { events: { type: string; body: { aid?: string } }[] };
    expect(events.filter(({ type }) => type === 'attempt').at(-1)?.body.aid).toBe('mentor');
  });

  test('is silent in a check, on its page and beside the lesson', async ({ page }) => {
    await begin(app, page);
    await page.goto(`${app.url}/skills/${SKILL}`);
    await page
      .getByRole('button', { name: /(Take the check|Challenge)/ })
      .first()
      .click();
    await page.waitForURL(/\/checks\/[^/]+$/);
    await expect(page.getByRole('link', { name: 'Ask the mentor' })).toHaveCount(0);
    await page.goto(`${app.url}/mentor`);
    await expect(page.getByRole('heading', { name: 'Silent during a check' })).toBeVisible();
    const asked = await page.request.post(`${app.url}/api/v1/mentor/messages`, {
      data: { text: 'What is a tensor?' },
      headers: { origin: app.url },
    });
    expect(asked.status()).toBe(409);
    await page.goto(`${app.url}/skills/${SKILL}`);
    await expect(page.getByRole('link', { name: 'Ask the mentor' })).toHaveCount(0);
  });

  test('examines, and calls its opinion an opinion', async ({ page }) => {
    await begin(app, page);
    await page.goto(`${app.url}/mentor?skill=kv-cache&mode=examine`);
    await ask(page, 'I am ready.');
    for (let n = 0; n < 4; n++)
      await ask(
        page,
        'Each position stores a key and a value of the same size for every layer and key-value head.',
      );
    await expect(log(page)).toContainText('never evidence');
    await expect(log(page).getByRole('table').last()).toBeVisible();
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 } });
    test('is a sheet from below, and nothing runs over the edge', async ({ page }) => {
      await begin(app, page);
      await page.goto(`${app.url}/skills/${SKILL}`);
      const panel = page.getByRole('complementary', { name: 'Mentor', exact: true });
      await expect(async () => {
        if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Ask the mentor' }).click();
        await expect(panel).toBeVisible({ timeout: 1_500 });
      }).toPass();
      expect(page.url()).toContain(`/skills/${SKILL}`);
      await ask(page, 'How many bytes does a tensor take?');
      const box = await panel.boundingBox();
      expect(box?.width).toBeLessThanOrEqual(390);
      await expectAccessible(page, 'the sheet');
      await page.goto(`${app.url}/mentor`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  });

  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });
    test('answers a form', async ({ page }) => {
      await begin(app, page);
      await page.goto(`${app.url}/skills/${SKILL}`);
      await page.getByRole('button', { name: 'Ask the mentor' }).click();
      await page.locator('#mentor-text').fill('How many bytes does a tensor take?');
      await page.getByRole('button', { name: /^Ask/ }).click();
      await expect(page).toHaveURL(/\/mentor\?c=/);
      await expect(page.getByRole('list', { name: 'Sources' })).toBeVisible();
    });
  });
});

test.describe('the mentor with a model', () => {
  let app: AppServer;
  let provider: ScriptedProvider;
  test.beforeAll(async () => {
    provider = await startScriptedProvider();
    app = await startApp({
      EDIRAE_RATE_LIMIT: 'off',
      EDIRAE_MENTOR_URL: provider.baseUrl,
      EDIRAE_MENTOR_MODEL: 'scripted',
    });
  });
  test.afterAll(async () => {
    await app?.remove();
    await provider?.close();
  });

  test('answers with sources, and the truth stands beside a claim', async ({ page }) => {
    await begin(app, page);
    provider.play({
      id: 'good',
      script: [
        {
          op: 'chat',
          content: 'It stores a key and a value for each token [1].\n\nYou have mastered KV cache memory.',
        },
      ],
    });
    await page.goto(`${app.url}/mentor?skill=kv-cache`);
    await ask(page, 'Why does the cache grow?');
    await expect(log(page)).toContainText('It stores a key and a value for each token');
    await expect(log(page)).toContainText('Your record says: KV cache memory, New.');
    await expect(page.getByRole('list', { name: 'Sources' })).toBeVisible();
    await page.reload();
    await page.getByRole('link', { name: 'What was sent to the model' }).click();
    await expect(page.getByText('Rules of the house')).toBeVisible();
  });

  test('is stopped by a button, and what was said stays', async ({ page }) => {
    await begin(app, page);
    provider.play({
      id: 'slow',
      script: [
        { op: 'head', status: 200, headers: { 'content-type': 'text/event-stream' } },
        {
          op: 'send',
          text: `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'The first part.\n\n' } }] })}\n\n`,
        },
        { op: 'hang' },
      ],
    });
    await page.goto(`${app.url}/mentor?skill=kv-cache`);
    await page.locator('#mentor-text').fill('Why does the cache grow?');
    await page.getByRole('button', { name: /^Ask/ }).click();
    await expect(log(page)).toContainText('The first part.');
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(log(page)).toContainText('Stopped');
    await expect(log(page)).toContainText('The first part.');
  });

  test('that fails leaves the built-in guide, and says so plainly', async ({ page }) => {
    await begin(app, page);
    provider.play({
      id: 'broken',
      script: [{ op: 'json', status: 401, body: { error: { message: 'raw words of the provider' } } }],
    });
    await page.goto(`${app.url}/mentor?skill=kv-cache`);
    await ask(page, 'Why does the cache grow?');
    await expect(log(page)).toContainText('The built-in guide answers instead.');
    await expect(log(page)).not.toContainText('raw words of the provider');
    await expect(page.getByRole('list', { name: 'Sources' })).toBeVisible();
  });
});
