import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { zstdCompressSync } from 'node:zlib';
import { ZipFile } from 'yazl';

export type Layout = 'anki2' | 'anki21' | 'anki21b';

/** What a made package holds: notes of a basic type with two templates where `both`, else of a cloze type. */
export interface Made {
  layout: Layout;
  notes: { guid: string; fields: string[]; tags?: string; cloze?: boolean }[];
  /** Days ago, and grade, of each review of each note’s first card. */
  reviews?: [daysAgo: number, ease: number][];
  /** Of scheduled cards: days, and days until due. */
  interval?: number;
  dueIn?: number;
  media?: Record<string, Uint8Array>;
  /** Names of entries to be written as they are. */
  raw?: Record<string, Uint8Array>;
  deck?: string;
  now: number;
}

const DAY = 86_400_000;
const BASIC = 1_600_000_000_001;
const CLOZE = 1_600_000_000_002;
const DECK = 1_600_000_000_003;

/** Writes a package as Anki does, by hand and not by the code under test. */
export async function makePackage(file: string, made: Made): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'edirae-made-'));
  try {
    const path = join(place, 'c.db');
    writeDatabase(path, made);
    const newest = made.layout === 'anki21b';
    const squeeze = (data: Uint8Array): Buffer => (newest ? zstdCompressSync(data) : Buffer.from(data));
    const zip = new ZipFile();
    const done = pipeline(zip.outputStream as NodeJS.ReadableStream, createWriteStream(file));
    if (newest) zip.addBuffer(Buffer.from([8, 3]), 'meta');
    // Later layouts carry a stand-in for programs that know only the first.
    if (made.layout !== 'anki2') zip.addBuffer(Buffer.from('please update'), 'collection.anki2');
    zip.addBuffer(squeeze(readFileSync(path)), `collection.${made.layout}`);
    const media = Object.entries(made.media ?? {});
    for (const [n, [, data]] of media.entries()) zip.addBuffer(squeeze(data), String(n), { compress: false });
    const list = newest
      ? Buffer.concat(media.map(([name, data]) => message(1, [text(1, name), varintField(2, data.length)])))
      : Buffer.from(JSON.stringify(Object.fromEntries(media.map(([name], n) => [String(n), name]))));
    zip.addBuffer(squeeze(list), 'media');
    for (const [name, data] of Object.entries(made.raw ?? {})) zip.addBuffer(Buffer.from(data), name);
    zip.end();
    await done;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function writeDatabase(path: string, made: Made): void {
  const db = new DatabaseSync(path);
  const crt = Math.floor(made.now / DAY) * DAY - 1000 * DAY;
  db.exec(`
    create table col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer, ls integer, conf text, models text, decks text, dconf text, tags text);
    create table notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text, flds text, sfld integer, csum integer, flags integer, data text);
    create table cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer, type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer, left integer, odue integer, odid integer, flags integer, data text);
    create table revlog (id integer primary key, cid integer, usn integer, ease integer, ivl integer, lastIvl integer, factor integer, time integer, type integer);
    create table graves (usn integer, oid integer, type integer);
    begin;`);
  const newest = made.layout === 'anki21b';
  const deck = made.deck ?? 'Serving::Caches';
  db.prepare('insert into col values (1, ?, 0, 0, ?, 0, 0, 0, ?, ?, ?, ?, ?)').run(
    crt / 1000,
    newest ? 18 : 11,
    '{}',
    newest ? '' : JSON.stringify(models()),
    newest ? '' : JSON.stringify({ 1: { name: 'Default' }, [DECK]: { name: deck } }),
    '{}',
    '{}',
  );
  if (newest) writeTables(db, deck);
  const note = db.prepare("insert into notes values (?, ?, ?, 0, -1, ?, ?, '', 0, 0, '')");
  const card = db.prepare(
    "insert into cards values (?, ?, ?, ?, 0, -1, ?, ?, ?, ?, 2500, ?, 0, 0, 0, 0, 0, '{}')",
  );
  const grade = db.prepare('insert into revlog values (?, ?, -1, ?, 3, 1, 2500, 4000, 1)');
  const scheduled = made.interval !== undefined;
  let revlog = made.now - 400 * DAY;
  for (const [n, { guid, fields, tags, cloze }] of made.notes.entries()) {
    const id = 1_650_000_000_000 + n * 10;
    note.run(id, guid, cloze ? CLOZE : BASIC, tags ? ` ${tags} ` : '', fields.join('\x1f'));
    for (const ord of cloze ? [0] : [0, 1]) {
      const due = scheduled ? 1000 + (made.dueIn ?? 0) : n + 1;
      const [type, queue, ivl] = scheduled ? [2, 2, made.interval ?? 0] : [0, 0, 0];
      card.run(id + ord, id, DECK, ord, type, queue, due, ivl, scheduled ? 4 : 0);
    }
    for (const [daysAgo, ease] of made.reviews ?? []) {
      revlog = Math.max(revlog + 1, made.now - daysAgo * DAY + n);
      grade.run(revlog, id, ease);
      revlog = made.now - 400 * DAY;
    }
  }
  db.exec('commit');
  db.close();
}

interface Model {
  name: string;
  type: number;
  flds: { name: string; ord: number }[];
  tmpls: { name: string; ord: number; qfmt: string; afmt: string }[];
}

function models(): Record<string, Model> {
  const field = (name: string, ord: number) => ({ name, ord });
  return {
    [BASIC]: {
      name: 'Basic, both ways',
      type: 0,
      flds: [field('Front', 0), field('Back', 1)],
      tmpls: [
        { name: 'Card 1', ord: 0, qfmt: '{{Front}}', afmt: '{{FrontSide}}<hr id=answer>{{Back}}' },
        { name: 'Card 2', ord: 1, qfmt: '{{Back}}', afmt: '{{FrontSide}}<hr id=answer>{{Front}}' },
      ],
    },
    [CLOZE]: {
      name: 'Cloze',
      type: 1,
      flds: [field('Text', 0), field('Extra', 1)],
      tmpls: [{ name: 'Cloze', ord: 0, qfmt: '{{cloze:Text}}', afmt: '{{cloze:Text}}<br>{{Extra}}' }],
    },
  };
}

/** Anki’s schema 18: note types and decks in tables, what they say in protobuf. Its collation of names is left out: nothing is looked up by name. */
function writeTables(db: DatabaseSync, deck: string): void {
  db.exec(`
    create table notetypes (id integer primary key, name text, mtime_secs integer, usn integer, config blob);
    create table fields (ntid integer, ord integer, name text, config blob, primary key (ntid, ord)) without rowid;
    create table templates (ntid integer, ord integer, name text, mtime_secs integer, usn integer, config blob, primary key (ntid, ord)) without rowid;
    create table decks (id integer primary key, name text, mtime_secs integer, usn integer, common blob, kind blob);`);
  for (const [id, model] of Object.entries(models())) {
    db.prepare('insert into notetypes values (?, ?, 0, 0, ?)').run(
      Number(id),
      model.name,
      Buffer.concat([...(model.type === 1 ? [varintField(1, 1)] : []), text(3, '.card { color: red }')]),
    );
    for (const { name, ord } of model.flds)
      db.prepare('insert into fields values (?, ?, ?, ?)').run(Number(id), ord, name, Buffer.alloc(0));
    for (const { name, ord, qfmt, afmt } of model.tmpls)
      db.prepare('insert into templates values (?, ?, ?, 0, 0, ?)').run(
        Number(id),
        ord,
        name,
        Buffer.concat([text(1, qfmt), text(2, afmt)]),
      );
  }
  db.prepare("insert into decks values (?, ?, 0, 0, x'', x'')").run(DECK, deck.replaceAll('::', '\x1f'));
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest % 128) | (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}

function varintField(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function text(field: number, value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
}

function message(field: number, parts: Buffer[]): Buffer {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
}
