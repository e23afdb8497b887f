/**
 * Taking a large deck over, end to end, on a database of its own: `npm run bench -- import [--notes 50000]`. The package is generated in
 * Anki's newest layout, two cards a note for nine in ten, five reviews a note, with pictures. Memory is the process's own high-water mark,
 * less what it was before.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSchool, parseConfig, importPackage, startGuest } from '@edirae/school';
import { makePackage } from '@edirae/anki/testing';
import type { Bench } from './main.ts';

const MIB = 1024 * 1024;
const PICTURES = 200;

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({ args, options: { notes: { type: 'string', default: '50000' } } });
  const notes = Number(values.notes);
  if (!Number.isInteger(notes) || notes < 1) throw new Error('--notes takes a whole number.');
  const folder = mkdtempSync(join(tmpdir(), 'edirae-bench-import-'));
  try {
    const file = join(folder, 'deck.apkg');
    progress(`writing a package of ${notes} notes`);
    await makePackage(file, {
      layout: 'anki21b',
      now: Date.now(),
      notes: Array.from({ length: notes }, (_, n) => ({
        guid: `note-${n}`,
        fields: [
          `<b>Question ${n}</b>: how many bytes does term ${n * 7} of the sum take? <img src="p${n % PICTURES}.png">`,
          `<div>Term ${n} takes ${n * 3} bytes, <i>as every other one</i> of its kind does.</div>`,
        ],
        tags: `module-${n % 16} bench`,
        cloze: n % 10 === 9,
        ...(n % 10 === 9 ? { fields: [`Term ${n} takes {{c1::${n * 3} bytes}}.`, ''] } : {}),
      })),
      reviews: [
        [60, 3],
        [57, 3],
        [48, 1],
        [47, 3],
        [20, 3],
      ],
      media: Object.fromEntries(
        Array.from({ length: PICTURES }, (_, n) => [
          `p${n}.png`,
          Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, n]), Buffer.alloc(20_000, n)]),
        ]),
      ),
    });
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
