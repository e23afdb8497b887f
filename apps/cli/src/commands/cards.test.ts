import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePackage } from '@edirae/anki/testing';

const BIN = fileURLToPath(new URL('../../bin/edirae.mjs', import.meta.url));
const MODULE = 'id: only\nnumber: 1\ntitle: Only\nstages: [1]\nsummary: One module with nothing in it.\n';

describe('edirae cards', () => {
  const folder = mkdtempSync(join(tmpdir(), 'edirae-cli-cards-'));
  const content = join(folder, 'content');
  const file = join(folder, 'deck.apkg');
  const edirae = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, 'cards', ...args], {
      encoding: 'utf8',
      env: {
        ...process.env,
        EDIRAE_DATA: join(folder, 'data'),
        EDIRAE_CONTENT: content,
        DATABASE_URL: '',
        EDIRAE_SECRET: '',
      },
    });

  beforeAll(async () => {
    mkdirSync(join(content, 'modules', '01-only'), { recursive: true });
    writeFileSync(join(content, 'modules', '01-only', 'module.yaml'), MODULE);
    await makePackage(file, {
      layout: 'anki21b',
      now: Date.now(),
      deck: 'Deck',
      notes: [{ guid: 'a', fields: ['Front', 'Back <img src="p.png">'] }],
      reviews: [[9, 3]],
      media: { 'p.png': Uint8Array.from([0x89, 0x50, 0x4e, 0x47]), 'x.js': Buffer.from('alert(1)') },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('imports a package and prints what it held and what was left out', () => {
    const { status, stdout, stderr } = edirae('import', file, '--json');
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      notes: 1,
      cards: 2,
      media: 1,
      reviews: 1,
      decks: 1,
      skipped: [{ what: 'media x.js', why: expect.any(String) }],
    });
  }, 60_000);

  it('exports a deck, which comes back without anything new', () => {
    const out = join(folder, 'out.apkg');
    expect(JSON.parse(edirae('export', 'Deck', out, '--json').stdout)).toMatchObject({ notes: 1, cards: 2 });
    expect(JSON.parse(edirae('import', out, '--json').stdout)).toMatchObject({
      notes: 1,
      cards: 2,
      reviews: 1,
      added: { notes: 0, cards: 0, reviews: 0 },
    });
  }, 60_000);

  it('says what is wrong in a line', () => {
    const broken = join(folder, 'broken.apkg');
    writeFileSync(broken, 'PK');
    expect(edirae('import', broken)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Nothing was taken over.'),
    });
    expect(edirae('export', 'No such deck', join(folder, 'no.apkg')).status).toBe(1);
    expect(edirae('import', file, '--learner', 'nobody').status).toBe(1);
    for (const args of [[], ['import'], ['import', 'no-such-file.apkg'], ['export', 'Deck', 'deck.zip']])
      expect(edirae(...args).status).toBe(2);
  }, 120_000);
});
