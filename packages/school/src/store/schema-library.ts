/** Tables of the library. See `migrations/0013-library.ts`. */
export interface LibrarySchema {
  quizzes: QuizzesTable;
  notes: NotesTable;
  resource_marks: ResourceMarksTable;
}

export interface QuizzesTable {
  id: string;
  learner_id: string;
  started_at: number;
  ended_at: number | null;
  /** JSON: `QuizPlan`. */
  plan: string;
}

export interface NotesTable {
  id: string;
  learner_id: string;
  skill: string;
  /** Id of a heading of the lesson; null for the opening. */
  place: string | null;
  /** The passage it stands on, as it read then; empty for the whole section. */
  quote: string;
  /** Empty: a bookmark. */
  body: string;
  made_at: number;
  changed_at: number;
  /** Counts up with every change, so that two tabs notice each other. */
  revision: number;
}

export interface ResourceMarksTable {
  learner_id: string;
  url: string;
  /** 0 or 1. */
  saved: number;
  done_at: number | null;
  note: string;
  reported_at: number | null;
  changed_at: number;
}
