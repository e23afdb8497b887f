import { expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { LAB, useLabDesk } from '../../testing/lab-desk.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { adoptGuest } from './adopt-guest.ts';
import { getLab } from './get-lab.ts';
import { getLabDraft, listLabDrafts, restoreLabDraft, saveLabDraft } from './save-lab-draft.ts';

const MINUTE = 60_000;
const ts = { lab: LAB, language: 'ts' } as const;

describeOnBoth('work in progress on a lab', (kind) => {
  const desk = useLabDesk(kind);

  const save = async (text: string, more: { base?: number; device?: string } = {}) =>
    saveLabDraft(desk.school, desk.learner, { ...ts, files: { 'solution.ts': text }, ...more });
  const draft = async () => (await desk.view()).draft;
  const list = async () => {
    const found = await listLabDrafts(desk.school, desk.learner, ts);
    return found.outcome === 'drafts' ? found.drafts : [];
  };
  const textOf = async (version: number) => {
    const found = await getLabDraft(desk.school, desk.learner, { ...ts, version });
    return found.outcome === 'draft' ? found.draft.files['solution.ts'] : undefined;
  };

  it('is kept, and is there again', async () => {
    expect(await save('one', { base: 0 })).toMatchObject({
      outcome: 'saved',
      draft: { version: 1, fate: 'current' },
    });
    expect(await draft()).toMatchObject({ version: 1, files: { 'solution.ts': 'one' } });
    expect((await desk.view()).state).toBe('begun');
  });

  it('saved again unchanged is the same version', async () => {
    await save('one', { base: 0 });
    expect(await save('one', { base: 0 })).toMatchObject({ outcome: 'saved', draft: { version: 1 } });
  });

  it('of one device becomes one row of the history every three minutes', async () => {
    for (let n = 0; n < 7; n++) {
      await save(`text ${n}`, { base: n, device: 'laptop' });
      desk.school.time.now += MINUTE;
    }
    const rows = await list();
    expect(rows.map(({ version, fate }) => [version, fate])).toEqual([
      [7, 'current'],
      [6, 'earlier'],
      [3, 'earlier'],
    ]);
    expect(await textOf(3)).toBe('text 2');
  });

  it('that another device wrote meanwhile is not lost, and neither is what was sent', async () => {
    await save('first', { base: 0, device: 'laptop' });
    await save('of the phone', { base: 1, device: 'phone' });
    const clash = await save('of the laptop', { base: 1, device: 'laptop' });
    expect(clash).toMatchObject({
      outcome: 'conflict',
      current: { files: { 'solution.ts': 'of the phone' } },
      yours: { fate: 'set-aside' },
    });
    expect(await draft()).toMatchObject({ files: { 'solution.ts': 'of the phone' } });
    const { setAside } = await desk.view();
    expect(setAside).toHaveLength(1);
    expect(await textOf(setAside[0]?.version ?? 0)).toBe('of the laptop');
  });

  it('that keeps clashing takes one place, and can be chosen in the end', async () => {
    await save('first', { base: 0, device: 'laptop' });
    await save('of the phone', { base: 1, device: 'phone' });
    for (const n of [1, 2, 3]) await save(`of the laptop ${n}`, { base: 1, device: 'laptop' });
    const [aside] = (await desk.view()).setAside;
    expect((await desk.view()).setAside).toHaveLength(1);
    const chosen = await restoreLabDraft(desk.school, desk.learner, { ...ts, version: aside?.version ?? 0 });
    expect(chosen).toMatchObject({
      outcome: 'saved',
      draft: { files: { 'solution.ts': 'of the laptop 3' } },
    });
    expect(await draft()).toMatchObject({ files: { 'solution.ts': 'of the laptop 3' } });
    expect((await desk.view()).setAside).toEqual([]);
    expect((await list()).length).toBeGreaterThan(2);
  });

  it('goes back to the starter, and that can be taken back', async () => {
    await save('mine', { base: 0 });
    const back = await restoreLabDraft(desk.school, desk.learner, { ...ts, version: 'starter' });
    expect(back).toMatchObject({ outcome: 'saved', draft: { version: 2 } });
    expect((await draft())?.files['solution.ts']).toContain('return 0');
    await restoreLabDraft(desk.school, desk.learner, { ...ts, version: 1 });
    expect(await draft()).toMatchObject({ version: 3, files: { 'solution.ts': 'mine' } });
  });

  it('is bounded: the oldest goes, the current stays', async () => {
    for (let n = 0; n < 66; n++) {
      await save(`text ${n}`, { base: n, device: `device ${n}` });
      desk.school.time.now += MINUTE;
    }
    const rows = await list();
    expect(rows).toHaveLength(60);
    expect(rows[0]).toMatchObject({ version: 66, fate: 'current' });
  });

  it('is refused where it cannot be kept, in a sentence', async () => {
    expect(await save('x'.repeat(300_000))).toMatchObject({ outcome: 'invalid-files' });
    expect(
      await saveLabDraft(desk.school, desk.learner, { ...ts, language: 'py', files: { 'a.py': '' } }),
    ).toEqual({
      outcome: 'not-found',
    });
    expect(await draft()).toBeNull();
  });

  it('is nobody else’s', async () => {
    await save('mine', { base: 0 });
    const other = await startLearner(desk.school);
    expect(await getLabDraft(desk.school, other, { ...ts, version: 1 })).toEqual({ outcome: 'not-found' });
    expect(await restoreLabDraft(desk.school, other, { ...ts, version: 1 })).toEqual({
      outcome: 'not-found',
    });
  });

  it('of a guest lies on top of the account’s own, which stays', async () => {
    const guest = desk.learner;
    await save('as a guest', { base: 0 });
    desk.learner = await startLearner(desk.school);
    const account = desk.learner;
    await save('of the account', { base: 0 });
    await adoptGuest(desk.school, guest, account);
    expect(await draft()).toMatchObject({ files: { 'solution.ts': 'as a guest' } });
    expect(await textOf(1)).toBe('of the account');
    expect(await getLab(desk.school, account, { lab: LAB })).toMatchObject({ lab: { state: 'begun' } });
  });
});
