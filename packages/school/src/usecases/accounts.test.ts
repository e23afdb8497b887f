import type { NewEvent } from '@edirae/engine';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { browser, openTestSchool, type TestSchool } from '../../testing/school.ts';
import { actOn, readLearner } from '../store/act-on.ts';
import { listEvents } from '../store/events.ts';
import { findLearner } from '../store/learners.ts';
import { changePassword } from './change-password.ts';
import { claimAccount } from './claim-account.ts';
import { deleteLearner } from './delete-learner.ts';
import { findViewer } from './find-viewer.ts';
import { getAccount } from './get-account.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { startGuest, type StartedGuest } from './start-guest.ts';

const ADA = { email: 'ada@example.org', password: 'correct horse', name: 'Ada' };
/** A new guest. */
async function guestOf(school: TestSchool): Promise<StartedGuest> {
  const started = await startGuest(school, { client: '203.0.113.1' });
  if (started.outcome !== 'started') throw new Error(started.outcome);
  return started;
}

const opened = (skill: string): NewEvent => ({ type: 'skills-opened', body: { skills: [skill] } });

describeOnBoth('accounts and guests', (kind) => {
  let school: TestSchool;
  beforeEach(async () => {
    school = await openTestSchool(kind);
  });
  afterEach(async () => school.remove());

  const claim = async (guestId: string | null, headers = new Headers(), account = ADA) => {
    const result = await claimAccount(school, guestId, account, { headers });
    if (result.outcome !== 'claimed') throw new Error(result.outcome);
    return result;
  };
  const work = (learnerId: string, skill: string) =>
    actOn(school, learnerId, async (tx) => void tx.append([opened(skill)]));

  it('let a guest start at once, in the browser and through the API', async () => {
    const guest = await guestOf(school);
    const known = { learnerId: guest.learnerId, userId: null, guest: true };
    expect(await findViewer(school, browser(guest.setCookies))).toMatchObject({
      ...known,
      by: 'guest-cookie',
    });
    expect(await findViewer(school, new Headers({ authorization: `Bearer ${guest.token}` }))).toMatchObject({
      ...known,
      by: 'token',
    });
    expect(guest.setCookies[0]).toMatch(
      /^edirae_guest=edr_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
    expect(await getAccount(school, guest.learnerId)).toEqual({
      learnerId: guest.learnerId,
      guest: true,
      email: null,
      name: null,
      operator: false,
    });
  });

  it('know nobody from a wrong token, no token or a made-up session', async () => {
    expect(await findViewer(school, new Headers())).toBeNull();
    expect(await findViewer(school, new Headers({ authorization: 'Bearer edr_nonsense' }))).toBeNull();
    expect(
      await findViewer(school, new Headers({ authorization: `Bearer edr_${'x'.repeat(43)}` })),
    ).toBeNull();
    expect(
      await findViewer(
        school,
        new Headers({ cookie: 'edirae.session_token=forged.signature; edirae_guest=edr_x' }),
      ),
    ).toBeNull();
  });

  it('keep only the hash of a token', async () => {
    const { token } = await guestOf(school);
    const rows = await school.db.selectFrom('api_tokens').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token.slice(4));
  });

  it('give a guest’s progress to the account under the same learner id, for good', async () => {
    const guest = await guestOf(school);
    await work(guest.learnerId, 'a');
    const claimed = await claim(guest.learnerId, browser(guest.setCookies));
    expect(claimed.learnerId).toBe(guest.learnerId);
    const headers = browser(guest.setCookies, claimed.setCookies);
    expect(headers.get('cookie')).not.toContain('edirae_guest');
    school = await school.reopen();
    expect(await findViewer(school, headers)).toMatchObject({
      learnerId: guest.learnerId,
      guest: false,
      by: 'session',
    });
    expect(await findViewer(school, browser(guest.setCookies))).toBeNull();
    expect(await getAccount(school, guest.learnerId)).toMatchObject({
      guest: false,
      email: ADA.email,
      name: 'Ada',
    });
    expect((await listEvents(school.db, guest.learnerId)).at(-1)).toMatchObject({
      type: 'account-claimed',
      body: { method: 'email' },
    });
  });

  it('send the session in a cookie that no script and no other site can use', async () => {
    const { setCookies } = await claim(null);
    const session = setCookies.find((cookie) => cookie.startsWith('edirae.session_token='));
    expect(session).toMatch(/HttpOnly/i);
    expect(session).toMatch(/SameSite=Lax/i);
    expect(session).not.toMatch(/Secure/i);
  });

  it('refuse a taken e-mail address, a weak password and what is no address, and keep nothing', async () => {
    await claim(null);
    const other = await guestOf(school);
    const attempt = (change: Partial<typeof ADA>) =>
      claimAccount(school, other.learnerId, { ...ADA, ...change }, { headers: new Headers() });
    expect(await attempt({ email: 'ADA@example.org ' })).toEqual({ outcome: 'email-taken' });
    expect(await attempt({ email: 'new@example.org', password: 'short' })).toEqual({
      outcome: 'weak-password',
      min: 10,
      max: 128,
    });
    expect(await attempt({ email: 'nowhere' })).toEqual({ outcome: 'invalid-email' });
    expect((await findLearner(school.db, other.learnerId))?.userId).toBeNull();
    expect(await school.db.selectFrom('user').selectAll().execute()).toHaveLength(1);
  });

  it('let a guest be claimed once only', async () => {
    const guest = await guestOf(school);
    await claim(guest.learnerId);
    expect(
      await claimAccount(
        school,
        guest.learnerId,
        { ...ADA, email: 'eve@example.org' },
        { headers: new Headers() },
      ),
    ).toEqual({ outcome: 'already-claimed' });
    expect(await school.db.selectFrom('user').selectAll().execute()).toHaveLength(1);
  });

  it('come to one result where the same thing is asked twice at once', async () => {
    const [one, other] = [await guestOf(school), await guestOf(school)];
    const ask = async (guestId: string, email: string) =>
      (await claimAccount(school, guestId, { ...ADA, email }, { headers: new Headers() })).outcome;
    const sameEmail = await Promise.all([ask(one.learnerId, ADA.email), ask(other.learnerId, ADA.email)]);
    expect(sameEmail.toSorted()).toEqual(['claimed', 'email-taken']);
    const third = await guestOf(school);
    const sameGuest = await Promise.all([
      ask(third.learnerId, 'b@example.org'),
      ask(third.learnerId, 'c@example.org'),
    ]);
    expect(sameGuest.toSorted()).toEqual(['already-claimed', 'claimed']);
    expect(await school.db.selectFrom('user').selectAll().execute()).toHaveLength(2);
  });

  it('sign in and out, and say no more than that a sign-in failed', async () => {
    const { learnerId } = await claim(null);
    const wrong = { outcome: 'wrong-credentials' };
    expect(
      await signIn(
        school,
        null,
        { email: ADA.email, password: 'incorrect horse' },
        { headers: new Headers() },
      ),
    ).toEqual(wrong);
    expect(
      await signIn(
        school,
        null,
        { email: 'nobody@example.org', password: 'correct horse' },
        { headers: new Headers() },
      ),
    ).toEqual(wrong);
    const session = await signIn(
      school,
      null,
      { email: 'Ada@Example.org', password: ADA.password },
      { headers: new Headers() },
    );
    if (session.outcome !== 'signed-in') throw new Error(session.outcome);
    const headers = browser(session.setCookies);
    expect(await findViewer(school, headers)).toMatchObject({ learnerId });
    const out = await signOut(school, headers);
    expect(browser(session.setCookies, out.setCookies).get('cookie')).toBe('');
    expect(await findViewer(school, headers)).toBeNull();
  });

  it('bring a guest’s progress along into an account that has its own, with every original link', async () => {
    const { learnerId } = await claim(null);
    await work(learnerId, 'a');
    const guest = await guestOf(school);
    await work(guest.learnerId, 'b');
    const session = await signIn(school, guest.learnerId, ADA, { headers: browser(guest.setCookies) });
    expect(session).toMatchObject({ outcome: 'signed-in', learnerId, adopted: 2 });
    const originals = await listEvents(school.db, guest.learnerId);
    const adopted = (await listEvents(school.db, learnerId)).filter((event) => event.type === 'adopted');
    expect(adopted.map((event) => event.body)).toEqual(
      originals.map((event) => ({ learnerId: guest.learnerId, ...event })),
    );
    expect((await readLearner(school, learnerId)).state.opened).toEqual(['a', 'b']);
    await expect(readLearner(school, guest.learnerId)).rejects.toThrow();
    expect(await findViewer(school, new Headers({ authorization: `Bearer ${guest.token}` }))).toBeNull();
  });

  it('adopt nothing from a guest who did nothing, and nothing twice', async () => {
    const { learnerId } = await claim(null);
    const idle = await guestOf(school);
    expect(await signIn(school, idle.learnerId, ADA, { headers: new Headers() })).toMatchObject({
      learnerId,
      adopted: 0,
    });
    const guest = await guestOf(school);
    await work(guest.learnerId, 'b');
    await signIn(school, guest.learnerId, ADA, { headers: new Headers() });
    expect(await signIn(school, guest.learnerId, ADA, { headers: new Headers() })).toMatchObject({
      learnerId,
      adopted: 0,
    });
  });

  it('never take over the learner of another account as if it were a guest', async () => {
    const mine = await claim(null);
    const other = await claim(null, new Headers(), { ...ADA, email: 'bob@example.org' });
    expect(await signIn(school, other.learnerId, ADA, { headers: new Headers() })).toMatchObject({
      learnerId: mine.learnerId,
      adopted: 0,
    });
    expect((await readLearner(school, other.learnerId)).userId).not.toBeNull();
  });

  it('move the guest to an account that lost its learner between account and claim', async () => {
    const { learnerId } = await claim(null);
    await school.db.updateTable('learners').set({ user_id: null }).where('id', '=', learnerId).execute();
    const guest = await guestOf(school);
    await work(guest.learnerId, 'b');
    expect(await signIn(school, guest.learnerId, ADA, { headers: new Headers() })).toMatchObject({
      learnerId: guest.learnerId,
      adopted: 0,
    });
  });

  it('change a password and end every other session', async () => {
    const first = browser((await claim(null)).setCookies);
    const session = await signIn(school, null, ADA, { headers: new Headers() });
    if (session.outcome !== 'signed-in') throw new Error(session.outcome);
    const headers = browser(session.setCookies);
    expect(await changePassword(school, { current: 'wrong wrong', next: 'battery staple' }, headers)).toEqual(
      { outcome: 'wrong-password' },
    );
    expect(await changePassword(school, { current: ADA.password, next: 'short' }, headers)).toMatchObject({
      outcome: 'weak-password',
    });
    expect(
      await changePassword(school, { current: ADA.password, next: 'battery staple' }, new Headers()),
    ).toEqual({ outcome: 'signed-out' });
    const changed = await changePassword(school, { current: ADA.password, next: 'battery staple' }, headers);
    if (changed.outcome !== 'changed') throw new Error(changed.outcome);
    expect(await findViewer(school, browser(session.setCookies, changed.setCookies))).not.toBeNull();
    expect(await findViewer(school, first)).toBeNull();
    expect(
      await signIn(school, null, { ...ADA, password: 'battery staple' }, { headers: new Headers() }),
    ).toMatchObject({ outcome: 'signed-in' });
  });

  it('erase everything of a learner, and of nobody else', async () => {
    const { learnerId } = await claim(null);
    const guest = await guestOf(school);
    await work(guest.learnerId, 'b');
    await signIn(school, guest.learnerId, ADA, { headers: new Headers() });
    const bystander = await guestOf(school);
    const { setCookies } = await deleteLearner(school, learnerId);
    expect(setCookies.every((cookie) => cookie.includes('Max-Age=0'))).toBe(true);
    for (const table of ['user', 'session', 'account'] as const)
      expect(await school.db.selectFrom(table).selectAll().execute()).toEqual([]);
    expect((await school.db.selectFrom('learners').select('id').execute()).map((row) => row.id)).toEqual([
      bystander.learnerId,
    ]);
    expect(
      new Set(
        (await school.db.selectFrom('ledger_events').select('learner_id').execute()).map(
          (row) => row.learner_id,
        ),
      ),
    ).toEqual(new Set([bystander.learnerId]));
    await claim(null);
  });
});

describeOnBoth('signing in too often', (kind) => {
  it('is refused for a while, unless limits are off', async () => {
    const school = await openTestSchool(kind, { EDIRAE_RATE_LIMIT: 'on' });
    try {
      const guess = () =>
        signIn(
          school,
          null,
          { email: 'ada@example.org', password: 'wrong wrong' },
          { headers: new Headers(), address: '203.0.113.7' },
        );
      let last = await guess();
      for (let n = 0; n < 12 && last.outcome !== 'rate-limited'; n++) last = await guess();
      expect(last).toMatchObject({ outcome: 'rate-limited' });
    } finally {
      await school.remove();
    }
  });
});

describeOnBoth('cookies of a site behind https', (kind) => {
  it('are sent over https only', async () => {
    const school = await openTestSchool(kind, { EDIRAE_ORIGIN: 'https://learn.example.org' });
    try {
      const guest = await guestOf(school);
      const claimed = await claimAccount(school, guest.learnerId, ADA, {
        headers: browser(guest.setCookies),
      });
      if (claimed.outcome !== 'claimed') throw new Error(claimed.outcome);
      for (const cookie of [...guest.setCookies, ...claimed.setCookies]) expect(cookie).toMatch(/; Secure/);
      const headers = browser(guest.setCookies, claimed.setCookies);
      expect(await findViewer(school, headers)).toMatchObject({ learnerId: guest.learnerId, by: 'session' });
      const { setCookies } = await deleteLearner(school, guest.learnerId);
      expect(browser(claimed.setCookies, setCookies).get('cookie')).toBe('');
    } finally {
      await school.remove();
    }
  });
});
