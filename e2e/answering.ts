import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { Variant } from '@edirae/curriculum';
import { expect, type Locator, type Page } from '@playwright/test';
import { Client } from 'pg';
import { rightAnswer, wrongAnswer } from '../packages/school/testing/answers.ts';
import type { AppServer } from './server.ts';

/** The variant behind an issue, read beside the server: the key never reaches the browser, so a journey looks it up here. */
export function variantOf(app: AppServer, issueId: string): Variant {
  const db = new DatabaseSync(join(app.dataDir, 'edirae.db'), { readOnly: true });
  try {
    const row = db.prepare('select shown from issues where id = ?').get(issueId);
    if (!row) throw new Error(`No issue ${issueId}`);
    return JSON.parse(String(row['shown'])) as Variant;
  } finally {
    db.close();
  }
}

/** The same, on whichever database the server has. */
async function findVariant(app: AppServer, issueId: string): Promise<Variant> {
  if (app.databaseUrl === null) return variantOf(app, issueId);
  const client = new Client({ connectionString: app.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ shown: string }>('select shown from issues where id = $1', [
      issueId,
    ]);
    if (!rows[0]) throw new Error(`No issue ${issueId}`);
    return JSON.parse(rows[0].shown) as Variant;
  } finally {
    await client.end();
  }
}

/** The field that names the unanswered item; a dispute of an earlier one has such a field too. */
export function openIssue(page: Page): Locator {
  return page.locator('form[action="?/answer"] input[name="issueId"]').first();
}

/** Fills the item on the page as a person would, by its visible controls. Does not submit. */
export async function fillAnswer(
  app: AppServer,
  page: Page,
  how: 'right' | 'wrong',
): Promise<{ issueId: string; variant: Variant }> {
  const issueId = await openIssue(page).inputValue();
  const variant = await findVariant(app, issueId);
  const answer = how === 'right' ? rightAnswer(variant) : wrongAnswer(variant);
  const form = page
    .locator('form', { has: page.locator(`input[name="issueId"][value="${issueId}"]`) })
    .first();
  await fillKind(form, variant, answer);
  await tick(form.locator('input[name="confidence"][value="75"]'));
  return { issueId, variant };
}

/** Ticks a box or a radio; the page may still be arriving, and what is not laid out yet cannot be clicked. */
async function tick(input: Locator): Promise<void> {
  await expect(async () => input.check({ force: true, timeout: 2_000 })).toPass({ timeout: 15_000 });
}

async function fillKind(form: Locator, { kind }: Variant, answer: unknown): Promise<void> {
  switch (kind) {
    case 'choice':
      await tick(form.locator(`input[name="answer"][value="${String(answer)}"]`));
      return;
    case 'multi':
      for (const id of answer as string[]) await tick(form.locator(`input[name="answer"][value="${id}"]`));
      return;
    case 'numeric': {
      const { value, unit } = answer as { value: number; unit: string };
      await form.locator('input[name="value"]').fill(String(value));
      const units = form.locator('select[name="unit"]');
      if ((await units.count()) > 0) await units.selectOption(unit);
      return;
    }
    case 'order':
      await putInOrder(form, answer as string[]);
      return;
    case 'match':
      for (const [left, right] of Object.entries(answer as Record<string, string>))
        await form.locator(`select[name="match-${left}"]`).selectOption(right);
      return;
    case 'cloze':
      for (const [blank, text] of Object.entries(answer as Record<string, string>))
        await form.locator(`input[name="blank-${blank}"]`).fill(text);
      return;
    case 'short':
      await form.locator('input[name="text"]').fill(String(answer));
  }
}

/** By selects where the page has no script, else by the buttons that move a line up; the script may arrive in between. */
async function putInOrder(form: Locator, order: string[]): Promise<void> {
  const selects = form.locator('select[name^="place-"]');
  if ((await selects.count()) > 0) {
    try {
      for (const [i, id] of order.entries()) {
        await form.locator(`select[name="place-${id}"]`).selectOption(String(i + 1), { timeout: 2_000 });
      }
      return;
    } catch {
      // The list has replaced the selects.
    }
  }
  for (const [target, id] of order.entries()) {
    for (let moves = 0; moves < order.length; moves++) {
      const place = Number(await form.locator(`input[name="place-${id}"]`).inputValue());
      if (place === target + 1) break;
      await form
        .locator('li', { has: form.page().locator(`input[name="place-${id}"]`) })
        .locator('button.up')
        .click();
    }
  }
}
