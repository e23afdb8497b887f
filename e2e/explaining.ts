import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { AppServer } from './server.ts';

interface Question {
  options: { id: string; text: string }[] | null;
  key: string;
}

/** Fills the open questions about one's own code with what running it gave; the keys never reach the browser, so they are looked up here. */
export async function explainRightly(app: AppServer, page: Page): Promise<void> {
  const id = await page.locator('form[action="?/answer"] input[name="id"]').inputValue();
  const db = new DatabaseSync(join(app.dataDir, 'edirae.db'), { readOnly: true });
  const row = db.prepare('select questions from lab_explanations where id = ?').get(id);
  db.close();
  if (!row) throw new Error(`No questions ${id}`);
  for (const [at, { options, key }] of (JSON.parse(String(row['questions'])) as Question[]).entries()) {
    const name = `answer-${at + 1}`;
    if (options) await page.locator(`input[name="${name}"][value="${key}"]`).check();
    else await page.locator(`input[name="${name}"]`).fill(key);
  }
}
