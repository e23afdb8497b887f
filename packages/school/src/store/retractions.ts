import type { Selectable } from 'kysely';
import type { RetractionsTable } from './schema.ts';
import type { Queries } from './transaction.ts';

/** A family or variant that was found to be wrong and is never issued again. */
export type Retraction = Selectable<RetractionsTable>;

/** Records a retraction. */
export async function insertRetraction(db: Queries, retraction: Retraction): Promise<void> {
  await db
    .insertInto('retractions')
    .values({
      id: retraction.id,
      family: retraction.family,
      variant: retraction.variant,
      reason: retraction.reason,
      at: retraction.at,
    })
    .execute();
}

/** All retractions in order. */
export async function listRetractions(db: Queries): Promise<Retraction[]> {
  return db.selectFrom('retractions').selectAll().orderBy('at').orderBy('id').execute();
}

/** The retraction of exactly this family and variant, if there is one. */
export async function findRetraction(
  db: Queries,
  family: string,
  variant: string | null,
): Promise<Retraction | undefined> {
  const query = db.selectFrom('retractions').selectAll().where('family', '=', family);
  return (
    variant === null ? query.where('variant', 'is', null) : query.where('variant', '=', variant)
  ).executeTakeFirst();
}
