import { expect, test, type Page } from '@playwright/test';
import { fillAnswer, openIssue, variantOf } from './answering.ts';
import { expectAccessible } from './axe.ts';
import { startApp, type AppServer } from './server.ts';

const SKILL = 'transformer-internals';

let app: AppServer;

test.beforeAll(async () => {
  app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
});
test.afterAll(async () => app?.remove());

async function stateGoal(page: Page, text: string): Promise<void> {
  await page.goto(`${app.url}/`);
  await page.locator('textarea[name="goal"]').fill(text);
  await page.getByRole('button', { name: 'Map my track' }).click();
  await expect(page.getByRole('heading', { name: 'This is how we read you' })).toBeVisible();
}

async function openPractice(page: Page, skill = SKILL): Promise<void> {
  await page.goto(`${app.url}/skills/${skill}/practice`);
  await expect(openIssue(page)).toBeAttached();
}

async function practise(page: Page, how: 'right' | 'wrong', skill = SKILL): Promise<string> {
  await openPractice(page, skill);
  const { issueId } = await fillAnswer(app, page, how);
  await page.getByRole('button', { name: /Check answer/ }).click();
  await expect(page.locator('#verdict')).toBeVisible();
  return issueId;
}

async function startCheck(page: Page, skill = SKILL): Promise<void> {
  await page.goto(`${app.url}/skills/${skill}`);
  await page
    .getByRole('button', { name: /(Take the check|Challenge)/ })
    .first()
    .click();
  await page.waitForURL(/\/checks\/[^/]+$/);
}

async function answerInCheck(page: Page, how: 'right' | 'wrong'): Promise<void> {
  const before = await openIssue(page).inputValue();
  await fillAnswer(app, page, how);
  await page.getByRole('button', { name: 'Record answer' }).click();
  await untilNextIssue(page, before);
}

/** Another item, or none any more. Polled from outside: a page without scripts cannot be asked. */
async function untilNextIssue(page: Page, before: string): Promise<void> {
  await expect
    .poll(async () => {
      const field = openIssue(page);
      return (
        page.url().endsWith('/result') ||
        page.url().includes('/placement/result') ||
        ((await field.count()) > 0 && (await field.inputValue()) !== before)
      );
    })
    .toBe(true);
}

/** Answers right until the check has ended. */
async function answerToTheEnd(page: Page): Promise<void> {
  for (let n = 0; n < 10 && !page.url().endsWith('/result'); n++) {
    await answerInCheck(page, 'right');
  }
  await page.waitForURL(/\/result$/);
}

test('from a goal to a refusal, from the refusal to a pass, and on', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on(
    'console',
    (message) => message.type() === 'error' && !message.text().includes('422') && errors.push(message.text()),
  );

  await stateGoal(page, 'Size the KV cache of a model');
  await expect(page.getByText('KV cache memory').first()).toBeVisible();

  // A locked skill explains what opens it, and offers the challenge.
  await page.goto(`${app.url}/skills/kv-cache`);
  await expect(page.getByRole('link', { name: 'Transformer internals' }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /Challenge/ })).toBeVisible();

  // The lesson, then practice: a hint, an answer that cannot be read, a wrong one, a retry.
  await page.goto(`${app.url}/skills/${SKILL}`);
  await expect(page.locator('.prose, .lesson').first()).toContainText(/residual|attention/i);
  await openPractice(page);
  await page.locator('[data-key="hint"]').first().click();
  await expect(page.getByText('aided').first()).toBeVisible();
  await practise(page, 'wrong');
  await expect(page.locator('#verdict')).toContainText('Recorded: practice, first try');
  await page.reload();
  await expect(page.locator('#verdict')).toBeVisible();
  await page.getByRole('button', { name: 'Try this one again' }).click();
  await expect(page.locator('#verdict')).toHaveCount(0);
  await fillAnswer(app, page, 'right');
  await page.getByRole('button', { name: /Check answer/ }).click();
  await expect(page.locator('#verdict')).toContainText('a retry');

  // A check, refused at the second miss.
  await startCheck(page);
  await answerInCheck(page, 'wrong');
  await page.getByRole('button', { name: 'I don’t know yet' }).click();
  await page.waitForURL(/\/result$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Not yet/i);
  await page.goto(`${app.url}/skills/${SKILL}`);
  await expect(page.getByRole('button', { name: 'Take the check' })).toBeDisabled();

  // What was missing is mended by practice; then the next check opens.
  for (let n = 0; n < 10; n++) {
    await page.goto(`${app.url}/skills/${SKILL}`);
    if (await page.getByRole('button', { name: 'Take the check' }).isEnabled()) break;
    await page.goto(`${app.url}/skills/${SKILL}/practice`);
    const fresh = page.getByRole('button', { name: /Fresh variant/ });
    if (await fresh.isVisible()) await fresh.click();
    await practise(page, 'right');
  }

  // A reload and a second tab find the same item, and an answer given twice counts once.
  await startCheck(page);
  const issue = await openIssue(page).inputValue();
  await page.reload();
  expect(await openIssue(page).inputValue()).toBe(issue);
  const second = await page.context().newPage();
  await second.goto(page.url());
  expect(await openIssue(second).inputValue()).toBe(issue);
  await fillAnswer(app, second, 'right');
  await answerInCheck(page, 'right');
  const asked = await page.locator('body').innerText();
  await second.getByRole('button', { name: 'Record answer' }).click();
  await second.waitForLoadState();
  await page.reload();
  expect((await page.locator('body').innerText()).match(/question \d+/i)?.[0]).toBe(
    asked.match(/question \d+/i)?.[0],
  );
  await second.close();

  await answerToTheEnd(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Demonstrated|Passed/i);
  await expect(page.getByText('Decoding, sampling and speculation').first()).toBeVisible();

  // On: today names a next action, progress shows the state and checks the chain here.
  await page.goto(`${app.url}/today`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto(`${app.url}/progress`);
  await expect(page.getByRole('img', { name: /1 demonstrated/ })).toBeVisible();
  await page.getByRole('button', { name: 'Verify chain' }).first().click();
  await expect(page.getByText(/intact|whole/i).first()).toBeVisible();
  expect((await app.edirae('verify')).status).toBe(0);
  expect(errors).toEqual([]);
});

test('a placement asks without verdicts and can be stopped', async ({ page }) => {
  await stateGoal(page, 'Size the KV cache of a model');
  await page.goto(`${app.url}/placement`);
  const begin = page.getByRole('button', { name: /Begin|Start|Find out/ }).first();
  if (await begin.isVisible()) await begin.click();
  for (let n = 0; n < 3; n++) {
    const before = await openIssue(page).inputValue();
    await fillAnswer(app, page, 'right');
    await page
      .getByRole('button', { name: /Record answer|Next|Check answer/ })
      .first()
      .click();
    await untilNextIssue(page, before);
    await expect(page.locator('#verdict')).toHaveCount(0);
    if (page.url().includes('result')) break;
  }
  if (!page.url().includes('result')) {
    await page.getByRole('button', { name: /Stop/ }).first().click();
    await page.waitForURL(/placement\/result/);
  }
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('everything works without a script', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await stateGoal(page, 'Size the KV cache of a model');
  await page.goto(`${app.url}/skills/${SKILL}/practice`);
  for (let n = 0; n < 4; n++) {
    await fillAnswer(app, page, n % 2 === 0 ? 'right' : 'wrong');
    await page.getByRole('button', { name: /Check answer/ }).click();
    await expect(page.locator('#verdict')).toBeVisible();
    await page.getByRole('button', { name: /Fresh variant/ }).click();
  }
  await startCheck(page);
  await answerToTheEnd(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Demonstrated|Passed/i);
  await context.close();
});

test('a wrong key is disputed, retracted, and stops counting', async ({ page }) => {
  await stateGoal(page, 'Size the KV cache of a model');
  const issueId = await practise(page, 'wrong');
  const { family } = variantOf(app, issueId);
  await page.getByRole('button', { name: 'Dispute this item' }).first().click();
  await page
    .locator('[popover] textarea[name="text"]')
    .first()
    .fill('The key is wrong: the factor two is missing.');
  await page.getByRole('button', { name: 'Send the dispute' }).click();
  await expect(page.getByText(/Disputed/).first()).toBeVisible();
  await app.stop();
  const retracted = await app.edirae('content', 'retract', family, '--reason', 'The key was wrong');
  expect(retracted.status, retracted.stderr).toBe(0);
  expect((await app.edirae('verify')).status).toBe(0);
  await app.restart();
  await page.goto(`${app.url}/progress`);
  await expect(page.getByText(/correction/i).first()).toBeVisible();
  for (let n = 0; n < 12; n++) {
    await openPractice(page).catch(() => undefined);
    const fresh = page.getByRole('button', { name: /Fresh variant|Another variant/ }).first();
    await fresh.click();
    await expect(openIssue(page)).toBeAttached();
    expect(variantOf(app, await openIssue(page).inputValue()).family).not.toBe(family);
  }
});

test('a guest claims an account, and finds the progress again after signing in elsewhere', async ({
  page,
  browser,
}) => {
  await stateGoal(page, 'Size the KV cache of a model');
  await practise(page, 'right');
  await page.goto(`${app.url}/claim`);
  await page.locator('input[type="email"]').fill('ada@example.org');
  await page.locator('input[type="password"]').first().fill('a long enough phrase');
  await page
    .locator('form', { has: page.locator('input[type="email"]') })
    .getByRole('button')
    .first()
    .click();
  await expect(page).not.toHaveURL(/\/claim$/);

  await app.restart();
  await page.goto(`${app.url}/today`);
  await expect(page).toHaveURL(/today/);

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await stateGoal(other, 'Decode with speculation');
  await other.goto(`${app.url}/sign-in`);
  await other.locator('input[type="email"]').fill('ada@example.org');
  await other.locator('input[type="password"]').first().fill('a long enough phrase');
  await other
    .locator('form', { has: other.locator('input[type="email"]') })
    .getByRole('button')
    .first()
    .click();
  await expect(other).not.toHaveURL(/\/sign-in$/);
  await other.goto(`${app.url}/skills/${SKILL}`);
  await expect(other.getByText('Practising').first()).toBeVisible();
  expect((await app.edirae('verify')).status).toBe(0);
  await elsewhere.close();
});

test('the pages are accessible, light and dark, wide and narrow', async ({ page }) => {
  test.setTimeout(240_000);
  await stateGoal(page, 'Size the KV cache of a model');
  await practise(page, 'wrong');
  await startCheck(page, 'tensor-shapes-dtypes');
  const check = page.url();
  const paths = [
    '/',
    '/goal',
    '/track',
    '/today',
    `/skills/${SKILL}`,
    '/skills/kv-cache',
    '/skills/hybrid-retrieval',
    '/progress',
    '/settings',
    '/claim',
    '/sign-in',
    '/how-the-gate-works?run=yyn',
    '/how-the-gate-works/record',
    '/privacy',
    '/review',
    '/nowhere',
    check.replace(app.url, ''),
  ];
  for (const scheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of paths) {
        await page.goto(`${app.url}${path}`);
        await expectAccessible(page, `${path} ${scheme} ${width}`);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${path} ${width} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    }
  }
});
