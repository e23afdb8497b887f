import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { openTestSchool, type TestSchool } from '../../testing/school.ts';
import { makeLabContent, PRICES } from '../../testing/tiny-labs.ts';
import { LEASE_MS } from '../jobs/job-kind.ts';
import { gradeLab } from '../jobs/kinds/grade-lab.ts';
import { makeExplainBack } from '../jobs/kinds/make-explain-back.ts';
import { runNextJob } from '../jobs/run-job.ts';
import type { SubmissionView } from '../labs/lab-views.ts';
import { readLearner } from '../store/act-on.ts';
import { findExplainer } from '../store/lab-explanations.ts';
import { claimJob } from '../store/jobs.ts';
import type { LabFiles } from '../store/lab-drafts.ts';
import { adoptGuest } from './adopt-guest.ts';
import { answerExplainBack, getExplainBack, leaveExplainBack, startExplainBack } from './explain-back.ts';
import { compareSubmissions } from './compare-submissions.ts';
import { deleteLearner } from './delete-learner.ts';
import { exportLearner } from './export-learner.ts';
import { getLab } from './get-lab.ts';
import { listLabs } from './list-labs.ts';
import { showLabSolution } from './show-lab-solution.ts';
import { startCheck } from './start-check.ts';
import { cancelSubmission, getSubmission, submitLab } from './submit-lab.ts';
import { takeLabHint } from './take-lab-hint.ts';
import { verifyLedgers } from './verify-ledgers.ts';

const LAB = 'prices';
const HOUR = 3_600_000;

describeOnBoth('a lab', (kind) => {
  const content = makeLabContent();
  let school: TestSchool;
  let learner: string;

  beforeAll(async () => {
    school = await openTestSchool(kind, { EDIRAE_CONTENT: content.contentDir }, content.curriculum);
  });
  beforeEach(async () => {
    learner = await startLearner(school);
  });
  afterAll(async () => {
    await school.remove();
    content.remove();
  });

  const submit = async (files: LabFiles, tests: 'all' | 'visible' = 'all') => {
    const put = await submitLab(school, learner, { lab: LAB, files, tests });
    if (put.outcome !== 'submitted') throw new Error(put.outcome);
    return put;
  };
  const grade = () => runNextJob(school, gradeLab, () => {});
  const look = async (id: string): Promise<SubmissionView> => {
    const found = await getSubmission(school, learner, id);
    if (found.outcome !== 'submission') throw new Error(found.outcome);
    return found.submission;
  };
  const graded = async (files: LabFiles, tests: 'all' | 'visible' = 'all') => {
    const { submission } = await submit(files, tests);
    await grade();
    return look(submission.id);
  };
  const view = async () => {
    const found = await getLab(school, learner, { lab: LAB });
    if (found.outcome !== 'lab') throw new Error(found.outcome);
    return found.lab;
  };
  const typesOf = async (id = learner) =>
    (await (await readLearner(school, id)).store.listEvents()).map((event) => event.type);
  const stateOf = async (skill: string, id = learner) => (await readLearner(school, id)).state.skills[skill];

  const explain = async () => {
    const started = await startExplainBack(school, learner, LAB);
    if (started.outcome !== 'explain-back') throw new Error(started.outcome);
    await runNextJob(school, makeExplainBack, () => {});
    const found = await getExplainBack(school, learner, started.explainBack.id);
    if (found.outcome !== 'explain-back') throw new Error(found.outcome);
    return found.explainBack;
  };
  const keysOf = async (id: string) =>
    (await findExplainer(school.db, id))?.explanation.questions.map(({ key }) => key) ?? [];

  describe('as it is opened', () => {
    it('shows a visitor all that may be seen, and nothing of what decides', async () => {
      const found = await getLab(school, null, { lab: LAB });
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
      const list = await listLabs(school, learner);
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
      await graded(PRICES.wrong);
      expect((await listLabs(school, learner)).goOn).toMatchObject({
        state: 'submitted',
        tests: { passed: 1, of: 2 },
      });
    });

    it('that is not there is not found', async () => {
      expect(await getLab(school, learner, { lab: 'nothing' })).toEqual({ outcome: 'not-found' });
      expect(await getLab(school, learner, { lab: '../labs/prices' })).toEqual({ outcome: 'not-found' });
      expect(await submitLab(school, learner, { lab: 'nothing', files: PRICES.right })).toEqual({
        outcome: 'not-found',
      });
    });
  });

  describe('handed in', () => {
    it('waits, is graded, and says of hidden tests their names and verdicts only', async () => {
      const { submission } = await submit(PRICES.wrong);
      expect(submission).toMatchObject({ state: 'queued', ahead: 0, number: 1, result: null });
      await grade();
      const done = await look(submission.id);
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
      const done = await graded({ 'solution.ts': PRICES.right['solution.ts'].replace('/ 10', '/ 5') });
      expect(done.result?.firstFailure).toMatchObject({
        name: 'ten pieces',
        steps: ['price(3, 10)'],
        expects: '27',
        message: 'price(3, 10): expected 27, got 24',
      });
    });

    it('leaves one row in the ledger, practice on what tests decide, and no decision', async () => {
      const done = await graded(PRICES.right);
      expect(done.status).toBe('passed');
      const { store } = await readLearner(school, learner);
      const events = await store.listEvents();
      expect(events.map(({ type }) => type)).toEqual(['learner-created', 'lab-graded']);
      expect(done.row).toBe(2);
      expect(JSON.stringify(events)).not.toContain('hidden');
      expect(await stateOf('a')).toMatchObject({ practisedAt: school.time.now, appliedAt: null });
      expect(await stateOf('c')).toBeUndefined();
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
        const done = await graded(files);
        expect(done).toMatchObject({ state: 'done', status });
        expect(done.row === null).toBe(status === 'rejected');
        expect(await graded(PRICES.right)).toMatchObject({ status: 'passed' });
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
      expect(await submitLab(school, learner, { lab: LAB, files })).toMatchObject({
        outcome: 'invalid-files',
        detail: expect.stringContaining(says) as string,
      });
      expect((await view()).history).toEqual([]);
    });

    it('twice with the same files is one submission while it waits', async () => {
      const first = await submit(PRICES.right);
      const second = await submit(PRICES.right);
      expect(second).toMatchObject({ existing: true, submission: { id: first.submission.id } });
      await grade();
      expect(await submit(PRICES.right)).toMatchObject({ existing: false, submission: { number: 2 } });
      await grade();
    });

    it('too often at once is refused with a time to come back', async () => {
      for (const n of [1, 2, 3]) await submit({ ...PRICES.right, 'NOTES.md': `${n}` });
      expect(await submitLab(school, learner, { lab: LAB, files: PRICES.right })).toMatchObject({
        outcome: 'queue-full',
        whose: 'learner',
      });
      for (const _ of [1, 2, 3]) await grade();
    });

    it('by another learner is not shown', async () => {
      const { submission } = await submit(PRICES.right);
      const other = await startLearner(school);
      expect(await getSubmission(school, other, submission.id)).toEqual({ outcome: 'not-found' });
      expect(await cancelSubmission(school, other, submission.id)).toEqual({ outcome: 'not-found' });
      await grade();
    });

    it('and cancelled leaves nothing', async () => {
      const { submission } = await submit(PRICES.right);
      expect(await cancelSubmission(school, learner, submission.id)).toMatchObject({
        outcome: 'cancelled',
        submission: { state: 'cancelled' },
      });
      expect(await grade()).toBe(false);
      expect(await typesOf()).toEqual(['learner-created']);
    });

    it('and cancelled while it runs leaves nothing', async () => {
      const { submission } = await submit(PRICES.loop);
      const running = grade();
      await expect.poll(async () => (await look(submission.id)).state).toBe('running');
      expect((await cancelSubmission(school, learner, submission.id)).outcome).toBe('cancelled');
      await running;
      expect(await look(submission.id)).toMatchObject({ state: 'cancelled', result: null });
      expect(await typesOf()).toEqual(['learner-created']);
    }, 30_000);

    it('and graded cannot be cancelled any more', async () => {
      const done = await graded(PRICES.right);
      expect(await cancelSubmission(school, learner, done.id)).toMatchObject({
        outcome: 'ended',
        submission: { state: 'done', status: 'passed' },
      });
    });

    it('to a process that died is taken up by another, and recorded once', async () => {
      const { submission } = await submit(PRICES.right);
      const now = school.time.now;
      await claimJob(school.db, school.kind, {
        kind: gradeLab.name,
        lease: 'dead',
        now,
        leaseUntil: now + LEASE_MS,
      });
      expect(await look(submission.id)).toMatchObject({ state: 'running' });
      expect(await grade()).toBe(false);
      school.time.now += LEASE_MS + 1;
      await grade();
      expect(await look(submission.id)).toMatchObject({ state: 'done', status: 'passed' });
      expect(await typesOf()).toEqual(['learner-created', 'lab-graded']);
    });

    it('as a run sees the visible tests only, and is no evidence', async () => {
      const done = await graded(PRICES.wrong, 'visible');
      expect(done).toMatchObject({
        kind: 'run',
        status: 'passed',
        number: null,
        row: null,
        result: { hidden: [] },
      });
      expect(await typesOf()).toEqual(['learner-created']);
      expect(await view()).toMatchObject({ state: 'new', history: [], run: { id: done.id } });
    });

    it('is compared with what was handed in before', async () => {
      const first = await graded(PRICES.wrong);
      const second = await graded(PRICES.right);
      const compared = await compareSubmissions(school, learner, {
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
      expect(await compareSubmissions(school, learner, { submissionId: first.id, with: 'previous' })).toEqual(
        {
          outcome: 'not-found',
        },
      );
    });
  });

  describe('with help', () => {
    it('gives hints in their order, and records each before it is shown', async () => {
      expect(await takeLabHint(school, learner, LAB)).toMatchObject({
        outcome: 'hint',
        n: 1,
        of: 2,
        title: 'Free pieces',
      });
      expect(await takeLabHint(school, learner, LAB)).toMatchObject({
        n: 2,
        html: expect.stringContaining('<strong>') as string,
      });
      expect(await takeLabHint(school, learner, LAB)).toEqual({ outcome: 'no-more-hints' });
      expect(await typesOf()).toEqual(['learner-created', 'lab-aid', 'lab-aid']);
      expect(await view()).toMatchObject({
        aid: { hints: 2 },
        hints: { taken: [{ n: 1 }, { n: 2 }] },
        state: 'begun',
      });
    });

    it('gives none during a check', async () => {
      await graded(PRICES.right);
      await school.db.selectFrom('learners').select('id').execute();
      const started = await startCheck(school, learner, 'a');
      if (started.outcome === 'open') {
        expect(await takeLabHint(school, learner, LAB)).toMatchObject({ outcome: 'check-open' });
        expect(await showLabSolution(school, learner, { lab: LAB })).toMatchObject({ outcome: 'check-open' });
      }
    });

    it('shows the solution after a pass only, beside the learner’s own, and what follows is no evidence', async () => {
      expect(await showLabSolution(school, learner, { lab: LAB })).toEqual({ outcome: 'not-passed' });
      await graded(PRICES.right);
      const shown = await showLabSolution(school, learner, { lab: LAB });
      if (shown.outcome !== 'solution') throw new Error(shown.outcome);
      expect(shown.files['solution.ts']).toContain('The reference');
      expect(shown.comparison[0]?.lines.filter(({ kind: how }) => how === 'added')).toMatchObject([
        { text: '  // The reference.' },
      ]);
      expect(await typesOf()).toEqual(['learner-created', 'lab-graded', 'lab-aid']);
      expect((await view()).aid.solution).toBe(true);
    });
  });

  describe('explained back', () => {
    it('asks three questions whose keys stay on the server, and two right answers make its skills Applied', async () => {
      await graded(PRICES.right);
      const open = await explain();
      expect(open).toMatchObject({ state: 'open', of: 3, needs: 2, right: null });
      expect(open.questions).toHaveLength(3);
      const keys = await keysOf(open.id);
      expect(JSON.stringify(open)).not.toContain('"key"');
      expect(open.questions.every(({ answer }) => answer === null)).toBe(true);
      const answered = await answerExplainBack(school, learner, open.id, [
        keys[0] ?? null,
        keys[1] ?? null,
        null,
      ]);
      expect(answered).toMatchObject({
        outcome: 'explain-back',
        explainBack: {
          state: 'explained',
          right: 2,
          moved: [{ skill: { id: 'a' } }, { skill: { id: 'b' } }],
        },
      });
      expect(await stateOf('a')).toMatchObject({
        appliedAt: school.time.now,
        appliedBy: { lab: LAB, assurance: 'explained-back', unreviewed: true },
      });
      expect((await stateOf('c'))?.appliedAt ?? null).toBeNull();
      expect(await view()).toMatchObject({
        state: 'explained',
        explain: { allowed: false, why: 'explained' },
        evidence: [
          { skill: { id: 'a' }, share: 1, applied: { assurance: 'explained-back' }, missing: ['check'] },
          { skill: { id: 'b' } },
          { skill: { id: 'c' }, share: null, applied: null, unreviewed: true, missing: [] },
        ],
      });
      expect((await verifyLedgers(school, { learner })).problems).toEqual([]);
    }, 30_000);

    it('is answered once: the first answers stand', async () => {
      await graded(PRICES.right);
      const open = await explain();
      const keys = await keysOf(open.id);
      await answerExplainBack(school, learner, open.id, [null, null, null]);
      const again = await answerExplainBack(school, learner, open.id, keys);
      expect(again).toMatchObject({ explainBack: { state: 'not-yet', right: 0 } });
      expect((await stateOf('a'))?.appliedAt).toBeNull();
      expect(await startExplainBack(school, learner, LAB)).toMatchObject({
        outcome: 'not-explainable',
        why: 'wait',
        until: school.time.now + 12 * HOUR,
      });
      school.time.now += 12 * HOUR;
      const other = await explain();
      expect(other.id).not.toBe(open.id);
      expect(other.state).toBe('open');
    }, 30_000);

    it('takes no answer in another form, and records nothing then', async () => {
      await graded(PRICES.right);
      const open = await explain();
      expect(await answerExplainBack(school, learner, open.id, ['x'])).toMatchObject({
        outcome: 'invalid-answer',
      });
      const odd = open.questions.map(({ options }) => (options ? 'no such option' : null));
      expect(await answerExplainBack(school, learner, open.id, odd)).toMatchObject({
        outcome: 'invalid-answer',
      });
      expect(await view()).toMatchObject({ explainBack: { state: 'open' } });
      expect(await leaveExplainBack(school, learner, open.id)).toMatchObject({
        explainBack: { state: 'not-yet' },
      });
    }, 30_000);

    it('is the same question after a reload, and nobody else’s', async () => {
      await graded(PRICES.right);
      const open = await explain();
      const again = await startExplainBack(school, learner, LAB);
      expect(again).toMatchObject({ explainBack: { id: open.id, questions: open.questions } });
      const other = await startLearner(school);
      expect(await getExplainBack(school, other, open.id)).toEqual({ outcome: 'not-found' });
      expect(await answerExplainBack(school, other, open.id, [null, null, null])).toEqual({
        outcome: 'not-found',
      });
    }, 30_000);

    it('left for a day has closed, also before anything else is done', async () => {
      await graded(PRICES.right);
      const open = await explain();
      school.time.now += 24 * HOUR;
      expect(await view()).toMatchObject({ explainBack: { state: 'not-yet' } });
      expect(await answerExplainBack(school, learner, open.id, await keysOf(open.id))).toMatchObject({
        explainBack: { state: 'not-yet' },
      });
      expect((await verifyLedgers(school, { learner })).problems).toEqual([]);
    }, 30_000);

    it('is not asked before a pass, nor about a pass with the solution at hand', async () => {
      expect(await startExplainBack(school, learner, LAB)).toEqual({
        outcome: 'not-explainable',
        why: 'not-passed',
      });
      await graded(PRICES.wrong);
      expect(await startExplainBack(school, learner, LAB)).toEqual({
        outcome: 'not-explainable',
        why: 'not-passed',
      });
    });
  });

  it('goes with its learner: exported, taken over by an account, erased', async () => {
    await graded(PRICES.right);
    const open = await explain();
    await answerExplainBack(school, learner, open.id, await keysOf(open.id));
    const exported = await exportLearner(school, learner);
    expect(exported.labs).toMatchObject({
      submissions: [{ lab: LAB, result: { status: 'passed' } }],
      explanations: [{ lab: LAB, right: 3 }],
    });
    expect(JSON.stringify(exported)).not.toMatch(/secret-message|"seed"/);

    const account = await startLearner(school);
    await adoptGuest(school, learner, account);
    learner = account;
    expect(await view()).toMatchObject({ state: 'explained', history: [{ number: 1 }] });
    expect(await stateOf('a')).toMatchObject({ appliedBy: { lab: LAB } });

    await deleteLearner(school, account);
    for (const table of ['lab_drafts', 'lab_submissions', 'lab_explanations'] as const) {
      const left = await school.db.selectFrom(table).select('id').where('learner_id', '=', account).execute();
      expect(left).toEqual([]);
    }
  }, 30_000);
});
