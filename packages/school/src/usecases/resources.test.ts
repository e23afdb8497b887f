import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { readExport } from '../../testing/read-export.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { countReportedLinks } from '../store/resource-marks.ts';
import { adoptGuest } from './adopt-guest.ts';
import { listResources, resourcesAsked } from './list-resources.ts';
import { markResource, reportDeadLink } from './mark-resource.ts';
import { setGoal } from './set-goal.ts';

const ASYNCIO = 'https://docs.python.org/3/library/asyncio.html';
const EVALS = 'https://platform.openai.com/docs/guides/evals';

describeOnBoth('resources', (kind) => {
  let test: TestSchool;
  let learner: string;
  beforeAll(async () => {
    test = await openTestSchool(kind);
  }, 60_000);
  afterAll(async () => test?.close());
  beforeEach(async () => {
    learner = await test.newLearner();
  });

  const list = async (asked: object = {}, by: string | null = learner) =>
    listResources(test.school, by, resourcesAsked.parse(asked));

  it('are listed to everybody by pages, and counted by type', async () => {
    const first = await list({}, null);
    const offered = test.school.curriculum.resources.filter(({ retired }) => retired === undefined);
    expect(first.total).toBe(offered.length);
    expect(first.types.reduce((sum, { count }) => sum + count, 0)).toBe(first.total);
    const last = await list({ page: 999 }, null);
    expect(last.asked.page).toBe(last.pages);
    expect(last.from + last.resources.length - 1).toBe(last.total);
    expect(new Set([...first.resources, ...last.resources].map(({ url }) => url)).size).toBe(
      first.resources.length + last.resources.length,
    );
  });

  it('are narrowed by type, level, module and skill', async () => {
    const module = test.school.curriculum.skills.get('kv-cache')!.module;
    const papers = await list({ type: 'paper', module });
    expect(papers.total).toBeGreaterThan(0);
    for (const one of papers.resources) {
      expect(one.type).toBe('paper');
      expect(one.modules).toContain(module);
    }
    const forSkill = await list({ skill: 'kv-cache' });
    expect(forSkill.skill?.id).toBe('kv-cache');
    expect(forSkill.resources.every(({ skills }) => skills.some(({ id }) => id === 'kv-cache'))).toBe(true);
    expect(forSkill.resources.some(({ why }) => why !== null)).toBe(true);
    const nonsense = await list({ type: 'spell', level: 9, page: 'x', show: '?' });
    expect(nonsense.asked).toMatchObject({ show: 'all', page: 1 });
  });

  it('are saved, done and noted, each without losing the other', async () => {
    await markResource(test.school, learner, ASYNCIO, { saved: true });
    await markResource(test.school, learner, ASYNCIO, { note: 'See *tasks*. <img src=x>' });
    await markResource(test.school, learner, ASYNCIO, { done: true });
    const { resources } = await list({ show: 'saved' });
    expect(resources).toMatchObject([{ url: ASYNCIO, saved: true, doneAt: test.time.now }]);
    expect(resources[0]?.noteHtml).toContain('<em>tasks</em>');
    expect(resources[0]?.noteHtml).not.toContain('<img');
    expect((await list({ show: 'todo' })).total).toBe(0);
    expect((await list({ show: 'saved' }, await test.newLearner())).total).toBe(0);
    expect(await markResource(test.school, learner, 'https://example.org/', { saved: true })).toEqual({
      outcome: 'not-found',
    });
  });

  it('of the next skills come first, and what is done comes last', async () => {
    await setGoal(test.school, learner, { text: 'KV cache memory' });
    const [first] = (await list()).resources;
    await markResource(test.school, learner, first!.url, { done: true });
    const after = await list();
    expect(after.resources[0]?.url).not.toBe(first!.url);
    expect((await list({ page: after.pages })).resources.at(-1)?.url).toBe(first!.url);
  });

  it('that were retired are there only for those who keep them', async () => {
    const listed = async () =>
      (await list({ skill: 'eval-design' })).resources.some(({ url }) => url === EVALS);
    expect(await listed()).toBe(false);
    await markResource(test.school, learner, EVALS, { saved: true });
    expect(await listed()).toBe(true);
  });

  it('keep what a learner wrote when their address moves', async () => {
    const resource = test.school.curriculum.resources.find(({ url }) => url === ASYNCIO)!;
    const old = 'https://docs.python.org/2/library/asyncio.html';
    await test.school.db
      .insertInto('resource_marks')
      .values({
        learner_id: learner,
        url: old,
        saved: 1,
        done_at: null,
        note: 'from the old address',
        reported_at: null,
        changed_at: 1,
      })
      .execute();
    resource.formerly.push(old);
    try {
      expect((await list({ show: 'saved' })).resources).toMatchObject([
        { note: 'from the old address', moved: true },
      ]);
      await markResource(test.school, learner, ASYNCIO, { done: true });
      expect((await list({ show: 'saved' })).resources).toMatchObject([
        { note: 'from the old address', moved: false, doneAt: test.time.now },
      ]);
    } finally {
      resource.formerly.pop();
    }
  });

  it('are reported once by each learner, and counted for the operator', async () => {
    const since = test.time.now;
    await reportDeadLink(test.school, learner, ASYNCIO);
    await reportDeadLink(test.school, learner, ASYNCIO);
    await reportDeadLink(test.school, await test.newLearner(), ASYNCIO);
    expect(await countReportedLinks(test.school.db, since)).toEqual([{ url: ASYNCIO, reports: 2 }]);
  });

  it('marks go with a guest, the account’s own staying, and are in the export', async () => {
    const account = await test.newLearner();
    await markResource(test.school, account, ASYNCIO, { note: 'mine' });
    await markResource(test.school, learner, ASYNCIO, { note: 'the guest’s' });
    await markResource(test.school, learner, EVALS, { saved: true });
    await adoptGuest(test.school, learner, account);
    expect((await readExport(test.school, account)).resources).toMatchObject([
      { url: ASYNCIO, note: 'mine' },
      { url: EVALS, saved: true },
    ]);
  });
});
