import { sql } from 'kysely';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlace, type Place } from '../../testing/databases.ts';
import { openKeeper, type TestKeeper } from '../../testing/ledger-keeper.ts';
import { actOn, createLearner, readLearner } from './act-on.ts';

const title = 'a connection to PostgreSQL that breaks';
const describeThere = process.env.TEST_DATABASE_URL ? describe : describe.skip;

describeThere(title, () => {
  let place: Place;
  let keeper: TestKeeper;
  beforeEach(async () => {
    place = await makePlace('postgres');
    keeper = await openKeeper(place);
  });
  afterEach(async () => {
    await keeper.close();
    await place.remove();
  });

  // A client in use has no listener for errors of its own: without ours its error was the end of the process.
  it('fails the act that was using it, keeps nothing of it, and the next act goes on', async () => {
    const learnerId = await createLearner(keeper, null, async (tx) => tx.learnerId);
    const other = new Client({ connectionString: place.config.databaseUrl ?? '' });
    await other.connect();
    const act = actOn(keeper, learnerId, async (tx) => {
      tx.append([{ type: 'skills-opened', body: { skills: ['lost'] } }]);
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.queries);
      await other.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    });
    // How the loss shows first, as a message or as a reset, is a matter of timing.
    await expect(act.finally(() => other.end())).rejects.toThrow(/terminat|clos|reset|connection/i);
    await actOn(keeper, learnerId, async (tx) =>
      tx.append([{ type: 'skills-opened', body: { skills: ['kept'] } }]),
    );
    const { state, head } = await readLearner(keeper, learnerId);
    expect(state.opened).toEqual(['kept']);
    expect(head.seq).toBe(2);
  });
});
