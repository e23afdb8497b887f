import { startCheck } from '@edirae/engine';
import { describe, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { readExport } from '../../testing/read-export.ts';
import { LAB, useLabDesk } from '../../testing/lab-desk.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { PRICES } from '../../testing/tiny-labs.ts';
import { engineContext } from '../issuing/ctx.ts';
import { actOn, readLearner } from '../store/act-on.ts';
import { adoptGuest } from './adopt-guest.ts';
import { askMentor } from './ask-mentor.ts';
import { deleteLearner } from './delete-learner.ts';
import { answerExplainBack, getExplainBack, leaveExplainBack, startExplainBack } from './explain-back.ts';
import { readAnswer } from './follow-answer.ts';
import { showLabSolution } from './show-lab-solution.ts';
import { takeLabHint } from './take-lab-hint.ts';
import { verifyLedgers } from './verify-ledgers.ts';

const HOUR = 3_600_000;

describeOnBoth('work on a lab', (kind) => {
  const desk = useLabDesk(kind);
  const recordOf = async (skill: string) =>
    (await readLearner(desk.school, desk.learner)).state.skills[skill];

  describe('with help', () => {
    it('gives hints in their order, and records each before it is shown', async () => {
      expect(await takeLabHint(desk.school, desk.learner, LAB)).toMatchObject({
        outcome: 'hint',
        n: 1,
        of: 2,
        title: 'Free pieces',
      });
      expect(await takeLabHint(desk.school, desk.learner, LAB)).toMatchObject({
        n: 2,
        html: expect.stringContaining('<strong>') as string,
      });
      expect(await takeLabHint(desk.school, desk.learner, LAB)).toEqual({ outcome: 'no-more-hints' });
      expect(await desk.eventTypes()).toEqual(['learner-created', 'lab-aid', 'lab-aid']);
      expect(await desk.view()).toMatchObject({
        aid: { hints: 2 },
        hints: { taken: [{ n: 1 }, { n: 2 }] },
        state: 'begun',
      });
    });

    it('gives none during a check', async () => {
      await desk.graded(PRICES.right);
      await actOn(desk.school, desk.learner, async (tx) => {
        tx.append(startCheck(tx.state, engineContext(desk.school, tx.now), { checkId: 'c1', skill: 'a' }));
      });
      expect(await takeLabHint(desk.school, desk.learner, LAB)).toMatchObject({ outcome: 'check-open' });
      expect(await showLabSolution(desk.school, desk.learner, { lab: LAB })).toMatchObject({
        outcome: 'check-open',
      });
      expect(await startExplainBack(desk.school, desk.learner, LAB)).toMatchObject({ outcome: 'check-open' });
    });

    it('shows the solution after a pass only, beside the learner’s own, and what follows is no evidence', async () => {
      expect(await showLabSolution(desk.school, desk.learner, { lab: LAB })).toEqual({
        outcome: 'not-passed',
      });
      await desk.graded(PRICES.right);
      const shown = await showLabSolution(desk.school, desk.learner, { lab: LAB });
      if (shown.outcome !== 'solution') throw new Error(shown.outcome);
      expect(shown.files['solution.ts']).toContain('The reference');
      expect(shown.comparison[0]?.lines.filter(({ kind: how }) => how === 'added')).toMatchObject([
        { text: '  // The reference.' },
      ]);
      expect(await desk.eventTypes()).toEqual(['learner-created', 'lab-graded', 'lab-aid']);
      expect((await desk.view()).aid.solution).toBe(true);
    });
  });

  describe('with the mentor', () => {
    const ask = (question: { lab?: string }) =>
      askMentor(desk.school, desk.learner, {
        text: 'Why is my sum wrong?',
        answers: 'built-in',
        ...question,
      });

    it('asked elsewhere is no help with it', async () => {
      await ask({});
      expect((await desk.view()).aid.mentor).toBe(false);
    });

    it('is silent while questions about it are open', async () => {
      await desk.graded(PRICES.right);
      await desk.explain();
      const asked = await ask({ lab: LAB });
      if (asked.outcome !== 'started') throw new Error(asked.outcome);
      const said = await readAnswer(desk.school, desk.learner, asked.messageId);
      expect(JSON.stringify(said)).toContain('answered unaided');
      expect((await desk.view()).aid.mentor).toBe(false);
    });

    it('that is not there is not found', async () => {
      expect(await ask({ lab: 'nothing' })).toEqual({ outcome: 'not-found' });
    });
  });

  describe('explained back', () => {
    it('asks three questions whose keys stay on the server, and two right answers make its skills Applied', async () => {
      await desk.graded(PRICES.right);
      const open = await desk.explain();
      expect(open).toMatchObject({ state: 'open', of: 3, needs: 2, right: null });
      expect(open.questions).toHaveLength(3);
      const keys = await desk.keysOf(open.id);
      expect(JSON.stringify(open)).not.toContain('"key"');
      expect(open.questions.every(({ answer }) => answer === null)).toBe(true);
      const answered = await answerExplainBack(desk.school, desk.learner, open.id, [
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
      expect(await recordOf('a')).toMatchObject({
        appliedAt: desk.school.time.now,
        appliedBy: { lab: LAB, assurance: 'explained-back', unreviewed: true },
      });
      expect((await recordOf('c'))?.appliedAt ?? null).toBeNull();
      expect(await desk.view()).toMatchObject({
        state: 'explained',
        explain: { allowed: false, why: 'explained' },
        evidence: [
          { skill: { id: 'a' }, share: 1, applied: { assurance: 'explained-back' }, missing: ['check'] },
          { skill: { id: 'b' } },
          { skill: { id: 'c' }, share: null, applied: null, unreviewed: true, missing: [] },
        ],
      });
      expect((await verifyLedgers(desk.school, { learnerId: desk.learner })).problems).toEqual([]);
    }, 30_000);

    it('is answered once: the first answers stand', async () => {
      await desk.graded(PRICES.right);
      const open = await desk.explain();
      const keys = await desk.keysOf(open.id);
      await answerExplainBack(desk.school, desk.learner, open.id, [null, null, null]);
      const again = await answerExplainBack(desk.school, desk.learner, open.id, keys);
      expect(again).toMatchObject({ explainBack: { state: 'not-yet', right: 0 } });
      expect((await recordOf('a'))?.appliedAt).toBeNull();
      expect(await startExplainBack(desk.school, desk.learner, LAB)).toMatchObject({
        outcome: 'not-explainable',
        why: 'wait',
        until: desk.school.time.now + 12 * HOUR,
      });
      desk.school.time.now += 12 * HOUR;
      const other = await desk.explain();
      expect(other.id).not.toBe(open.id);
      expect(other.state).toBe('open');
    }, 30_000);

    it('takes no answer in another form, and records nothing then', async () => {
      await desk.graded(PRICES.right);
      const open = await desk.explain();
      expect(await answerExplainBack(desk.school, desk.learner, open.id, ['x'])).toMatchObject({
        outcome: 'invalid-answer',
      });
      const odd = open.questions.map(({ options }) => (options ? 'no such option' : null));
      expect(await answerExplainBack(desk.school, desk.learner, open.id, odd)).toMatchObject({
        outcome: 'invalid-answer',
      });
      expect(await desk.view()).toMatchObject({ explainBack: { state: 'open' } });
      expect(await leaveExplainBack(desk.school, desk.learner, open.id)).toMatchObject({
        explainBack: { state: 'not-yet' },
      });
    }, 30_000);

    it('is the same question after a reload, and nobody else’s', async () => {
      await desk.graded(PRICES.right);
      const open = await desk.explain();
      const again = await startExplainBack(desk.school, desk.learner, LAB);
      expect(again).toMatchObject({ explainBack: { id: open.id, questions: open.questions } });
      const other = await startLearner(desk.school);
      expect(await getExplainBack(desk.school, other, open.id)).toEqual({ outcome: 'not-found' });
      expect(await answerExplainBack(desk.school, other, open.id, [null, null, null])).toEqual({
        outcome: 'not-found',
      });
    }, 30_000);

    it('left for a day has closed, also before anything else is done', async () => {
      await desk.graded(PRICES.right);
      const open = await desk.explain();
      desk.school.time.now += 24 * HOUR;
      expect(await desk.view()).toMatchObject({ explainBack: { state: 'not-yet' } });
      expect(
        await answerExplainBack(desk.school, desk.learner, open.id, await desk.keysOf(open.id)),
      ).toMatchObject({
        explainBack: { state: 'not-yet' },
      });
      expect((await verifyLedgers(desk.school, { learnerId: desk.learner })).problems).toEqual([]);
    }, 30_000);

    it('is not asked before a pass, nor about a pass with the solution at hand', async () => {
      expect(await startExplainBack(desk.school, desk.learner, LAB)).toEqual({
        outcome: 'not-explainable',
        why: 'not-passed',
      });
      await desk.graded(PRICES.wrong);
      expect(await startExplainBack(desk.school, desk.learner, LAB)).toEqual({
        outcome: 'not-explainable',
        why: 'not-passed',
      });
    });
  });

  it('goes with its learner: exported, taken over by an account, erased', async () => {
    await desk.graded(PRICES.right);
    const open = await desk.explain();
    await answerExplainBack(desk.school, desk.learner, open.id, await desk.keysOf(open.id));
    const exported = await readExport(desk.school, desk.learner);
    expect(exported.labs).toMatchObject({
      submissions: [{ lab: LAB, result: { status: 'passed' } }],
      explanations: [{ lab: LAB, right: 3 }],
    });
    expect(JSON.stringify(exported)).not.toMatch(/secret-message|"seed"/);

    const account = await startLearner(desk.school);
    await adoptGuest(desk.school, desk.learner, account);
    desk.learner = account;
    expect(await desk.view()).toMatchObject({ state: 'explained', history: [{ number: 1 }] });
    expect(await recordOf('a')).toMatchObject({ appliedBy: { lab: LAB } });

    await deleteLearner(desk.school, account);
    for (const table of ['lab_drafts', 'lab_submissions', 'lab_explanations'] as const) {
      const left = await desk.school.db
        .selectFrom(table)
        .select('id')
        .where('learner_id', '=', account)
        .execute();
      expect(left).toEqual([]);
    }
  }, 30_000);
});
