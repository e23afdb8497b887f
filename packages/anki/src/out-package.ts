/** What is to be written as a package. */
export interface OutPackage {
  /** Epoch ms. */
  now: number;
  /** Full names, parts joined by `::`. */
  decks: string[];
  noteTypes: OutNoteType[];
  notes: OutNote[];
  cards: OutCard[];
  grades: OutGrade[];
}

export interface OutNoteType {
  name: string;
  cloze: boolean;
  fields: string[];
  templates: { name: string; front: string; back: string }[];
}

export interface OutNote {
  guid: string;
  /** Its place in the list of note types. */
  noteType: number;
  /** HTML. */
  fields: string[];
  tags: string[];
  createdAt: number;
}

export interface OutCard {
  /** What grades call it. */
  key: string;
  guid: string;
  deck: string;
  ord: number;
  suspended: boolean;
  /** Null: never graded. Times in epoch ms, interval and stability in days. */
  schedule: {
    dueAt: number;
    interval: number;
    stability: number;
    difficulty: number;
    reps: number;
    lapses: number;
    last: number;
    retention: number;
  } | null;
}

export interface OutGrade {
  card: string;
  at: number;
  grade: 1 | 2 | 3 | 4;
  /** Days until due, after and before; null before the first grade. */
  interval: number;
  before: number | null;
  difficulty: number;
  ms: number | null;
}
