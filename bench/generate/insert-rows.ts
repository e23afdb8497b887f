import type { School } from '@edirae/school';
import type { LearnerRows } from './copy-learner.ts';

/** Parents before children; rows of one insert are few enough for SQLite's 32,766 parameters. */
const TABLES = ['learners', 'ledger_events', 'issues', 'checks', 'receipts'] as const;
const ROWS = 1_000;

/** Writes generated learners, all of them in one transaction. */
export async function insertLearners(school: School, learners: readonly LearnerRows[]): Promise<void> {
  await school.db.transaction().execute(async (tx) => {
    for (const table of TABLES) {
      const rows = learners.flatMap((learner) => learner[table]);
      for (let from = 0; from < rows.length; from += ROWS)
        await tx
          .insertInto(table)
          .values(rows.slice(from, from + ROWS) as never)
          .execute();
    }
  });
}
