import { z } from 'zod';
import type { AnkiNoteType } from './collection.ts';

const named = z.looseObject({ name: z.string().catch('') });

const modelSchema = z.looseObject({
  name: z.string().catch(''),
  type: z.coerce.number().catch(0),
  flds: z.array(named.extend({ ord: z.coerce.number().catch(0) })),
  tmpls: z.array(
    named.extend({
      ord: z.coerce.number().catch(0),
      qfmt: z.string().catch(''),
      afmt: z.string().catch(''),
    }),
  ),
});

/** Note types where they stand as JSON in the one row of `col`: Anki's schema 11. */
export function readModels(json: string): Map<number, AnkiNoteType> {
  const models = z.record(z.string(), modelSchema).parse(JSON.parse(json));
  return new Map(
    Object.entries(models).map(([id, { name, type, flds, tmpls }]) => [
      Number(id),
      {
        id: Number(id),
        name,
        cloze: type === 1,
        fields: [...flds].sort((a, b) => a.ord - b.ord).map((field) => field.name),
        templates: [...tmpls]
          .sort((a, b) => a.ord - b.ord)
          .map(({ name, qfmt, afmt }) => ({ name, front: qfmt, back: afmt })),
      },
    ]),
  );
}

export function readDecks(json: string): Map<number, string> {
  const decks = z.record(z.string(), named).parse(JSON.parse(json));
  return new Map(Object.entries(decks).map(([id, { name }]) => [Number(id), name]));
}
