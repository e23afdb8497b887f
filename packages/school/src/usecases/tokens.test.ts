import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { openTestSchool, type TestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { findViewer } from './find-viewer.ts';
import { startGuest } from './start-guest.ts';
import { listTokens, makeToken, revokeOwnToken } from './tokens.ts';

const DAY = 86_400_000;

describeOnBoth('a token', (kind) => {
  let school: TestSchool;
  let learner: string;
  beforeAll(async () => {
    school = await openTestSchool(kind);
  });
  beforeEach(async () => {
    learner = await startLearner(school);
  });
  afterAll(async () => school.remove());

  const make = async (name = 'laptop', may: 'labs' | 'read' | 'all' = 'labs', days: number | null = 90) => {
    const made = await makeToken(school, learner, { name, may, days });
    if (made.outcome !== 'made') throw new Error(made.outcome);
    return made.token;
  };
  const viewer = (token: string) => findViewer(school, new Headers({ authorization: `Bearer ${token}` }));

  it('stands for its maker in what it is for, and for nothing else', async () => {
    expect(await viewer(await make())).toMatchObject({ learnerId: learner, by: 'token', may: 'labs' });
    expect(await viewer(await make('notes', 'read'))).toMatchObject({ may: 'read' });
  });

  it('is kept as a hash only, and listed without itself', async () => {
    const token = await make();
    const rows = await school.db
      .selectFrom('api_tokens')
      .selectAll()
      .where('learner_id', '=', learner)
      .execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    const listed = await listTokens(school, learner);
    expect(listed).toMatchObject([{ name: 'laptop', may: 'labs', lastUsedAt: null, ended: false }]);
    expect(JSON.stringify(listed)).not.toContain(token);
    await viewer(token);
    expect(await listTokens(school, learner)).toMatchObject([{ lastUsedAt: school.time.now }]);
  });

  it('ends when it was said to, and at once when it is revoked', async () => {
    const [short, long] = [await make('short', 'labs', 1), await make('long', 'labs', null)];
    school.time.now += DAY;
    expect(await viewer(short)).toBeNull();
    expect(await viewer(long)).not.toBeNull();
    const listed = await listTokens(school, learner);
    expect(listed.find(({ name }) => name === 'short')?.ended).toBe(true);
    const id = listed.find(({ name }) => name === 'long')?.id ?? '';
    expect(await revokeOwnToken(school, learner, id)).toEqual({ outcome: 'revoked' });
    expect(await viewer(long)).toBeNull();
    expect(await revokeOwnToken(school, learner, id)).toEqual({ outcome: 'not-found' });
  });

  it('of somebody else cannot be revoked, nor a guest’s own', async () => {
    await make();
    const [{ id } = { id: '' }] = await listTokens(school, learner);
    expect(await revokeOwnToken(school, await startLearner(school), id)).toEqual({ outcome: 'not-found' });
    for (const odd of ['', '%', '________________', 'x'.repeat(64)])
      expect(await revokeOwnToken(school, learner, odd)).toEqual({ outcome: 'not-found' });
    const guest = await startGuest(school, { client: 'test' });
    if (guest.outcome !== 'started') throw new Error(guest.outcome);
    expect(await listTokens(school, guest.learnerId)).toEqual([]);
    expect(await viewer(guest.token)).toMatchObject({ may: 'all' });
  });

  it('has a name, and nobody makes more than twenty', async () => {
    expect(await makeToken(school, learner, { name: ' \0 ', may: 'labs', days: 1 })).toEqual({
      outcome: 'unnamed',
    });
    for (let n = 0; n < 20; n++) await make(`token ${n}`);
    expect(await makeToken(school, learner, { name: 'x', may: 'labs', days: 1 })).toEqual({
      outcome: 'too-many',
      most: 20,
    });
  });
});
