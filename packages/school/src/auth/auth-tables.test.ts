import { getMigrations } from 'better-auth/db/migration';
import { expect, it } from 'vitest';
import { describeOnBoth, makePlace } from '../../testing/databases.ts';
import { openDatabase } from '../store/database.ts';
import { authOptions } from './auth.ts';

describeOnBoth('the tables of accounts', (kind) => {
  it('are complete in the eyes of better-auth', async () => {
    const place = await makePlace(kind);
    const { db, close } = await openDatabase(place.config);
    try {
      const plan = await getMigrations(
        authOptions({ config: place.config, db, kind, secret: 's'.repeat(32) }),
      );
      expect(plan.toBeCreated).toEqual([]);
      expect(plan.toBeAdded).toEqual([]);
      expect((await plan.compileMigrations()).replaceAll(/[;\s]/g, '')).toBe('');
    } finally {
      await close();
      await place.remove();
    }
  });
});
