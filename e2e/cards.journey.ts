import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { makePackage } from '@edirae/anki/testing';
import { fillAnswer, openIssue } from './answering.ts';
import { expectAccessible } from './axe.ts';
import { startApp, type AppServer } from './server.ts';

let app: AppServer;
const folder = mkdtempSync(join(tmpdir(), 'edirae-cards-journey-'));
const DAY = 86_400_000;
const SKILL = 'tensor-shapes-dtypes';

test.beforeAll(async () => {
  app = await startApp({ EDIRAE_RATE_LIMIT: 'off' });
});
test.afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await app?.remove();
});

async function begin(page: Page): Promise<void> {
  await page.goto(`${app.url}/`);
  await page.locator('textarea[name="goal"]').fill('Size the KV cache of a model');
  await page.getByRole('button', { name: 'Map my track' }).click();
  await expect(page.getByRole('heading', { name: 'This is how we read you' })).toBeVisible();
}

async function practise(page: Page): Promise<void> {
  await page.goto(`${app.url}/skills/${SKILL}/practice`);
  await fillAnswer(app, page, 'right');
  await page.getByRole('button', { name: /Check answer/ }).click();
  await expect(page.locator('#verdict')).toBeVisible();
}

/** Shows the answer and grades it by the button. */
async function grade(page: Page, given: 1 | 2 | 3 | 4): Promise<void> {
  await page.locator('.btn.primary', { hasText: 'Show answer' }).click();
  await page.locator(`[data-grade="${given}"]`).click();
  await expect(page.locator('[data-grade]')).toHaveCount(0);
}

/** How many grades the server has, read beside it. */
async function gradesOnServer(page: Page): Promise<{ id: string; card: string; grade: number }[]> {
  return page.evaluate(async () => {
    const answer = (await (await fetch('/api/v1/export')).json()) as {
      cards: { grades: { id: string; card: string; grade: number }[] };
    };
    return answer.cards.grades;
  });
}

test('cards of a skill that was begun are reviewed, undone, offline too, and merged once', async ({
  page,
  context,
}) => {
  test.setTimeout(180_000);
  await begin(page);
  await practise(page);

  await page.goto(`${app.url}/review`);
  await expect(page.getByRole('article', { name: 'Flashcard' })).toBeVisible();
  await grade(page, 3);
  expect(await gradesOnServer(page)).toHaveLength(1);
  await page.getByRole('button', { name: /Undo the last grade/ }).click();
  await expect(page.getByRole('button', { name: /Undo the last grade/ })).toHaveCount(0);
  await grade(page, 3);

  // By keyboard alone.
  await page.keyboard.press('Space');
  await expect(page.locator('[data-grade="1"]')).toBeVisible();
  await page.keyboard.press('2');
  await expect(page.locator('[data-grade]')).toHaveCount(0);
  expect((await gradesOnServer(page)).filter((one) => one.grade > 0)).toHaveLength(3);

  // The page and its cards are kept before the connection is lost.
  await page.evaluate(async () => navigator.serviceWorker.ready);
  await expect
    .poll(async () =>
      page.evaluate(async () => {
        const open = indexedDB.open('edirae-review');
        const db = await new Promise<IDBDatabase>((done) => (open.onsuccess = () => done(open.result)));
        const count = db.transaction('pack').objectStore('pack').count();
        return new Promise<number>((done) => (count.onsuccess = () => done(count.result)));
      }),
    )
    .toBe(1);
  await context.setOffline(true);
  await grade(page, 3);
  await expect(page.getByText(/No connection/)).toBeVisible();
  await grade(page, 1);
  await expect(page.getByText(/2 grades wait/)).toBeVisible();

  // A reload finds the same, and one more grade is given on the page that was kept.
  await page.reload();
  await expect(page.getByText(/2 grades wait/)).toBeVisible();
  await grade(page, 4);
  await expect(page.getByText(/3 grades wait/)).toBeVisible();

  // Back again: all three are there, once each.
  await context.setOffline(false);
  await expect(page.getByText(/now in your record: 3/)).toBeVisible({ timeout: 30_000 });
  const grades = await gradesOnServer(page);
  expect(new Set(grades.map(({ id }) => id)).size).toBe(grades.length);
  expect(grades.filter((one) => one.grade > 0)).toHaveLength(6);

  await page.goto(`${app.url}/review/summary`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Done for today');
  await expect(page.getByRole('img', { name: /Forecast of the next 30 days/ })).toBeVisible();
  expect((await app.edirae('verify')).status).toBe(0);
});

test('a skill that was shown comes back mixed among the cards on a later day', async ({ page }) => {
  test.setTimeout(240_000);
  await begin(page);
  await page.goto(`${app.url}/skills/${SKILL}`);
  await page.getByRole('button', { name: /Take the check|Challenge/ }).click();
  await page.waitForURL(/\/checks\//);
  for (let n = 0; n < 10 && !page.url().endsWith('/result'); n++) {
    const before = await openIssue(page).inputValue();
    await fillAnswer(app, page, 'right');
    await page.getByRole('button', { name: 'Record answer' }).click();
    await expect
      .poll(async () => page.url().endsWith('/result') || (await openIssue(page).inputValue()) !== before)
      .toBe(true);
  }
  await app.restart({ EDIRAE_CLOCK_OFFSET_MS: String(4 * DAY) });
  try {
    let isItem = false;
    for (let n = 0; n < 14 && !isItem; n++) {
      await page.goto(`${app.url}/review`);
      isItem = (await openIssue(page).count()) > 0;
      if (!isItem) await grade(page, 3);
    }
    expect(isItem).toBe(true);
    await fillAnswer(app, page, 'right');
    await page.getByRole('button', { name: /Check answer/ }).click();
    await expect(page.locator('#verdict')).toContainText('Recorded');
    expect((await app.edirae('verify')).status).toBe(0);
  } finally {
    await app.restart({ EDIRAE_CLOCK_OFFSET_MS: '0' });
  }
});

test('a deck from Anki comes in, is reviewed, goes out, and comes in again without loss', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const file = join(folder, 'serving.apkg');
  await makePackage(file, {
    layout: 'anki21b',
    now: Date.now(),
    deck: 'Serving',
    notes: [
      {
        guid: 'g1',
        fields: ['What bounds <b>decode</b>?<script>alert(1)</script>', 'Bandwidth <img src="a.png">'],
      },
      { guid: 'g2', fields: ['Each token reads {{c1::every weight}}.', ''], cloze: true },
    ],
    reviews: [
      [40, 3],
      [36, 3],
      [25, 3],
    ],
    media: {
      'a.png': Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    },
  });
  await begin(page);
  const bring = async (path: string): Promise<void> => {
    await page.goto(`${app.url}/library/cards/import`);
    await page.locator('input[type="file"]').setInputFiles(path);
    await page.getByRole('button', { name: 'Take it over' }).click();
    await expect(page.getByText(/Taken over/)).toBeVisible();
  };
  await bring(file);
  await expect(page.getByText(/2 notes, 3 cards, 1 picture or sound/)).toBeVisible();
  await page.goto(`${app.url}/review`);
  await grade(page, 3);
  const before = (await gradesOnServer(page)).length;

  await page.goto(`${app.url}/library/cards/browse`);
  await expect(page.locator('img[src^="/media/"]').first()).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'As an Anki package' }).click();
  const out = join(folder, 'out.apkg');
  await (await download).saveAs(out);
  await bring(out);
  expect(await gradesOnServer(page)).toHaveLength(before);

  // A script in the place of a package is refused with a reason, and nothing changes.
  await page.goto(`${app.url}/library/cards/import`);
  await page.locator('input[type="file"]').setInputFiles({
    name: 'bad.apkg',
    mimeType: 'application/zip',
    buffer: Buffer.from('PK not a package'),
  });
  await page.getByRole('button', { name: 'Take it over' }).click();
  await expect(page.getByRole('alert')).toContainText('Nothing was taken over');
  expect(await gradesOnServer(page)).toHaveLength(before);

  const context = await browser.newContext({ javaScriptEnabled: false });
  const other = await context.newPage();
  await begin(other);
  await other.goto(`${app.url}/library/cards/import`);
  await other.locator('input[type="file"]').setInputFiles(out);
  await other.getByRole('button', { name: 'Take it over' }).click();
  await expect(other.getByText(/2 notes, 3 cards/)).toBeVisible();
  await context.close();
});

test('a card is written, changed and asked without a script', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await begin(page);
  await page.goto(`${app.url}/library/cards/notes/new?skill=kv-cache&text=Decode+reads+every+weight.`);
  await page.locator('#front').fill('Decode reads {{c1::every weight}} once a {{c2::token}}.');
  await page.getByRole('button', { name: 'Look at it first' }).click();
  await expect(page.getByText('[…]').first()).toBeVisible();
  await page.getByRole('button', { name: 'Keep the card' }).click();
  await expect(page.getByText(/Kept, as 2 cards/)).toBeVisible();
  await page.goto(`${app.url}/review`);
  await page.getByRole('link', { name: /Show answer/ }).click();
  await page.getByRole('button', { name: /Good/ }).click();
  await expect(page.getByRole('article', { name: 'Flashcard' })).toBeVisible();
  await page.goto(`${app.url}/library/cards/browse?q=weight`);
  await page.locator('input[name="card"]').first().check();
  await page.locator('#tags').fill('serving');
  await page.getByRole('button', { name: 'Add tags' }).click();
  await expect(page.getByText(/1 card tagged/)).toBeVisible();
  await context.close();
});

test('the pages of cards are accessible, light and dark, wide and narrow', async ({ page }) => {
  test.setTimeout(240_000);
  await begin(page);
  await practise(page);
  await page.goto(`${app.url}/review`);
  await grade(page, 1);
  await page.goto(`${app.url}/library/cards/notes/new`);
  await page.locator('#front').fill('What is a page table?');
  await page.getByRole('button', { name: 'Keep the card' }).click();
  await expect(page.getByText(/Kept/)).toBeVisible();
  const note = page.url().replace(app.url, '');
  const paths = [
    '/review',
    '/review/summary',
    '/review/settings',
    '/review/offline',
    '/library/cards',
    '/library/cards/browse',
    `/library/cards/browse?deck=skill:${SKILL}`,
    '/library/cards/import',
    '/library/cards/notes/new',
    note,
  ];
  for (const scheme of ['light', 'dark'] as const)
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
});
