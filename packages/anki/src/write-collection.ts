import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { OutCard, OutGrade, OutNote, OutPackage } from './out-package.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DECK = 1;
const STARTING_EASE = 2500;

/**
 * Writes a collection in Anki's schema 11, which every version since 2.0 opens. Tables and columns as in
 * https://github.com/ankitects/anki/blob/main/rslib/src/storage/schema11.sql.
 */
export function writeCollection(file: string, out: OutPackage): void {
  const db = new DatabaseSync(file);
  try {
    db.exec('pragma journal_mode = off; pragma synchronous = off; begin;');
    db.exec(TABLES);
    const decks = deckIds(out.decks);
    const crt = Math.floor(earliest(out) / DAY_MS) * DAY_MS;
    const mod = Math.floor(out.now / 1000);
    db.prepare('insert into col values (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, ?)').run(
      crt / 1000,
      out.now,
      out.now,
      JSON.stringify(CONFIG),
      JSON.stringify(modelsOf(out, mod)),
      JSON.stringify(decksOf(decks, mod)),
      JSON.stringify(DECK_CONFIG),
      '{}',
    );
    const noteIds = writeNotes(db, out, mod);
    const cardIds = writeCards(db, out, { decks, noteIds, crt, mod });
    writeGrades(db, out.grades, cardIds);
    db.exec('commit');
    db.exec(INDEXES);
  } finally {
    db.close();
  }
}

function earliest({ cards, now }: OutPackage): number {
  const times = cards.flatMap(({ schedule }) => (schedule ? [schedule.dueAt] : []));
  return Math.min(now, ...(times.length > 0 ? [times.reduce((a, b) => Math.min(a, b))] : [])) - 365 * DAY_MS;
}

/** The deck’s ids follow from its name, so that a second export is the same deck. Parents are made too. */
function deckIds(names: readonly string[]): Map<string, number> {
  const all = names.flatMap((name) => {
    const parts = name.split('::');
    return parts.map((_, n) => parts.slice(0, n + 1).join('::'));
  });
  return new Map([...new Set(all)].map((name) => [name, stableId(`deck/${name}`)]));
}

/** A number of thirteen digits that follows from a name: Anki's ids look like times. */
function stableId(name: string): number {
  const digest = createHash('sha256').update(name).digest();
  return 1_400_000_000_000 + (digest.readUInt32BE(0) % 1_000_000_000) * 100 + ((digest[4] ?? 0) % 100);
}

function writeNotes(db: DatabaseSync, out: OutPackage, mod: number): Map<string, number> {
  const insert = db.prepare('insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, ?)');
  const ids = new Map<string, number>();
  const taken = new Set<number>();
  for (const note of out.notes) {
    const id = unused(note.createdAt, taken);
    ids.set(note.guid, id);
    const first = note.fields[0] ?? '';
    const plain = plainText(first);
    insert.run(
      id,
      note.guid,
      typeId(note, out),
      mod,
      note.tags.length === 0 ? '' : ` ${note.tags.join(' ')} `,
      note.fields.join('\x1f'),
      plain,
      parseInt(createHash('sha1').update(plain).digest('hex').slice(0, 8), 16),
      '',
    );
  }
  return ids;
}

interface Ids {
  decks: ReadonlyMap<string, number>;
  noteIds: ReadonlyMap<string, number>;
  crt: number;
  mod: number;
}

function writeCards(db: DatabaseSync, out: OutPackage, ids: Ids): Map<string, number> {
  const insert = db.prepare(
    'insert into cards values (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)',
  );
  const cardIds = new Map<string, number>();
  const taken = new Set<number>();
  for (const [n, card] of out.cards.entries()) {
    const note = ids.noteIds.get(card.guid);
    if (note === undefined) continue;
    const id = unused(note + card.ord, taken);
    cardIds.set(card.key, id);
    const { type, queue, due, interval, ease, reps, lapses, data } = scheduleColumns(card, n, ids.crt);
    insert.run(
      id,
      note,
      ids.decks.get(card.deck) ?? DEFAULT_DECK,
      card.ord,
      ids.mod,
      type,
      card.suspended ? -1 : queue,
      due,
      interval,
      ease,
      reps,
      lapses,
      data,
    );
  }
  return cardIds;
}

function scheduleColumns({ schedule }: OutCard, n: number, crt: number) {
  if (schedule === null)
    return { type: 0, queue: 0, due: n + 1, interval: 0, ease: 0, reps: 0, lapses: 0, data: '{}' };
  const { dueAt, interval, stability, difficulty, reps, lapses, last, retention } = schedule;
  const data = {
    s: Number(stability.toFixed(4)),
    d: Number(difficulty.toFixed(3)),
    dr: retention,
    lrt: Math.floor(last / 1000),
  };
  return {
    type: 2,
    queue: 2,
    due: Math.max(0, Math.floor((dueAt - crt) / DAY_MS)),
    interval: Math.max(1, Math.round(interval)),
    ease: easeOf(difficulty),
    reps,
    lapses,
    data: JSON.stringify(data),
  };
}

/** SM-2's ease for FSRS's difficulty, the one turned into the other as {@link difficultyOf} turns it back. */
export function easeOf(difficulty: number): number {
  return Math.round(Math.min(3500, Math.max(1300, STARTING_EASE + (5 - difficulty) * 240)));
}

/** FSRS's difficulty, 1 to 10, for SM-2's ease in thousandths; 0 where there is none. */
export function difficultyOf(ease: number): number {
  return ease === 0 ? 5 : Math.min(10, Math.max(1, 5 - (ease - STARTING_EASE) / 240));
}

function writeGrades(
  db: DatabaseSync,
  grades: readonly OutGrade[],
  cards: ReadonlyMap<string, number>,
): void {
  const insert = db.prepare('insert into revlog values (?, ?, -1, ?, ?, ?, ?, ?, ?)');
  const taken = new Set<number>();
  for (const { card, at, grade, interval, before, difficulty, ms } of grades) {
    const id = cards.get(card);
    if (id === undefined) continue;
    const kind = before === null ? 0 : grade === 1 ? 2 : 1;
    insert.run(unused(at, taken), id, grade, interval, before ?? 0, easeOf(difficulty), ms ?? 0, kind);
  }
}

function unused(wanted: number, taken: Set<number>): number {
  let id = wanted;
  while (taken.has(id)) id += 1;
  taken.add(id);
  return id;
}

function typeId(note: OutNote, out: OutPackage): number {
  return stableId(`type/${out.noteTypes[note.noteType]?.name ?? ''}`);
}

function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

function modelsOf({ noteTypes }: OutPackage, mod: number): Record<string, unknown> {
  return Object.fromEntries(
    noteTypes.map(({ name, cloze, fields, templates }) => {
      const id = stableId(`type/${name}`);
      const model = {
        id,
        name,
        type: Number(cloze),
        mod,
        usn: -1,
        sortf: 0,
        did: null,
        tmpls: templates.map(({ name, front, back }, ord) => ({
          name,
          ord,
          qfmt: front,
          afmt: back,
          did: null,
          bqfmt: '',
          bafmt: '',
        })),
        flds: fields.map((name, ord) => ({
          name,
          ord,
          sticky: false,
          rtl: false,
          font: 'Arial',
          size: 20,
          media: [],
        })),
        css: STYLE,
        latexPre:
          '\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\begin{document}\n',
        latexPost: '\\end{document}',
        latexsvg: false,
        req: templates.map((_, ord) => [ord, 'any', fields.map((_, field) => field)]),
        tags: [],
        vers: [],
      };
      return [String(id), model];
    }),
  );
}

const STYLE =
  '.card { font-family: sans-serif; font-size: 20px; line-height: 1.45; text-align: left; max-width: 42em; margin: auto; }\npre { overflow-x: auto; }\n.cloze, mark { font-weight: bold; }\n';

function decksOf(decks: ReadonlyMap<string, number>, mod: number): Record<string, unknown> {
  const all: [string, number][] = [['Default', DEFAULT_DECK], ...decks];
  return Object.fromEntries(
    all.map(([name, id]) => [
      String(id),
      {
        id,
        name,
        mod,
        usn: -1,
        lrnToday: [0, 0],
        revToday: [0, 0],
        newToday: [0, 0],
        timeToday: [0, 0],
        collapsed: false,
        browserCollapsed: false,
        desc: '',
        dyn: 0,
        conf: 1,
        extendNew: 0,
        extendRev: 0,
      },
    ]),
  );
}

const CONFIG = {
  activeDecks: [1],
  curDeck: 1,
  newSpread: 0,
  collapseTime: 1200,
  timeLim: 0,
  estTimes: true,
  dueCounts: true,
  curModel: null,
  nextPos: 1,
  sortType: 'noteFld',
  sortBackwards: false,
  addToCur: true,
  dayLearnFirst: false,
  schedVer: 2,
};

const DECK_CONFIG = {
  '1': {
    id: 1,
    name: 'Default',
    mod: 0,
    usn: 0,
    maxTaken: 60,
    autoplay: true,
    timer: 0,
    replayq: true,
    new: {
      bury: false,
      delays: [1, 10],
      initialFactor: 2500,
      ints: [1, 4, 0],
      order: 1,
      perDay: 20,
      separate: true,
    },
    rev: {
      bury: false,
      ease4: 1.3,
      fuzz: 0.05,
      ivlFct: 1,
      maxIvl: 36500,
      minSpace: 1,
      perDay: 200,
      hardFactor: 1.2,
    },
    lapse: { delays: [10], leechAction: 1, leechFails: 8, minInt: 1, mult: 0 },
    dyn: false,
  },
};

const TABLES = `
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null, dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
`;

const INDEXES = `
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
`;
