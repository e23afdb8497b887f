import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { startApp, type AppServer } from './server.ts';

const GUIDE = '/careers/ai-engineering-architect';
const PROMPT = `${GUIDE}/interview/serve-70b-first-token`;

let app: AppServer;

test.beforeAll(async () => {
  app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
});
test.afterAll(async () => app?.remove());

/** Everything a browser complains about: refused scripts and styles, errors, failed requests. */
function listenForComplaints(page: Page): string[] {
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  return said;
}

/** Fills in the design on a page that is alive, and waits until the server has it. */
async function writeDesign(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('timer')).toBeVisible();
  await page.getByLabel('Your design, with numbers').fill(text);
  await expect(page.getByText('Saving as you write')).toBeVisible();
  await saved(page);
}

async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Saved \d+ \w+ \d\d:\d\d UTC/)).toBeVisible();
}

test('a guest goes from the landing page to a compiled track by way of a guide', async ({ page }) => {
  const complaints = listenForComplaints(page);
  await page.goto(app.url);
  await expectAccessible(page, 'landing');
  await page.getByRole('link', { name: /^AI engineering architect/ }).click();
  await page.waitForURL(`**${GUIDE}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page, 'guide');

  await page.getByRole('link', { name: 'Build my track from this' }).click();
  const goal = page.locator('textarea[name="goal"]');
  await expect(goal).toHaveValue('Become an AI engineering architect');
  await page.getByRole('button', { name: 'Map my track' }).click();
  await page.waitForURL('**/goal**');
  await expect(page.getByText('Become an AI engineering architect').first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a guide reads without scripts, says where figures come from, and is described for search engines', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${app.url}${GUIDE}`);
  for (const id of [
    'highlights',
    'pay',
    'learn',
    'work',
    'path',
    'fit',
    'certifications',
    'questions',
    'interview',
  ])
    await expect(page.locator(`h2#${id}`)).toBeVisible();
  await expect(page.locator('.facts > div')).toHaveCount(4);
  await expect(page.locator('ol.stages > li')).toHaveCount(4);
  await expect(page.getByRole('link', { name: 'Build my track from this' })).toHaveAttribute(
    'href',
    '/?career=ai-engineering-architect#goal',
  );
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '') as {
    '@graph': { '@type': string }[];
  };
  expect(data['@graph'].map((each) => each['@type'])).toEqual([
    'WebPage',
    'Occupation',
    'FAQPage',
    'BreadcrumbList',
  ]);
  const address = (await page.locator('link[rel="canonical"]').getAttribute('href')) ?? '';
  expect(address).toBe(`${app.url}${GUIDE}`);
  const picture = (await page.locator('meta[property="og:image"]').getAttribute('content')) ?? '';
  const drawn = await page.request.get(picture);
  expect(drawn.headers()['content-type']).toBe('image/png');
  const sitemap = await (await page.request.get(`${app.url}/sitemap.xml`)).text();
  expect(sitemap).toContain(`<loc>${app.url}${GUIDE}</loc>`);
  expect(await (await page.request.get(`${app.url}/robots.txt`)).text()).toContain(
    `Sitemap: ${app.url}/sitemap.xml`,
  );
  await context.close();
});

test('every address that a guide names is a page', async ({ page }) => {
  for (const { path } of [{ path: '/careers' }, { path: GUIDE }, { path: `${GUIDE}/interview` }]) {
    await page.goto(`${app.url}${path}`);
    const links = await page
      .locator('main a[href^="/"]')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
    for (const link of new Set(links.map((each) => each.replace(/#.*/, '')))) {
      const answer = await page.request.get(`${app.url}${link}`);
      expect(answer.status(), link).toBe(200);
    }
  }
});

test('a guide fits a phone, and its own pages have no fault that axe finds', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/', '/careers', GUIDE, `${GUIDE}/interview`, PROMPT]) {
    await page.goto(`${app.url}${path}`);
    await expectAccessible(page, path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide, path).toBe(false);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${app.url}${GUIDE}`);
  await expectAccessible(page, 'guide, dark');
});

test('an interview is written, survives a reload, is compared, scored and kept', async ({ page }) => {
  const complaints = listenForComplaints(page);
  await page.goto(`${app.url}${PROMPT}`);
  await expect(page.getByRole('timer')).toHaveText('0:00');
  await expect(page.getByRole('heading', { name: 'Score yourself' })).toHaveCount(0);
  await page.getByText('Which hardware?').click();
  const design = page.getByLabel('Your design, with numbers');
  await writeDesign(page, 'Five groups of four devices, one spare.');

  await page.reload();
  await expect(design).toHaveValue('Five groups of four devices, one spare.');
  await expect(page.locator('details[open]', { hasText: 'Which hardware?' })).toBeVisible();

  await page.getByRole('button', { name: 'Finish and compare' }).click();
  await expect(page.getByRole('heading', { name: 'Score yourself' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Outline of a strong answer' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What interviewers look for' })).toBeVisible();
  await expect(page.getByText('Five groups of four devices, one spare.')).toBeVisible();
  await expect(page.getByText('You asked for 1 of')).toBeVisible();
  await expectAccessible(page, 'compared');

  await page.locator('input[name="p0"][value="2"]').check();
  await page.locator('input[name="p1"][value="1"]').check();
  await page.locator('input[name="g0"]').check();
  await expect(page.getByText('4 of 14', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Keep this score' }).click();
  await expect(page.getByText('Kept. You can change it.')).toBeVisible();
  await page.reload();
  await expect(page.locator('input[name="p0"][value="2"]')).toBeChecked();
  await expect(page.getByRole('cell', { name: '4 of 14' })).toBeVisible();

  await page.getByRole('link', { name: 'Answer it again' }).click();
  await expect(design).toHaveValue('');
  await expect(page.getByRole('cell', { name: '4 of 14' })).toBeVisible();
  await page.goto(`${app.url}${GUIDE}/interview`);
  await expect(page.getByText('4 of 14').first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('what is written while the server is away is kept, and saved when it is back', async ({
  page,
  context,
}) => {
  await page.goto(`${app.url}${PROMPT}`);
  const design = page.getByLabel('Your design, with numbers');
  // The page is alive: what it still had to fetch is here.
  await expect(page.getByRole('timer')).toBeVisible();
  await context.setOffline(true);
  await design.fill('Written on a train.');
  await expect(page.getByText(/Not saved: the server cannot be reached/)).toBeVisible();
  await context.setOffline(false);
  await saved(page);
  await page.reload();
  await expect(design).toHaveValue('Written on a train.');
});

test('two tabs notice each other, and neither loses its words', async ({ page, context }) => {
  await page.goto(`${app.url}${PROMPT}`);
  await writeDesign(page, 'First tab.');
  const second = await context.newPage();
  await second.goto(`${app.url}${PROMPT}`);
  await writeDesign(second, 'Second tab.');
  await page.getByLabel('Your design, with numbers').fill('First tab, more.');
  await expect(page.getByText(/Another tab changed this answer/)).toBeVisible();
  await page.getByRole('button', { name: 'Keep what is here' }).click();
  await expect(page.getByText('Saving as you write')).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(page.getByLabel('Your design, with numbers')).toHaveValue('First tab, more.');
});

test('an interview works without scripts, and can be thrown away', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${app.url}${PROMPT}`);
  await page.getByRole('button', { name: 'Finish and compare' }).click();
  await expect(page.getByRole('alert')).toContainText('Nothing is written yet');
  await page.getByLabel('What you asked, and assumed').fill('<b>One</b> region.');
  await page.getByRole('button', { name: 'Save and go on later' }).click();
  await page.goto(`${app.url}${PROMPT}`);
  await expect(page.getByLabel('What you asked, and assumed')).toHaveValue('<b>One</b> region.');
  await page.getByRole('button', { name: 'Finish and compare' }).click();
  await expect(page.getByText('<b>One</b> region.')).toBeVisible();
  await page.locator('input[name="p4"][value="1"]').check();
  await page.getByRole('button', { name: 'Keep this score' }).click();
  await expect(page.getByText('Kept. You can change it.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete this answer' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await expect(page.getByLabel('What you asked, and assumed')).toHaveValue('');
  await context.close();
});
