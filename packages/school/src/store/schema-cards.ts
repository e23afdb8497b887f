import type { ColumnType } from 'kysely';

/** Tables of flashcards. Memory only: nothing here is evidence. */
export interface CardsSchema {
  card_decks: CardDecksTable;
  card_note_types: CardNoteTypesTable;
  card_notes: CardNotesTable;
  cards: CardsTable;
  card_grades: CardGradesTable;
  review_settings: ReviewSettingsTable;
  media_files: MediaFilesTable;
  card_media: CardMediaTable;
}

export interface CardDecksTable {
  id: string;
  learner_id: string;
  /** A deck of the content: the skill that it belongs to. Null: the learner's own. */
  skill: string | null;
  /** Empty for a deck of the content. `::` stands between a deck and its part, as in Anki. */
  name: string;
  /** 1: new cards are introduced; 0: not; null: nobody chose. */
  studied: number | null;
  created_at: number;
}

interface CardNoteTypesTable {
  id: string;
  learner_id: string;
  /** SHA-256 of the body: the same type comes with every package of its decks. */
  hash: string;
  /** JSON: name, fields, templates, cloze. */
  body: string;
}

export interface CardNotesTable {
  id: string;
  learner_id: string;
  /** Stays the same over export and import. */
  guid: string;
  /** Null where the note is written here. */
  note_type_id: string | null;
  form: ColumnType<'basic' | 'cloze' | 'imported'>;
  /** JSON list: front, back; or text, more; or the fields of the note type. Markdown, or HTML where imported. */
  fields: string;
  /** Between spaces, with one at either end. */
  tags: string;
  /** The skill whose lesson it comes from. */
  skill: string | null;
  /** The sentence of the lesson that it was made from. */
  source: string | null;
  /** Its words in lower case, without markup. */
  search: string;
  created_at: number;
  changed_at: number;
}

export interface CardsTable {
  id: string;
  learner_id: string;
  deck_id: string;
  /** Null for a card of the content. */
  note_id: string | null;
  /** `skill/card` for a card of the content. */
  content: string | null;
  /** Which template, or which cloze, of its note. */
  ord: number;
  /** New cards come in this order. */
  position: number;
  /** JSON of a schedule brought along without the grades that made it. */
  base: string | null;
  /** JSON of FSRS's card; follows from `base` and the grades. Null: never graded. */
  schedule: string | null;
  due_at: number | null;
  lapses: number;
  suspended_at: number | null;
  buried_until: number;
  created_at: number;
}

export interface CardGradesTable {
  learner_id: string;
  /** Chosen by whoever graded: the same grade sent twice counts once. */
  id: string;
  card_id: string;
  /** By the device's clock. */
  at: number;
  received_at: number;
  /** 1 to 4; 0 takes back the grade that `undoes` names. */
  grade: number;
  undoes: string | null;
  ms: number | null;
  /** Recall predicted just before, in thousandths. */
  recall: number | null;
  origin: ColumnType<'page' | 'offline' | 'import'>;
}

interface ReviewSettingsTable {
  learner_id: string;
  /** Percent. */
  retention: number;
  new_a_day: number;
  reviews_a_day: number;
  changed_at: number;
}

interface MediaFilesTable {
  hash: string;
  type: string;
  bytes: number;
  data: Uint8Array;
}

interface CardMediaTable {
  learner_id: string;
  name: string;
  hash: string;
}
