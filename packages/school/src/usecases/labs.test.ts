import { describe, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { LAB, useLabDesk } from '../../testing/lab-desk.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { PRICES } from '../../testing/tiny-labs.ts';
import { LEASE_MS } from '../jobs/job-kind.ts';
import { gradeLab } from '../jobs/kinds/grade-lab.ts';
import { readLearner } from '../store/act-on.ts';
import { claimJob } from '../store/jobs.ts';
import { compareSubmissions } from './compare-submissions.ts';
import { getLab } from './get-lab.ts';
import { listLabs } from './list-labs.ts';
import { cancelSubmission, getSubmission, submitLab } from './submit-lab.ts';

describeOnBoth('a lab', (kind) => {
  const desk = useLabDesk(kind);
  const recordOf = async (skill: string) =>
    (await readLearner(desk.school, desk.learner)).state.skills[skill];

  describe('as it is opened', () => {
    it('shows a visitor all that may be seen, and nothing of what decides', async () => {
      const found = await getLab(desk.school, null, { lab: LAB });
      expect(found).toMatchObject({
        outcome: 'lab',
        lab: {
          state: 'new',
          language: 'ts',
          hidden: 2,
          draft: null,
          sandbox: 'quickjs',
          hints: { of: 2, taken: [] },
        },
      });
      const text = JSON.stringify(found);
      for (const secret of [
        'hidden twenty',
        'hidden drawn',
        '4711',
        '29680',
        'secret-message',
        'The reference',
        'whole tens',
      ])
        expect(text).not.toContain(secret);
      expect(text).toContain('price(3, 10)');
    });

    it('is listed by stage with what it proves', async () => {
      const list = await listLabs(desk.school, desk.learner);
      expect(list).toMatchObject({
        total: 1,
        goOn: null,
        stages: [
          {
            stage: 1,
            labs: [
              {
                id: LAB,
                state: 'new',
                story: 'The shop next door sells by the piece.',
                skills: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
                ahead: [{ id: 'b' }, { id: 'c' }],
              },
            ],
          },
        ],
      });
      await desk.graded(PRICES.wrong);
      expect((await listLabs(desk.school, desk.learner)).goOn).toMatchObject({
        state: 'submitted',
        tests: { passed: 1, of: 2 },
      });
    });

    it('that is not there is not found', async () => {
      expect(await getLab(desk.school, desk.learner, { lab: 'nothing' })).toEqual({ outcome: 'not-found' });
      expect(await getLab(desk.school, desk.learner, { lab: '../labs/prices' })).toEqual({
        outcome: 'not-found',
      });
      expect(await submitLab(desk.school, desk.learner, { lab: 'nothing', files: PRICES.right })).toEqual({
        outcome: 'not-found',
      });
    });
  });

  describe('handed in', () => {
    it('waits, is graded, and says of hidden tests their names and verdicts only', async () => {
      const { submission } = await desk.submit(PRICES.wrong);
      expect(submission).toMatchObject({ state: 'queued', ahead: 0, number: 1, result: null });
      await desk.grade();
      const done = await desk.look(submission.id);
      expect(done).toMatchObject({
        state: 'done',
        status: 'failed',
        result: {
          sandbox: 'quickjs',
          visible: [{ passed: true }, { passed: true }, { passed: true }, { passed: true }],
          score: { lines: [{ id: 'one', earned: 60 }, { id: 'all' }, { id: 'note', waiting: true }] },
        },
      });
      expect(done.result?.hidden).toEqual([
        { name: 'hidden twenty', passed: true },
        { name: 'hidden drawn', passed: false },
      ]);
      for (const secret of ['4711', '29680', 'secret-message', '"seed"'])
        expect(JSON.stringify(done)).not.toContain(secret);
    });

    it('explains the first visible test that failed', async () => {
      const done = await desk.graded({ 'solution.ts': PRICES.right['solution.ts'].replace('/ 10', '/ 5') });
      expect(done.result?.firstFailure).toMatchObject({
        name: 'ten pieces',
        steps: ['price(3, 10)'],
        expects: '27',
        message: 'price(3, 10): expected 27, got 24',
      });
    });

    it('leaves one row in the ledger, practice on what tests decide, and no decision', async () => {
      const done = await desk.graded(PRICES.right);
      expect(done.status).toBe('passed');
      const { store } = await readLearner(desk.school, desk.learner);
      const events = await store.listEvents();
      expect(events.map(({ type }) => type)).toEqual(['learner-created', 'lab-graded']);
      expect(done.row).toBe(2);
      expect(JSON.stringify(events)).not.toContain('hidden');
      expect(await recordOf('a')).toMatchObject({ practisedAt: desk.school.time.now, appliedAt: null });
      expect(await recordOf('c')).toBeUndefined();
    });

    it.each([
      ['an endless loop', PRICES.loop, 'timeout'],
      ['what does not start', PRICES.broken, 'error'],
      ['a forged result', PRICES.forged, 'failed'],
      ['a file that is not the entry', { 'other.ts': 'export {}' }, 'rejected'],
      ['a language that is not the lab’s', { 'solution.py': 'price = 1' }, 'rejected'],
    ] as const)(
      'as %s is a status',
      async (_, files, status) => {
        const done = await desk.graded(files);
        expect(done).toMatchObject({ state: 'done', status });
        expect(done.row === null).toBe(status === 'rejected');
        expect(await desk.graded(PRICES.right)).toMatchObject({ status: 'passed' });
      },
      30_000,
    );

    it.each([
      ['no files', {}, 'There is no file'],
      ['a way out of the folder', { '../solution.ts': '' }, 'no name for a file'],
      ['a hidden file', { '.env': '' }, 'no name for a file'],
      ['too much', { 'solution.ts': 'x'.repeat(300_000) }, 'more than 256 KiB'],
      [
        'too many files',
        Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`f${n}.ts`, ''])),
        'more than 64',
      ],
    ])('with %s is refused, and nothing is kept', async (_, files, says) => {
      expect(await submitLab(desk.school, desk.learner, { lab: LAB, files })).toMatchObject({
        outcome: 'invalid-files',
        detail: expect.stringContaining(says) as string,
      });
      expect((await desk.view()).history).toEqual([]);
    });

    it('twice with the same files is one submission while it waits', async () => {
      const first = await desk.submit(PRICES.right);
      const second = await desk.submit(PRICES.right);
      expect(second).toMatchObject({ existing: true, submission: { id: first.submission.id } });
      await desk.grade();
      expect(await desk.submit(PRICES.right)).toMatchObject({ existing: false, submission: { number: 2 } });
      await desk.grade();
    });

    it('often is kept a hundred times, and a pass that can be explained beyond that', async () => {
      const passed = await desk.graded(PRICES.right);
      const rows = Array.from({ length: 105 }, (_, n) => ({ ...passed, id: `${passed.id}-${n}`, at: n }));
      const { store } = await readLearner(desk.school, desk.learner);
      for (const { id, at } of rows)
        await store.labs.insertSubmission({
          id,
          lab: LAB,
          kind: 'submission',
          number: at + 2,
          language: 'ts',
          entry: 'solution.ts',
          files: {},
          digest: '',
          seed: 1,
          jobId: '',
          submittedAt: desk.school.time.now + at,
        });
      await desk.school.db
        .updateTable('lab_submissions')
        .set({ ended_at: 1 })
        .where('learner_id', '=', desk.learner)
        .execute();
      desk.school.time.now += 1000;
      await desk.graded(PRICES.wrong);
      const left = await store.labs.listSubmissionHeads(LAB, 'submission');
      expect(left).toHaveLength(101);
      expect(left.at(-1)?.id).toBe(passed.id);
    });

    it('too often at once is refused with a time to come back', async () => {
      for (const n of [1, 2, 3]) await desk.submit({ ...PRICES.right, 'NOTES.md': `${n}` });
      expect(await submitLab(desk.school, desk.learner, { lab: LAB, files: PRICES.right })).toMatchObject({
        outcome: 'queue-full',
        whose: 'learner',
      });
      for (const _ of [1, 2, 3]) await desk.grade();
    });

    it('by another learner is not shown', async () => {
      const { submission } = await desk.submit(PRICES.right);
      const other = await startLearner(desk.school);
      expect(await getSubmission(desk.school, other, submission.id)).toEqual({ outcome: 'not-found' });
      expect(await cancelSubmission(desk.school, other, submission.id)).toEqual({ outcome: 'not-found' });
      await desk.grade();
    });

    it('and cancelled leaves nothing', async () => {
      const { submission } = await desk.submit(PRICES.right);
      expect(await cancelSubmission(desk.school, desk.learner, submission.id)).toMatchObject({
        outcome: 'cancelled',
        submission: { state: 'cancelled' },
      });
      expect(await desk.grade()).toBe(false);
      expect(await desk.eventTypes()).toEqual(['learner-created']);
    });

    it('and cancelled while it runs leaves nothing', async () => {
      const { submission } = await desk.submit(PRICES.loop);
      const running = desk.grade();
      await expect.poll(async () => (await desk.look(submission.id)).state).toBe('running');
      expect((await cancelSubmission(desk.school, desk.learner, submission.id)).outcome).toBe('cancelled');
      await running;
      expect(await desk.look(submission.id)).toMatchObject({ state: 'cancelled', result: null });
      expect(await desk.eventTypes()).toEqual(['learner-created']);
    }, 30_000);

    it('and graded cannot be cancelled any more', async () => {
      const done = await desk.graded(PRICES.right);
      expect(await cancelSubmission(desk.school, desk.learner, done.id)).toMatchObject({
        outcome: 'ended',
        submission: { state: 'done', status: 'passed' },
      });
    });

    it('to a process that died is taken up by another, and recorded once', async () => {
      const { submission } = await desk.submit(PRICES.right);
      const now = desk.school.time.now;
      await claimJob(desk.school.db, desk.school.kind, {
        kind: gradeLab.name,
        lease: 'dead',
        now,
        leaseUntil: now + LEASE_MS,
      });
      expect(await desk.look(submission.id)).toMatchObject({ state: 'running' });
      expect(await desk.grade()).toBe(false);
      desk.school.time.now += LEASE_MS + 1;
      await desk.grade();
      expect(await desk.look(submission.id)).toMatchObject({ state: 'done', status: 'passed' });
      expect(await desk.eventTypes()).toEqual(['learner-created', 'lab-graded']);
    });

    it('to a sandbox that is broken is tried again, and counted as the sandbox’s fault', async () => {
      const { sandboxes, metrics } = desk.school;
      const faults = () => metrics.sandboxRuns().get('quickjs')?.faults;
      const { submission } = await desk.submit(PRICES.right);
      desk.school.sandboxes = {
        ...sandboxes,
        ask: () => Promise.reject(new Error('It cannot be started.')),
      };
      await desk.grade();
      desk.school.sandboxes = sandboxes;
      expect(faults()).toBe(1);
      expect(await desk.look(submission.id)).toMatchObject({ state: 'queued' });
      desk.school.time.now += 60_000;
      await desk.grade();
      expect(await desk.look(submission.id)).toMatchObject({ state: 'done', status: 'passed' });
    });

    it('as a run sees the visible tests only, and is no evidence', async () => {
      const done = await desk.graded(PRICES.wrong, 'visible');
      expect(done).toMatchObject({
        kind: 'run',
        status: 'passed',
        number: null,
        row: null,
        result: { hidden: [] },
      });
      expect(await desk.eventTypes()).toEqual(['learner-created']);
      expect(await desk.view()).toMatchObject({ state: 'new', history: [], run: { id: done.id } });
    });

    it('is compared with what was handed in before', async () => {
      const first = await desk.graded(PRICES.wrong);
      const second = await desk.graded(PRICES.right);
      const compared = await compareSubmissions(desk.school, desk.learner, {
        submissionId: second.id,
        with: 'previous',
      });
      expect(
        compared.outcome === 'comparison' &&
          compared.files[0]?.lines.filter(({ kind: how }) => how !== 'same'),
      ).toEqual([
        { kind: 'removed', before: 11, after: null, text: '  if (sum > 120) return sum;' },
        { kind: 'added', before: null, after: 11, text: '  if (sum > 100) return sum;' },
      ]);
      expect(
        await compareSubmissions(desk.school, desk.learner, { submissionId: first.id, with: 'previous' }),
      ).toEqual({
        outcome: 'not-found',
      });
    });
  });
});
