import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeOnBoth, makePlace, type Place } from '../../testing/databases.ts';
import { openKeeper } from '../../testing/ledger-keeper.ts';
import { verifyLedgers } from '../usecases/verify-ledgers.ts';
import { listEvents } from './events.ts';

const KILLS = 20;
const WRITER = fileURLToPath(new URL('../../testing/endless-writer.ts', import.meta.url));

describeOnBoth('a process that is killed while it writes', (kind) => {
  it('has lost nothing that it acknowledged, twenty times over', async () => {
    const place = await makePlace(kind);
    try {
      const acknowledged: string[] = [];
      for (let n = 0; n < KILLS; n++) acknowledged.push(...(await writeAndKill(place, 30 + n * 7)));
      expect(acknowledged.length).toBeGreaterThan(KILLS);
      const keeper = await openKeeper(place);
      const kept = new Map<string, string>();
      for (const { id } of await keeper.db.selectFrom('learners').select('id').execute()) {
        for (const event of await listEvents(keeper.db, id)) kept.set(`${id} ${event.seq}`, event.hash);
      }
      for (const line of acknowledged) {
        const [learnerId, seq, hash] = line.split(' ');
        expect(kept.get(`${learnerId} ${seq}`)).toBe(hash);
      }
      // An act is whole or absent: every act wrote two events and one dispute.
      const disputes = await keeper.db.selectFrom('disputes').select('id').execute();
      expect([...kept.keys()].length).toBe(
        disputes.length * 2 + new Set([...kept.keys()].map((key) => key.split(' ')[0])).size,
      );
      const result = await verifyLedgers(keeper);
      expect(result.problems).toEqual([]);
      expect(result.learners).toBe(KILLS);
      await keeper.close();
    } finally {
      await place.remove();
    }
  }, 120_000);
});

/** Starts a writer, kills it some milliseconds after its first acknowledgement, and gives what it acknowledged. */
async function writeAndKill(place: Place, ms: number): Promise<string[]> {
  const child = spawn(process.execPath, [WRITER, place.config.dataDir, place.config.databaseUrl ?? ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  // The last line may be cut in half by the kill; only whole ones count.
  reader.on('line', (line) => void (/^\S+ \d+ [0-9a-f]{64}$/.test(line) && lines.push(line)));
  const exited = once(child, 'exit');
  const closed = once(reader, 'close');
  await Promise.race([once(reader, 'line'), exited]);
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGKILL');
  await Promise.all([exited, closed]);
  return lines;
}
