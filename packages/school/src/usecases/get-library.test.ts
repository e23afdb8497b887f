import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { createStudent } from '../../testing/student.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { getLibrary, libraryAsked } from './get-library.ts';
import { keepLessonNote } from './keep-lesson-note.ts';
import { markResource } from './mark-resource.ts';
import { setGoal } from './set-goal.ts';

describeOnBoth('the library', (kind) => {
  let test: TestSchool;
  const student = createStudent(() => test);
  beforeAll(async () => {
    test = await openTestSchool(kind);
  }, 60_000);
  afterAll(async () => test?.close());
  beforeEach(async () => {
    student.id = await test.newLearner();
  });
  const see = async (asked: object = {}, by: string | null = student.id) =>
    getLibrary(test.school, by, libraryAsked.parse({ kinds: [], ...asked }));

  it('shows a visitor everything by pages, each thing once', async () => {
    const first = await see({}, null);
    expect(first.reviews).toBeNull();
    expect(first.kinds.reduce((sum, { count }) => sum + count, 0)).toBe(first.total);
    const ids = new Set<string>();
    for (let page = 1; page <= first.pages; page += 1)
      for (const { kind: of, id } of (await see({ page }, null)).entries) ids.add(`${of}/${id}`);
    expect(ids.size).toBe(first.total);
    const { retired } = test.school.curriculum.resources.find((one) => one.retired !== undefined)!;
    expect(retired).toBeDefined();
  });

  it('is narrowed by kind, module and track, and ignores nonsense', async () => {
    await setGoal(test.school, student.id, { text: 'KV cache memory' });
    const labs = await see({ kinds: ['lab', 'paper', 'spell'] });
    expect(labs.asked.kinds).toEqual(['lab', 'paper']);
    expect(new Set(labs.entries.map((entry) => entry.kind)).size).toBeLessThanOrEqual(2);
    const module = test.school.curriculum.skills.get('kv-cache')!.module;
    const inModule = await see({ module, kinds: ['quiz'] });
    expect(inModule.total).toBeGreaterThan(0);
    expect(inModule.entries.every(({ modules }) => modules.includes(module))).toBe(true);
    const onTrack = await see({ show: 'track' });
    expect(onTrack.entries.every((entry) => entry.onTrack)).toBe(true);
    expect(onTrack.total).toBeLessThan((await see()).total);
    expect((await see({ show: 'due' })).total).toBe(0);
    expect((await see({ page: '-3', order: 'x', module: 'nowhere' })).entries).toEqual([]);
  });

  it('puts what the track needs and is open before what is locked', async () => {
    await setGoal(test.school, student.id, { text: 'KV cache memory' });
    const { entries } = await see();
    expect(entries[0]).toMatchObject({ onTrack: true, skill: { open: true } });
  });

  it('says which sources changed that the learner keeps, and how many notes there are', async () => {
    expect((await see()).changed).toEqual([]);
    const gone = test.school.curriculum.resources.find(({ retired }) => retired !== undefined)!;
    await markResource(test.school, student.id, gone.url, { saved: true });
    await keepLessonNote(test.school, student.id, { skill: 'kv-cache', place: null, quote: '', body: 'x' });
    expect(await see()).toMatchObject({ changed: [{ url: gone.url, moved: false }], notes: 1 });
  });
});
