import type { ModelFailure, ProviderId } from '@edirae/mentor';
import type { Queries } from './transaction.ts';

/** Who answers a learner, and the key they brought, sealed. */
export interface MentorChoice {
  answers: 'built-in' | 'model';
  provider: ProviderId | null;
  model: string | null;
  sealedKey: string | null;
  testedAt: number | null;
  testFailure: ModelFailure | null;
}

export const NO_CHOICE: MentorChoice = {
  answers: 'model',
  provider: null,
  model: null,
  sealedKey: null,
  testedAt: null,
  testFailure: null,
};

export async function findMentorChoice(db: Queries, learnerId: string): Promise<MentorChoice> {
  const row = await db
    .selectFrom('mentor_choices')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row
    ? {
        answers: row.answers,
        provider: row.provider,
        model: row.model,
        sealedKey: row.sealed_key,
        testedAt: row.tested_at,
        testFailure: row.test_failure,
      }
    : NO_CHOICE;
}

export async function setMentorChoice(
  db: Queries,
  learnerId: string,
  choice: MentorChoice,
  at: number,
): Promise<void> {
  const values = {
    answers: choice.answers,
    provider: choice.provider,
    model: choice.model,
    sealed_key: choice.sealedKey,
    tested_at: choice.testedAt,
    test_failure: choice.testFailure,
    updated_at: at,
  };
  await db
    .insertInto('mentor_choices')
    .values({ learner_id: learnerId, ...values })
    .onConflict((conflict) => conflict.column('learner_id').doUpdateSet(values))
    .execute();
}
