import type { Insertable, Selectable } from 'kysely';
import type { CardGradesTable } from '../schema-cards.ts';
import type { Queries } from '../transaction.ts';

/** Rows per insert: ten columns each, and SQLite takes at most 32,766 parameters. */
const ROWS_PER_INSERT = 1_000;
const NAMES = 500;

/** A grade as it was given, or the taking back of one. Never changed once written. */
export interface StoredGrade {
  id: string;
  /** What the card is called outside. */
  card: string;
  /** Epoch ms by the device's clock. */
  at: number;
  receivedAt: number;
  /** 0 takes back the grade that `undoes` names. */
  grade: 0 | 1 | 2 | 3 | 4;
  undoes: string | null;
  ms: number | null;
  /** Recall predicted just before, 0 to 1; null for a first grade. */
  recall: number | null;
  origin: 'page' | 'offline' | 'import';
}

/** Writes grades that are not known yet. @returns the ids of those that were new */
export async function insertGrades(
  db: Queries,
  learnerId: string,
  grades: readonly StoredGrade[],
): Promise<Set<string>> {
  const known = await listKnown(
    db,
    learnerId,
    grades.map(({ id }) => id),
  );
  const fresh = [...new Map(grades.map((grade) => [grade.id, grade])).values()].filter(
    ({ id }) => !known.has(id),
  );
  for (let i = 0; i < fresh.length; i += ROWS_PER_INSERT)
    await db
      .insertInto('card_grades')
      .values(fresh.slice(i, i + ROWS_PER_INSERT).map((grade) => toRow(learnerId, grade)))
      .execute();
  return new Set(fresh.map(({ id }) => id));
}

async function listKnown(db: Queries, learnerId: string, ids: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (let i = 0; i < ids.length; i += NAMES) {
    const rows = await db
      .selectFrom('card_grades')
      .select('id')
      .where('learner_id', '=', learnerId)
      .where('id', 'in', ids.slice(i, i + NAMES))
      .execute();
    for (const { id } of rows) known.add(id);
  }
  return known;
}

/** Every grade of these cards, takings back included, by time. */
export async function listGradesOf(
  db: Queries,
  learnerId: string,
  cards: readonly string[],
): Promise<StoredGrade[]> {
  const grades: StoredGrade[] = [];
  for (let i = 0; i < cards.length; i += NAMES) {
    const rows = await db
      .selectFrom('card_grades')
      .selectAll()
      .where('learner_id', '=', learnerId)
      .where('card_id', 'in', cards.slice(i, i + NAMES))
      .orderBy('at')
      .orderBy('id')
      .execute();
    grades.push(...rows.map(toGrade));
  }
  return grades;
}

/** Grades given from `from` on, takings back included, by time. */
export async function listGradesSince(db: Queries, learnerId: string, from: number): Promise<StoredGrade[]> {
  const rows = await db
    .selectFrom('card_grades')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('at', '>=', from)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(toGrade);
}

/** Everything, for an export. */
export async function listAllGrades(db: Queries, learnerId: string): Promise<StoredGrade[]> {
  return listGradesSince(db, learnerId, Number.MIN_SAFE_INTEGER);
}

export async function deleteGradesOf(
  db: Queries,
  learnerId: string,
  cards: readonly string[],
): Promise<void> {
  for (let i = 0; i < cards.length; i += NAMES)
    await db
      .deleteFrom('card_grades')
      .where('learner_id', '=', learnerId)
      .where('card_id', 'in', cards.slice(i, i + NAMES))
      .execute();
}

/** Without takings back, and without what they took back. */
export function standing(grades: readonly StoredGrade[]): StoredGrade[] {
  const undone = new Set(grades.flatMap(({ undoes }) => undoes ?? []));
  return grades.filter(({ id, grade }) => grade !== 0 && !undone.has(id));
}

function toRow(learnerId: string, grade: StoredGrade): Insertable<CardGradesTable> {
  return {
    learner_id: learnerId,
    id: grade.id,
    card_id: grade.card,
    at: grade.at,
    received_at: grade.receivedAt,
    grade: grade.grade,
    undoes: grade.undoes,
    ms: grade.ms,
    recall: grade.recall === null ? null : Math.round(grade.recall * 1000),
    origin: grade.origin,
  };
}

function toGrade(row: Selectable<CardGradesTable>): StoredGrade {
  return {
    id: row.id,
    card: row.card_id,
    at: row.at,
    receivedAt: row.received_at,
    grade: row.grade as StoredGrade['grade'],
    undoes: row.undoes,
    ms: row.ms,
    recall: row.recall === null ? null : row.recall / 1000,
    origin: row.origin,
  };
}
