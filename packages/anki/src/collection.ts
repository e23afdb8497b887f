/** What a package holds, whichever layout it came in. Texts are HTML as Anki keeps them. */
export interface AnkiNoteType {
  id: number;
  name: string;
  cloze: boolean;
  fields: string[];
  templates: { name: string; front: string; back: string }[];
}

export interface AnkiNote {
  id: number;
  guid: string;
  noteType: number;
  tags: string[];
  fields: string[];
}

export interface AnkiCard {
  id: number;
  note: number;
  /** Names are joined by `::`. */
  deck: string;
  ord: number;
  /** 0 new, 1 learning, 2 review, 3 relearning. */
  type: number;
  /** -1 suspended; -2 and -3 buried. */
  queue: number;
  /** Order among new cards. */
  position: number;
  /** Days. */
  interval: number;
  /** Ease in thousandths; 2500 is usual. */
  ease: number;
  /** Epoch ms; null where it is not scheduled by day or second. */
  dueAt: number | null;
  reps: number;
  lapses: number;
  /** What FSRS remembered, where Anki used it: days, and 1 to 10. */
  memory: { stability: number; difficulty: number } | null;
}

/** One answer that was once given to a card. */
export interface AnkiGrade {
  /** Also its time in epoch ms. */
  id: number;
  card: number;
  /** 1 again to 4 easy. */
  grade: 1 | 2 | 3 | 4;
  /** Milliseconds taken. */
  ms: number;
}

export interface AnkiCollection {
  noteTypes: ReadonlyMap<number, AnkiNoteType>;
  counts: { notes: number; cards: number; grades: number };
  notes(): Iterable<AnkiNote>;
  cards(): Iterable<AnkiCard>;
  /** By card, then by time. Resets, manual changes and answers in a preview are left out: they say nothing of what was recalled. */
  grades(): Iterable<AnkiGrade>;
}

/** Something of a package that was left out, and why. */
export interface Skipped {
  what: string;
  why: string;
}
