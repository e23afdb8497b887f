import { DatabaseSync } from 'node:sqlite';
import type { AnkiCard, AnkiCollection, AnkiGrade, AnkiNote, AnkiNoteType } from './collection.ts';
import { PACKAGE_LIMITS, type PackageLimits } from './limits.ts';
import { PackageError } from './package-error.ts';
import { readDecks, readModels } from './read-legacy.ts';
import { readDeckTable, readNoteTypeTables } from './read-latest.ts';

const DAY_MS = 86_400_000;
/** Columns that are read, by table: a collection without them is not one of Anki's. */
const COLUMNS: Record<string, string[]> = {
  notes: ['id', 'guid', 'mid', 'tags', 'flds'],
  cards: [
    'id',
    'nid',
    'did',
    'ord',
    'type',
    'queue',
    'due',
    'ivl',
    'factor',
    'reps',
    'lapses',
    'odue',
    'odid',
    'data',
  ],
  revlog: ['id', 'cid', 'ease', 'factor', 'time', 'type'],
};

/** A collection that was opened; must be closed. */
export interface OpenCollection extends AnkiCollection {
  close(): void;
}

/**
 * Opens a collection file of either layout, read-only. It may be made by anybody: nothing in it is run, its tables must be plain tables, and
 * what it holds is counted before any of it is read. @throws PackageError
 */
export function openCollection(file: string, limits: PackageLimits = PACKAGE_LIMITS): OpenCollection {
  const db = openReadOnly(file);
  try {
    return explained(() => readOpened(db, limits));
  } catch (error) {
    db.close();
    throw error;
  }
}

function openReadOnly(file: string): DatabaseSync {
  return explained(() => {
    const db = new DatabaseSync(file, { readOnly: true, allowExtension: false, timeout: 1_000 });
    db.exec('pragma trusted_schema = off; pragma query_only = on; pragma cell_size_check = on;');
    return db;
  });
}

function readOpened(db: DatabaseSync, limits: PackageLimits): OpenCollection {
  const tables = listPlainTables(db);
  for (const [table, columns] of Object.entries(COLUMNS)) requireColumns(db, tables, table, columns);
  requireColumns(db, tables, 'col', ['crt']);
  const counts = {
    notes: countRows(db, 'notes'),
    cards: countRows(db, 'cards'),
    grades: countRows(db, 'revlog'),
  };
  for (const what of ['notes', 'cards', 'grades'] as const)
    if (counts[what] > limits[what])
      throw new PackageError(
        `It holds ${counts[what].toLocaleString('en')} ${what}; at most ${limits[what].toLocaleString('en')} are taken at once. Export its decks one by one.`,
      );
  const separate = tables.has('notetypes') && tables.has('fields') && tables.has('templates');
  const col = db.prepare('select * from col limit 1').get();
  if (!col) throw new PackageError('Its collection is empty.');
  if (separate)
    for (const [table, columns] of Object.entries(SEPARATE)) requireColumns(db, tables, table, columns);
  const noteTypes = separate ? readNoteTypeTables(db) : readModels(String(col['models'] ?? '{}'));
  const decks = separate ? readDeckTable(db) : readDecks(String(col['decks'] ?? '{}'));
  checkNoteTypes(noteTypes, limits);
  const createdAt = Number(col['crt'] ?? 0) * 1000;
  return {
    noteTypes,
    counts,
    notes: () => readNotes(db, limits),
    cards: () => readCards(db, decks, createdAt),
    grades: () => readGrades(db),
    close: () => db.close(),
  };
}

const SEPARATE: Record<string, string[]> = {
  notetypes: ['id', 'name', 'config'],
  fields: ['ntid', 'ord', 'name'],
  templates: ['ntid', 'ord', 'name', 'config'],
  decks: ['id', 'name'],
};

/** Views and virtual tables run what their maker wrote; so do columns that are computed. */
function listPlainTables(db: DatabaseSync): Set<string> {
  const rows = db.prepare("select name, type, sql from sqlite_schema where type in ('table', 'view')").all();
  return new Set(
    rows
      .filter(({ type, sql }) => type === 'table' && /^\s*create\s+table\b/i.test(String(sql)))
      .map(({ name }) => String(name)),
  );
}

function requireColumns(db: DatabaseSync, tables: Set<string>, table: string, columns: string[]): void {
  const known = tables.has(table)
    ? new Map(
        db
          .prepare(`select name, hidden from pragma_table_xinfo(?)`)
          .all(table)
          .map(({ name, hidden }) => [String(name), Number(hidden)]),
      )
    : new Map<string, number>();
  if (columns.some((column) => known.get(column) !== 0))
    throw new PackageError(
      `Its collection is not one that Anki writes: the table “${table}” is missing or different.`,
    );
}

function countRows(db: DatabaseSync, table: string): number {
  return Number(db.prepare(`select count(*) as n from ${table}`).get()?.['n'] ?? 0);
}

function checkNoteTypes(types: ReadonlyMap<number, AnkiNoteType>, limits: PackageLimits): void {
  if (types.size > limits.noteTypes)
    throw new PackageError(`It defines ${types.size} note types; at most ${limits.noteTypes} are taken.`);
  for (const { name, templates } of types.values()) {
    const longest = Math.max(0, ...templates.map(({ front, back }) => Math.max(front.length, back.length)));
    if (templates.length > limits.templates || longest > limits.templateLength)
      throw new PackageError(`The note type “${name.slice(0, 80)}” is too large.`);
  }
}

function* readNotes(db: DatabaseSync, limits: PackageLimits): Iterable<AnkiNote> {
  const rows = db.prepare('select id, guid, mid, tags, flds from notes order by id').iterate();
  for (const row of rows) {
    const text = String(row['flds']);
    if (text.length > limits.noteLength)
      throw new PackageError(
        `A note is ${text.length.toLocaleString('en')} characters long; at most ${limits.noteLength.toLocaleString('en')} are taken.`,
      );
    yield {
      id: Number(row['id']),
      guid: String(row['guid']),
      noteType: Number(row['mid']),
      tags: String(row['tags'])
        .split(/[\s\u3000]+/)
        .filter((tag) => tag !== ''),
      fields: text.replaceAll('\0', '').split('\x1f'),
    };
  }
}

function* readCards(
  db: DatabaseSync,
  decks: ReadonlyMap<number, string>,
  createdAt: number,
): Iterable<AnkiCard> {
  const columns = ['id', ...(COLUMNS['cards'] ?? []).filter((column) => column !== 'id')].join(', ');
  for (const row of db.prepare(`select ${columns} from cards order by id`).iterate()) {
    const number = (name: string): number => Number(row[name] ?? 0);
    // A card in a filtered deck is at home elsewhere.
    const filtered = number('odid') !== 0;
    const due = filtered && number('odue') !== 0 ? number('odue') : number('due');
    const type = number('type');
    yield {
      id: number('id'),
      note: number('nid'),
      deck: decks.get(filtered ? number('odid') : number('did')) ?? 'Default',
      ord: number('ord'),
      type,
      queue: number('queue'),
      position: type === 0 ? due : 0,
      interval: Math.max(0, number('ivl')),
      ease: number('factor'),
      dueAt: dueTime(type, due, createdAt),
      reps: number('reps'),
      lapses: number('lapses'),
      memory: readMemory(String(row['data'] ?? '')),
    };
  }
}

/** Reviews are due on a day counted from the collection's first; cards being learned at a second. */
function dueTime(type: number, due: number, createdAt: number): number | null {
  if (type === 0) return null;
  return due > 1_000_000_000 ? due * 1000 : createdAt + due * DAY_MS;
}

function readMemory(data: string): AnkiCard['memory'] {
  if (!data.startsWith('{')) return null;
  try {
    const { s, d } = JSON.parse(data) as { s?: unknown; d?: unknown };
    if (typeof s !== 'number' || typeof d !== 'number' || !(s > 0)) return null;
    return { stability: s, difficulty: d };
  } catch {
    return null;
  }
}

/** Manual changes (4), rescheduling (5) and answers in a preview (3, without an ease) are no recall. */
function* readGrades(db: DatabaseSync): Iterable<AnkiGrade> {
  const rows = db
    .prepare(
      'select id, cid, ease, factor, time, type from revlog where ease between 1 and 4 and type < 4 and not (type = 3 and factor = 0) order by cid, id',
    )
    .iterate();
  for (const row of rows)
    yield {
      id: Number(row['id']),
      card: Number(row['cid']),
      grade: Number(row['ease']) as AnkiGrade['grade'],
      ms: Math.min(600_000, Math.max(0, Number(row['time'] ?? 0))),
    };
}

/** What SQLite and the parsers say of a file that is none of theirs, in words. */
export function explained<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw toPackageError(error);
  }
}

export function toPackageError(error: unknown): unknown {
  if (error instanceof PackageError || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_SQLITE_ERROR' || error.name === 'ZodError' || error instanceof SyntaxError)
    return new PackageError('Its collection cannot be read: it is damaged, or not one of Anki’s.');
  if (error instanceof RangeError) return new PackageError('Its collection is damaged.');
  return error;
}
