import type { Queries } from './transaction.ts';

/**
 * Guests that nobody has used since `before`: no request with one of their tokens, no event. A guest whose progress an
 * account adopted is not one of them: its chain belongs to that account's. `only` asks about one of them.
 */
export async function listIdleGuests(
  db: Queries,
  before: number,
  limit: number,
  only?: string,
): Promise<string[]> {
  let query = db
    .selectFrom('learners')
    .select('id')
    .where('user_id', 'is', null)
    .where('merged_into', 'is', null)
    .where('created_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('api_tokens')
            .select('hash')
            .whereRef('api_tokens.learner_id', '=', 'learners.id')
            .where((eb) => eb.or([eb('created_at', '>=', before), eb('last_used_at', '>=', before)])),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('ledger_events')
            .select('seq')
            .whereRef('ledger_events.learner_id', '=', 'learners.id')
            .whereRef('ledger_events.seq', '=', 'learners.head_seq')
            .where('at', '>=', before),
        ),
      ),
    )
    .orderBy('id')
    .limit(limit);
  if (only !== undefined) query = query.where('id', '=', only);
  const rows = await query.execute();
  return rows.map((row) => row.id);
}
