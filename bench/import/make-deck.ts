import { makePackage } from '@edirae/anki/testing';

const PICTURES = 200;

// Writes the package in a process of its own, so that making it leaves no trace in what is measured.
const [file = '', count = ''] = process.argv.slice(2);
const notes = Number(count);
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
