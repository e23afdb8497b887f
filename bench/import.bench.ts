/**
 * Taking a large deck over, end to end, on a database of its own: `npm run bench -- import [--notes 50000]`. The package is generated in
 * Anki's newest layout, two cards a note for nine in ten, five reviews a note, with pictures. Memory is the process's high-water mark; what
 * was added is that less what it was with the content loaded.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSchool, parseConfig, importPackage, startGuest } from '@edirae/school';
import type { Bench } from './main.ts';

const MIB = 1024 * 1024;

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({ args, options: { notes: { type: 'string', default: '50000' } } });
  const notes = Number(values.notes);
  if (!Number.isInteger(notes) || notes < 1) throw new Error('--notes takes a whole number.');
  const folder = mkdtempSync(join(tmpdir(), 'edirae-bench-import-'));
  try {
    const file = join(folder, 'deck.apkg');
    progress(`writing a package of ${notes} notes`);
    const made = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'import/make-deck.ts'), file, String(notes)],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    if (made.status !== 0) throw new Error('The package could not be made.');
    const packageBytes = statSync(file).size;
    const school = await openSchool(
      parseConfig({ EDIRAE_DATA: join(folder, 'data'), EDIRAE_RATE_LIMIT: 'off' }),
    );
    try {
      const guest = await startGuest(school, { client: '127.0.0.1' });
      if (guest.outcome !== 'started') throw new Error(guest.outcome);
      globalThis.gc?.();
      const before = memoryNow();
      let peak = before;
      const watch = setInterval(() => (peak = Math.max(peak, memoryNow())), 20);
      progress('taking it over');
      const started = performance.now();
      const result = await importPackage(school, guest.learnerId, file);
      const seconds = (performance.now() - started) / 1000;
      clearInterval(watch);
      if (result.outcome !== 'imported') throw new Error(JSON.stringify(result));
      progress('taking it over once more');
      const again = performance.now();
      const second = await importPackage(school, guest.learnerId, file);
      const secondsAgain = (performance.now() - again) / 1000;
      if (second.outcome !== 'imported' || second.added.cards > 0) throw new Error('Something was doubled.');
      return {
        notes: result.notes,
        cards: result.cards,
        reviews: result.reviews,
        media: result.media,
        packageMiB: round(packageBytes / MIB),
        seconds: round(seconds),
        notesPerSecond: Math.round(result.notes / seconds),
        peakMemoryMiB: round(Math.max(peak, highWater()) / MIB),
        addedMemoryMiB: round((Math.max(peak, highWater()) - before) / MIB),
        secondsAgain: round(secondsAgain),
      };
    } finally {
      await school.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function memoryNow(): number {
  return process.memoryUsage.rss();
}

/** What the kernel says the process took at most; where it says nothing, what was seen. */
function highWater(): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
