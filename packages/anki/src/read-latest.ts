import type { DatabaseSync } from 'node:sqlite';
import type { AnkiNoteType } from './collection.ts';
import { numberOf, readMessage, textOf } from './protobuf.ts';

/** Note types where they have tables of their own: Anki's schema 15 and later. */
export function readNoteTypeTables(db: DatabaseSync): Map<number, AnkiNoteType> {
  const types = new Map<number, AnkiNoteType>();
  for (const row of db.prepare('select id, name, config from notetypes').iterate()) {
    const config = readMessage(row['config'] as Uint8Array);
    const id = Number(row['id']);
    types.set(id, {
      id,
      name: String(row['name']),
      cloze: numberOf(config, 1) === 1,
      fields: [],
      templates: [],
    });
  }
  for (const row of db.prepare('select ntid, ord, name from fields order by ntid, ord').iterate())
    types.get(Number(row['ntid']))?.fields.push(String(row['name']));
  for (const row of db
    .prepare('select ntid, ord, name, config from templates order by ntid, ord')
    .iterate()) {
    const config = readMessage(row['config'] as Uint8Array);
    types
      .get(Number(row['ntid']))
      ?.templates.push({ name: String(row['name']), front: textOf(config, 1), back: textOf(config, 2) });
  }
  return types;
}

/** Deck names by id; Anki keeps its parts apart by a control character. */
export function readDeckTable(db: DatabaseSync): Map<number, string> {
  const decks = new Map<number, string>();
  for (const row of db.prepare('select id, name from decks').iterate())
    decks.set(Number(row['id']), String(row['name']).replaceAll('\x1f', '::'));
  return decks;
}
