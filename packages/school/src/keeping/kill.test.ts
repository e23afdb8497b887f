import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBoth, makePlace, type Place } from '../../testing/databases.ts';
import { openKeeper } from '../../testing/ledger-keeper.ts';
import { actOn, createLearner } from '../store/act-on.ts';
import { backUp } from '../usecases/back-up.ts';
import { verifyLedgers } from '../usecases/verify-ledgers.ts';
import { withDatabaseSource } from './database-source.ts';
import { openBackup } from './read-backup.ts';
import { listDifferences, type Holdings } from './row-source.ts';

const KEEPER = new URL('../../testing/keeper-process.ts', import.meta.url).pathname;
const LEARNERS = 150;
const EVENTS = 20;

describeOnBoth('a process that is killed while it takes a school in', (kind) => {
  let from: Place;
  let folder: string;
  let holdings: Holdings;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'edirae-kill-'));
    from = await makePlace('sqlite');
    const keeper = await openKeeper(from);
    for (let n = 0; n < LEARNERS; n++) {
      const id = await createLearner(keeper, null, async (tx) => tx.learnerId);
      await actOn(keeper, id, async (tx) => {
        for (let event = 0; event < EVENTS; event++)
          tx.append([
            { type: 'dispute-opened', body: { disputeId: `${event}`, issueId: 'i', text: 'x'.repeat(500) } },
          ]);
      });
    }
    await keeper.close();
    await backUp(from.config, join(folder, 'b'), { by: 'test' });
    holdings = await withDatabaseSource(from.config, async (source) => source.holdings);
  }, 60_000);
  afterAll(async () => {
    await from.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['move', 'restore'])(
    'by a %s ends it when it is run again, and loses nothing',
    async (act) => {
      const to = await makePlace(kind);
      try {
        const source = act === 'move' ? from.config.dataDir : join(folder, 'b');
        let kills = 0;
        while (
          !(await runAndKill(
            [act, source, to.config.dataDir, to.config.databaseUrl ?? ''],
            120 + kills * 150,
          ))
        )
          kills += 1;
        expect(kills).toBeGreaterThan(1);
        const written = await withDatabaseSource(to.config, async (taken) => taken.holdings);
        expect(listDifferences(holdings, written)).toEqual(['audit_log']);
        const keeper = await openKeeper(to);
        expect(await verifyLedgers(keeper)).toMatchObject({ ok: true, learners: LEARNERS });
        await keeper.close();
      } finally {
        await to.remove();
      }
    },
    120_000,
  );

  it('by a backup leaves no backup, or a whole one', async () => {
    const target = join(folder, `written-${kind}`);
    const whole = () => existsSync(join(target, 'manifest.json'));
    for (let kills = 0; !whole(); kills += 1) {
      await runAndKill(['backup', from.config.dataDir, target], 100 + kills * 120);
      expect(existsSync(target)).toBe(whole());
    }
    expect((await openBackup(target)).manifest.ledgers.learners).toBe(LEARNERS);
  }, 120_000);
});

/** Gives it some milliseconds; true: it ended by itself, and well. */
async function runAndKill(args: string[], ms: number): Promise<boolean> {
  const child = spawn(process.execPath, [KEEPER, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), ms);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearTimeout(timer);
  if (signal === null && code !== 0) throw new Error(said);
  return signal === null;
}
