import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { explainRightly } from './explaining.ts';
import { startApp, type AppServer } from './server.ts';

const labs = resolve(import.meta.dirname, '../content/labs');
const read = (lab: string, path: string): string => readFileSync(join(labs, lab, path), 'utf8');

let app: AppServer;
test.beforeAll(async () => {
  app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
});
test.afterAll(async () => app?.remove());

const code = (page: Page) => page.getByRole('textbox', { name: /^Text of solution\./ });
const results = (page: Page) => page.getByRole('region', { name: 'Results' });
const saved = (page: Page) => page.getByText(/^Saved .* UTC$/);

/** Opens a lab and waits until its scripts run. */
async function open(page: Page, lab: string, language: 'py' | 'ts'): Promise<void> {
  await page.goto(`${app.url}/labs/${lab}?language=${language}`);
  await expect(page.locator('.cm-content')).toBeVisible();
}

/** Puts a whole text into the editor, as pasting does. */
async function write(page: Page, text: string, file?: string): Promise<void> {
  // Before the scripts run there is a plain field in the editor's place.
  await expect(page.locator('.cm-content')).toBeVisible();
  await (file === undefined ? code(page) : page.getByRole('textbox', { name: `Text of ${file}` })).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

async function submitAndPass(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page.getByRole('heading', { name: /^Passed: every test/ })).toBeVisible({ timeout: 120_000 });
}

interface Looked {
  state: string;
  evidence: { skill: string; share: number | null; appliedAt: number | null }[];
}

async function lookUp(page: Page, lab: string): Promise<Looked> {
  const response = await page.request.get(`${app.url}/api/v1/labs/${lab}`);
  return (await response.json()) as Looked;
}

async function ledgerTypes(page: Page): Promise<string[]> {
  const response = await page.request.get(`${app.url}/api/v1/ledger`);
  // A visitor who only runs things in the page is nobody yet, and has no ledger.
  if (response.status() === 401) return [];
  const { events } = (await response.json()) as { events: { type: string }[] };
  return events.map(({ type }) => type);
}

test('labs are found by stage, by language and by what they prove', async ({ page }) => {
  await page.goto(`${app.url}/labs`);
  const rows = page.getByRole('main').getByRole('listitem');
  await expect(rows).not.toHaveCount(0);
  await expectAccessible(page, 'the list of labs');
  await page.getByLabel('Language').selectOption('ts');
  await page.waitForURL(/language=ts/);
  await page
    .getByRole('link', { name: /Token-bucket limiter/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: /Token-bucket limiter/ })).toBeVisible();
});

/** Collects what the page's policy refused, and the policies that its workers come with. */
function watchPolicies(page: Page): { refused: string[]; workers: (string | undefined)[] } {
  const seen = { refused: [] as string[], workers: [] as (string | undefined)[] };
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) seen.refused.push(message.text());
  });
  page.on('response', (response) => {
    if (/\/workers\/[^/]+\.js$/.test(new URL(response.url()).pathname))
      seen.workers.push(response.headers()['content-security-policy']);
  });
  return seen;
}

test('a TypeScript lab: run in the page, submitted, passed, and evidence waits to be explained', async ({
  page,
}) => {
  const lab = 'rate-limiter-fairness';
  const policies = watchPolicies(page);
  await open(page, lab, 'ts');
  await expectAccessible(page, 'a lab, first opened');

  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(results(page).getByText(/of \d+ passed/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'The first visible test that does not pass' })).toContainText(
    'Expected',
  );
  await expectAccessible(page, 'a run that fails');
  expect(policies.refused).toEqual([]);
  expect(policies.workers[0]).toContain("default-src 'none'");
  expect(await ledgerTypes(page)).not.toContain('lab-graded');

  await write(page, 'export class Limiter {\n  constructor() {\n    for (;;) {}\n  }\n}\n');
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(results(page).getByText('The run was stopped.')).toBeVisible();

  await write(page, read(lab, 'solution/solution.ts'));
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(results(page).getByText(/^(\d+) of \1 passed$/)).toBeVisible({ timeout: 60_000 });
  await submitAndPass(page);
  await expect(page.getByText('Waits for a person').first()).toBeVisible();
  await expectAccessible(page, 'a lab that passed');
  expect(await ledgerTypes(page)).toContain('lab-graded');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, 'a lab that passed, in the dark');

  // What proves it is one's own words about it: the questions come from running what was sent.
  await page.getByRole('link', { name: /^Explain your code/ }).click();
  await page.getByRole('button', { name: /^Ask me/ }).click();
  await expect(page.getByRole('button', { name: 'Record answers' })).toBeVisible({ timeout: 120_000 });
  await expectAccessible(page, 'questions about one’s own code, in the dark');
  for (const unknown of await page.getByLabel('I don’t know').all()) await unknown.check();
  await page.getByRole('button', { name: 'Record answers' }).click();
  await expect(page.getByRole('heading', { name: 'Not yet' })).toBeVisible();
  expect(await ledgerTypes(page)).toContain('explain-ended');
  expect(await ledgerTypes(page)).not.toContain('applied');
});

test('a Python lab on a phone: hints, a run in the page, a pass, and the solution beside it', async ({
  page,
}) => {
  const lab = 'drift-monitor';
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${app.url}/labs/${lab}?language=py`);
  await page.getByRole('button', { name: /^Show hint 1/ }).click();
  await expect(page.getByRole('button', { name: /^Show hint 2/ })).toBeVisible();
  await expectAccessible(page, 'a lab on a phone');
  await page.getByText('Code', { exact: true }).click();
  await expect(page.locator('.cm-content')).toBeVisible();
  await write(page, read(lab, 'solution/solution.py'));
  await expect(saved(page)).toBeVisible();
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(results(page).getByText(/^(\d+) of \1 passed$/)).toBeVisible({ timeout: 180_000 });
  await submitAndPass(page);
  await expectAccessible(page, 'a pass on a phone');
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);

  await page.getByRole('link', { name: 'Show the solution' }).click();
  await page.getByRole('button', { name: 'Show the solution' }).click();
  await expect(page.getByRole('heading', { name: 'Against your last pass' })).toBeVisible();
  await expectAccessible(page, 'the solution');
  const types = await ledgerTypes(page);
  expect(types.filter((type) => type === 'lab-aid')).toHaveLength(2);
});

test('a capstone of several files: written in the page, passed, explained, and its skills are moved', async ({
  page,
}) => {
  const lab = 'architecture-dossier';
  const files = readdirSync(join(labs, lab, 'solution')).filter((name) => name !== 'solution.ts');
  await open(page, lab, 'ts');
  await write(page, read(lab, 'solution/solution.ts'));
  const tabs = page.getByRole('navigation', { name: 'Files' });
  for (const name of files) {
    const tab = tabs.getByRole('button', { name, exact: true });
    if ((await tab.count()) > 0) await tab.click();
    else {
      await tabs.getByRole('button', { name: 'New file' }).click();
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByRole('button', { name: 'Make it' }).click();
    }
    await write(page, read(lab, `solution/${name}`), name);
  }
  await expect(saved(page)).toBeVisible();
  await submitAndPass(page);
  await expect(page.getByText('Waits for a person').first()).toBeVisible();
  await page.getByRole('link', { name: /^Explain your code/ }).click();
  await page.getByRole('button', { name: /^Ask me/ }).click();
  await expect(page.getByRole('button', { name: 'Record answers' })).toBeVisible({ timeout: 120_000 });
  await explainRightly(app, page);
  await page.getByRole('button', { name: 'Record answers' }).click();
  await expect(page.getByRole('heading', { name: 'Explained back' })).toBeVisible();
  await expectAccessible(page, 'explained back');
  const types = await ledgerTypes(page);
  const { state, evidence } = await lookUp(page, lab);
  expect(state).toBe('explained');
  // All tests passed, so every skill that tests carry is moved; what only a person can judge is not.
  const carried = evidence.filter(({ share }) => (share ?? 0) >= 0.7);
  expect(carried.length).toBeGreaterThan(0);
  expect(evidence.filter(({ appliedAt }) => appliedAt !== null)).toEqual(carried);
  expect(types.filter((type) => type === 'applied')).toHaveLength(carried.length);
  await page.goto(`${app.url}/labs`);
  await expect(page.getByText('Explained back').first()).toBeVisible();
});

/** Two tabs of one learner. */
async function twoTabs(browser: Browser): Promise<[Page, Page]> {
  const context = await browser.newContext();
  return [await context.newPage(), await context.newPage()];
}

test('two tabs lose nothing: both versions are shown, one is chosen, the other is kept', async ({
  browser,
}) => {
  const lab = 'point-in-time-join';
  const [one, two] = await twoTabs(browser);
  await open(one, lab, 'py');
  await write(one, '# begun\n');
  await expect(saved(one)).toBeVisible();
  await open(two, lab, 'py');
  await expect(code(two)).toContainText('# begun');
  await write(one, '# from one\n');
  await expect(saved(one)).toBeVisible();
  await write(two, '# from two\n');
  const choice = two.getByRole('alert').filter({ hasText: 'You also edited this' });
  await expect(choice).toBeVisible();
  await choice.getByRole('button', { name: 'Compare' }).click();
  await expect(choice.getByRole('region', { name: /^Differences in/ })).toContainText('# from one');
  await expectAccessible(two, 'two versions');
  await choice.getByRole('button', { name: 'Use the other' }).click();
  await expect(choice).toBeHidden();
  await expect(code(two)).toContainText('# from one');
  await two.getByRole('link', { name: 'Versions' }).click();
  await expect(two.getByRole('heading', { name: 'Versions of your work' })).toBeVisible();
  await expectAccessible(two, 'versions');
  await one.context().close();
});

test('offline, work is kept in the browser and saved on return', async ({ page, context }) => {
  const lab = 'eval-harness';
  await open(page, lab, 'py');
  await write(page, '# online\n');
  await expect(saved(page)).toBeVisible();
  await context.setOffline(true);
  await write(page, '# offline\n');
  await expect(page.getByText('Kept in this browser.')).toBeVisible();
  await context.setOffline(false);
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(code(page)).toContainText('# offline');
  // A tab that dies before it could save: the next one finds what it left.
  await page.route('**/labs/**', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await write(page, '# before the crash\n');
  await expect(page.getByText('Kept in this browser.')).toBeVisible();
  await page.close();
  const next = await context.newPage();
  await open(next, lab, 'py');
  await expect(code(next)).toContainText('# before the crash');
  await expect(saved(next)).toBeVisible();
});

test('the editor is left with the keyboard, and a plain field can take its place', async ({ page }) => {
  await open(page, 'autograd-mini', 'py');
  await code(page).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(code(page)).not.toBeFocused();
  await page.getByRole('button', { name: 'Use a plain field' }).click();
  await expect(page.locator('textarea[data-path]')).toBeVisible();
  await page.locator('textarea[data-path]').fill('# plain\n');
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(page.locator('textarea[data-path]')).toHaveValue('# plain\n');
});

test('without JavaScript a lab is read, written, submitted and its result read', async ({ browser }) => {
  const lab = 'rate-limiter-fairness';
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${app.url}/labs/${lab}?language=ts`);
  await page.getByRole('textbox', { name: 'Text of solution.ts' }).fill(read(lab, 'solution/solution.ts'));
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(async () => {
    await page.goto(`${app.url}/labs/${lab}?language=ts`);
    await expect(page.getByRole('heading', { name: /^Passed: every test/ })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 120_000 });
  await context.close();
});
