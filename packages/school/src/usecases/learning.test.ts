import { createGraph } from '@edirae/engine';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { answerTo } from '../../testing/answers.ts';
import { createStudent } from '../../testing/student.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import type { ItemView, VerdictView } from '../views.ts';
import { askMentor } from './ask-mentor.ts';
import { editTrack } from './edit-track.ts';
import { readAnswer } from './follow-answer.ts';
import { findVerdict } from './find-verdict.ts';
import { getCheck } from './get-check.ts';
import { getNext } from './get-next.ts';
import { getProgress } from './get-progress.ts';
import { getSkill } from './get-skill.ts';
import { getToday } from './get-today.ts';
import { leaveCheck } from './leave-check.ts';
import { openDispute } from './open-dispute.ts';
import { readLedger } from './read-ledger.ts';
import { setGoal } from './set-goal.ts';
import { startCheck } from './start-check.ts';
import { startPlacement } from './start-placement.ts';
import { startPractice } from './start-practice.ts';
import { startReview } from './start-review.ts';
import { submitAttempt } from './submit-attempt.ts';
import { takeHint } from './take-hint.ts';

const HOUR = 3_600_000;
const ROOT = 'tensor-shapes-dtypes';

describeOnBoth('learning', (kind) => {
  let test: TestSchool;
  const student = createStudent(() => test);

  beforeAll(async () => {
    test = await openTestSchool(kind);
  }, 60_000);
  afterAll(async () => test?.close());

  it('takes a guest from a goal to a track with prerequisites before what requires them', async () => {
    student.id = await test.newLearner();
    const set = await setGoal(test.school, student.id, {
      text: 'Size the KV cache of a model',
      hoursPerWeek: 6,
    });
    if (!('track' in set)) throw new Error(set.outcome);
    expect(set.outcome).toBe('track');
    const ids = set.track.skills.map((skill) => skill.id);
    expect(ids).toContain('kv-cache');
    expect(ids.indexOf(ROOT)).toBeLessThan(ids.indexOf('accelerator-architecture'));
    expect(ids.indexOf('accelerator-architecture')).toBeLessThan(ids.indexOf('kv-cache'));
    expect(set.track.plan?.p90).toBeGreaterThan(set.track.plan?.p50 ?? 0);
    expect(set.track.skills.find((skill) => skill.id === ROOT)?.why).toMatch(/requires? it/);
  });

  it('says so when nothing taught here answers a goal', async () => {
    const other = await test.newLearner();
    const set = await setGoal(test.school, other, { text: 'bake sourdough bread' });
    expect(set.outcome).toBe('no-match');
  });

  it('refuses practice on a skill that is locked, and names what is missing', async () => {
    const started = await startPractice(test.school, student.id, { skill: 'kv-cache' });
    expect(started).toMatchObject({ outcome: 'locked' });
    if (started.outcome === 'locked')
      expect(started.missing.map((skill) => skill.id).sort()).toEqual([
        'accelerator-architecture',
        'transformer-internals',
      ]);
  });

  it('refuses a skill whose content is being written, and an unknown one', async () => {
    const nodes = [...test.school.graph.skills.values()].map((node) =>
      node.id === ROOT ? { ...node, written: false } : node,
    );
    const school = { ...test.school, graph: createGraph(nodes) };
    expect((await startPractice(school, student.id, { skill: ROOT })).outcome).toBe('not-written');
    expect((await startCheck(school, student.id, ROOT)).outcome).toBe('not-written');
    expect((await startPractice(school, student.id, { skill: 'nonsense' })).outcome).toBe('not-found');
  });

  it('gives the unanswered item again, and another when a fresh one is asked for', async () => {
    const first = await startPractice(test.school, student.id, { skill: ROOT });
    const again = await startPractice(test.school, student.id, { skill: ROOT });
    const fresh = await startPractice(test.school, student.id, { skill: ROOT, fresh: true });
    if (first.outcome !== 'open' || again.outcome !== 'open' || fresh.outcome !== 'open')
      throw new Error('not open');
    expect(again.practice.item.issueId).toBe(first.practice.item.issueId);
    expect(again.existing).toBe(true);
    expect(fresh.practice.item.issueId).not.toBe(first.practice.item.issueId);
    const late = await submitAttempt(test.school, student.id, {
      issueId: first.practice.item.issueId,
      answer: null,
    });
    expect(late.outcome).toBe('issue-void');
  });

  it('records a hint as aid before showing it', async () => {
    const started = await startPractice(test.school, student.id, { skill: ROOT });
    if (started.outcome !== 'open') throw new Error(started.outcome);
    const hint = await takeHint(test.school, student.id, started.practice.item.issueId);
    expect(hint).toMatchObject({ outcome: 'hint', n: 1 });
    const verdict = await student.answer(started.practice.item, 'right', {
      confidence: 50,
      ms: 1234,
      scratch: '2*3',
    });
    expect(verdict).toMatchObject({ correct: true, aid: 'hint-1', firstTry: true });
  });

  it('returns the first verdict to a second answer, and records nothing', async () => {
    const started = await startPractice(test.school, student.id, { skill: ROOT, fresh: true });
    if (started.outcome !== 'open') throw new Error(started.outcome);
    const { issueId } = started.practice.item;
    const before = await readLedger(test.school, student.id);
    const wrong = await answerTo(test.school, student.id, issueId, 'wrong');
    const right = await answerTo(test.school, student.id, issueId, 'right');
    const all = await Promise.all(
      [wrong, right, right, wrong].map((given) =>
        submitAttempt(test.school, student.id, { issueId, answer: given }),
      ),
    );
    const verdicts = all.map((one) => (one.outcome === 'recorded' ? one.verdict : undefined));
    expect(new Set(verdicts.map((verdict) => verdict?.correct)).size).toBe(1);
    expect(verdicts.filter((verdict) => verdict?.repeated === false)).toHaveLength(1);
    const after = await readLedger(test.school, student.id);
    expect(after.events.filter((event) => event.type === 'attempt').length).toBe(
      before.events.filter((event) => event.type === 'attempt').length + 1,
    );
    expect((await findVerdict(test.school, student.id, issueId)).outcome).toBe('verdict');
  });

  it('records nothing for an answer that cannot be read', async () => {
    const started = await startPractice(test.school, student.id, { skill: ROOT, fresh: true });
    if (started.outcome !== 'open') throw new Error(started.outcome);
    const before = (await readLedger(test.school, student.id)).head.seq;
    const submitted = await submitAttempt(test.school, student.id, {
      issueId: started.practice.item.issueId,
      answer: { nonsense: true },
    });
    expect(submitted.outcome).toBe('invalid-answer');
    expect((await readLedger(test.school, student.id)).head.seq).toBe(before);
  });

  it('keeps another student.id out of an issue', async () => {
    const started = await startPractice(test.school, student.id, { skill: ROOT });
    if (started.outcome !== 'open') throw new Error(started.outcome);
    const stranger = await test.newLearner();
    expect(
      (await submitAttempt(test.school, stranger, { issueId: started.practice.item.issueId, answer: null }))
        .outcome,
    ).toBe('not-found');
    expect((await takeHint(test.school, stranger, started.practice.item.issueId)).outcome).toBe('not-found');
    expect(
      (await openDispute(test.school, stranger, { issueId: started.practice.item.issueId, text: 'x' }))
        .outcome,
    ).toBe('not-found');
  });

  it('moves p by practice and never the gate', async () => {
    for (let n = 0; n < 8; n++) await student.practise(ROOT, 'right');
    const found = await getSkill(test.school, student.id, ROOT);
    if (found.outcome !== 'skill') throw new Error(found.outcome);
    expect(found.skill.p?.p).toBeGreaterThan(0.8);
    expect(found.skill.state).toBe('practising');
    expect(await getNext(test.school, student.id)).toMatchObject({
      action: expect.stringMatching(/check|placement/),
    });
  });

  it('is silent in a check: no hint, no mentor, no practice, no second check', async () => {
    const check = await student.openCheck(ROOT);
    expect(check.item).not.toBeNull();
    const issueId = check.item?.issueId ?? '';
    expect((await takeHint(test.school, student.id, issueId)).outcome).toBe('check-open');
    expect((await askMentor(test.school, student.id, { text: 'What is broadcasting?' })).outcome).toBe(
      'check-open',
    );
    expect((await startPractice(test.school, student.id, { skill: ROOT })).outcome).toBe('check-open');
    expect((await startCheck(test.school, student.id, 'transformer-internals')).outcome).toBe('check-open');
    expect((await startPlacement(test.school, student.id)).outcome).toBe('check-open');
    const again = await student.openCheck(ROOT);
    expect(again.checkId).toBe(check.checkId);
    expect(again.item?.issueId).toBe(issueId);
  });

  it('refuses a check with two misses, says what was missing, and owes practice', async () => {
    const check = await student.openCheck(ROOT);
    const first = await student.answer(check.item as ItemView, 'wrong');
    expect(first).toMatchObject({
      correct: false,
      solution: null,
      feedback: null,
      misconception: null,
      check: { status: 'open', misses: 1 },
    });
    const second = await student.answer(first.next as ItemView, 'unknown');
    expect(second.check).toMatchObject({ status: 'not-yet', misses: 2 });
    expect(second.solution).not.toBeNull();
    const seen = await getCheck(test.school, student.id, check.checkId);
    if (seen.outcome !== 'ended') throw new Error(seen.outcome);
    expect(seen.result).toMatchObject({ outcome: 'not-yet', receipt: null });
    expect(seen.result.items).toHaveLength(2);
    expect(seen.result.missing.length).toBeGreaterThan(0);
    expect((await startCheck(test.school, student.id, ROOT)).outcome).toBe('practice-first');
  });

  it('opens the next check after the practice that is owed, and passes it with a receipt', async () => {
    await student.mend(ROOT);
    const verdict = await student.passCheck(ROOT);
    expect(verdict.check?.status).toBe('passed');
    expect(verdict.state).toBe('demonstrated');
    expect(verdict.opened.map((skill) => skill.id)).toContain('accelerator-architecture');
    const seen = await getCheck(test.school, student.id, verdict.check?.checkId ?? '');
    if (seen.outcome !== 'ended') throw new Error(seen.outcome);
    expect(seen.result.receipt).not.toBeNull();
    expect(seen.result.rule.conditions.every((condition) => condition.met)).toBe(true);
    expect(
      (await startPractice(test.school, student.id, { skill: 'accelerator-architecture' })).outcome,
    ).toBe('open');
  });

  it('closes a check after a day without an answer', async () => {
    const check = await student.openCheck('transformer-internals');
    await student.answer(check.item as ItemView, 'wrong');
    test.time.now += 25 * HOUR;
    const seen = await getCheck(test.school, student.id, check.checkId);
    expect(seen).toMatchObject({ outcome: 'ended', result: { outcome: 'not-yet' } });
  });

  it('takes a challenge of a locked skill, and places what it requires', async () => {
    const other = student.id;
    student.id = await test.newLearner();
    await setGoal(test.school, student.id, { text: 'KV cache memory' });
    const check = await student.openCheck('kv-cache');
    expect(check.challenge).toBe(true);
    await leaveCheck(test.school, student.id, check.checkId);
    const verdict = await student.passCheck('kv-cache');
    expect(verdict.check?.status).toBe('passed');
    const progress = await getProgress(test.school, student.id);
    expect(progress.skills.find((skill) => skill.id === 'kv-cache')?.state).toBe('demonstrated');
    expect(progress.skills.find((skill) => skill.id === ROOT)?.state).toBe('placed');
    student.id = other;
  });

  it('places by answers, tells no verdict, and stops at fifteen', async () => {
    const other = student.id;
    student.id = await test.newLearner();
    await setGoal(test.school, student.id, { text: 'KV cache memory' });
    const started = await startPlacement(test.school, student.id);
    if (started.outcome !== 'open') throw new Error(started.outcome);
    let item: ItemView | undefined = started.placement.item;
    let asked = 0;
    while (item) {
      expect((await takeHint(test.school, student.id, item.issueId)).outcome).toBe('unaided-only');
      const verdict: VerdictView = await student.answer(item, 'right');
      expect(verdict).toMatchObject({ correct: null, feedback: null, solution: null, misconception: null });
      asked += 1;
      item = verdict.next;
    }
    expect(asked).toBeLessThanOrEqual(15);
    const progress = await getProgress(test.school, student.id);
    expect(progress.skills.filter((skill) => skill.state === 'placed').length).toBeGreaterThan(0);
    student.id = other;
  });

  it('retains by two reviews that are late enough', async () => {
    expect((await startReview(test.school, student.id)).outcome).toMatch(/none-due|open/);
    const states: string[] = [];
    for (let day = 0; day < 40; day += 3) {
      test.time.now += 72 * HOUR;
      const review = await startReview(test.school, student.id);
      if (review.outcome !== 'open') continue;
      expect(review.review.item.skill).toBeNull();
      states.push((await student.answer(review.review.item, 'right')).state);
    }
    expect(states).toContain('retained');
  });

  it('shows today with one next action', async () => {
    const today = await getToday(test.school, student.id);
    expect(today.track?.skills.length).toBeGreaterThan(3);
    expect(today.next.why).not.toBe('');
  });

  it('edits a track without losing what was demonstrated', async () => {
    const edited = await editTrack(test.school, student.id, { hoursPerWeek: 12, add: ['tail-latency'] });
    if (edited.outcome !== 'edited') throw new Error(edited.outcome);
    expect(edited.track.goal.hoursPerWeek).toBe(12);
    expect(edited.track.skills.map((skill) => skill.id)).toEqual(
      expect.arrayContaining(['tail-latency', 'littles-law', 'kv-cache']),
    );
    expect(edited.track.skills.find((skill) => skill.id === ROOT)?.state).toMatch(/demonstrated|retained/);
    const removed = await editTrack(test.school, student.id, { remove: ['tail-latency'] });
    if (removed.outcome !== 'edited') throw new Error(removed.outcome);
    expect(removed.track.skills.map((skill) => skill.id)).not.toContain('littles-law');
  });

  it('answers as mentor from a lesson, with its source, and records the aid', async () => {
    const started = await startPractice(test.school, student.id, {
      skill: 'accelerator-architecture',
      fresh: true,
    });
    if (started.outcome !== 'open') throw new Error(started.outcome);
    const asked = await askMentor(test.school, student.id, {
      text: 'How do caches and memory bandwidth of an accelerator work?',
      issueId: started.practice.item.issueId,
    });
    if (asked.outcome !== 'started') throw new Error(asked.outcome);
    const said = await readAnswer(test.school, student.id, asked.messageId);
    expect(said.map(({ event }) => event.type)).toContain('cite');
    expect((await student.answer(started.practice.item, 'right')).aid).toBe('mentor');
  });
});
