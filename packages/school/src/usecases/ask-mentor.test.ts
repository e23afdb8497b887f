import { startScriptedProvider, type Operation, type ScriptedProvider } from '@edirae/mentor/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { readExport } from '../../testing/read-export.ts';
import { createStudent } from '../../testing/student.ts';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { storeOperatorModel } from '../mentor/operator-model.ts';
import type { MentorEventView } from '../mentor/views.ts';
import { askMentor, type MentorQuestion } from './ask-mentor.ts';
import { deleteLearner } from './delete-learner.ts';
import { followAnswer, readAnswer } from './follow-answer.ts';
import { chooseAnswerer, getMentorDesk, keepOwnModel, removeOwnModel } from './mentor-desk.ts';
import { deleteTalks, getSent, getTalk, listTalks } from './mentor-history.ts';
import { readLedger } from './read-ledger.ts';
import { setGoal } from './set-goal.ts';
import { startPractice } from './start-practice.ts';
import { stopAnswer } from './stop-answer.ts';

const ROOT = 'tensor-shapes-dtypes';

describeOnBoth('the mentor', (kind) => {
  let test: TestSchool;
  let provider: ScriptedProvider;
  const student = createStudent(() => test);

  beforeAll(async () => {
    test = await openTestSchool(kind);
    provider = await startScriptedProvider();
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await provider?.close();
  });
  beforeEach(async () => {
    provider.requests.length = 0;
    await storeOperatorModel(test.school, null);
    student.id = await test.newLearner();
    await setGoal(test.school, student.id, { text: 'KV cache memory' });
  });

  async function begin(question: MentorQuestion): Promise<{ messageId: string; conversationId: string }> {
    const asked = await askMentor(test.school, student.id, question);
    if (asked.outcome !== 'started') throw new Error(asked.outcome);
    return asked;
  }
  async function ask(question: MentorQuestion): Promise<MentorEventView[]> {
    const { messageId } = await begin(question);
    return (await readAnswer(test.school, student.id, messageId)).map(({ event }) => event);
  }
  async function script(...operations: Operation[]): Promise<void> {
    provider.play({ id: 'case', script: operations });
    await storeOperatorModel(test.school, {
      provider: 'openai-compatible',
      model: 'scripted',
      baseUrl: provider.baseUrl,
      apiKey: 'sk-operator',
    });
  }
  async function openPractice(skill = ROOT) {
    const started = await startPractice(test.school, student.id, { skill, fresh: true });
    if (started.outcome !== 'open') throw new Error(started.outcome);
    return started.practice.item;
  }
  it('answers from authored material without a model, and begins and ends every answer', async () => {
    const events = await ask({
      text: 'Why do fewer conversations fit on the card when people paste long texts?',
    });
    expect(events[0]).toMatchObject({ type: 'start', by: 'built-in' });
    expect(events.at(-1)).toMatchObject({ type: 'done', status: 'done', tokens: 0 });
    expect(events).toContainEqual(expect.objectContaining({ type: 'cite', skill: 'kv-cache' }));
  });

  it('records the hint it gives as the next rung of the ladder, and the answer as aided', async () => {
    const item = await openPractice();
    const events = await ask({ text: 'I am stuck, where do I start?', issueId: item.issueId });
    expect(events).toContainEqual(expect.objectContaining({ type: 'hint', n: 1 }));
    const again = await ask({ text: 'another hint please', issueId: item.issueId });
    expect(again).toContainEqual(expect.objectContaining({ type: 'hint', n: 2 }));
    expect((await student.answer(item, 'right')).aid).toBe('mentor');
  });

  it('leaves an item unaided where it said nothing that could help', async () => {
    const item = await openPractice();
    await ask({ text: 'What is a good recipe for lasagne?' });
    expect((await student.answer(item, 'right')).aid).toBe('none');
  });

  it('is recorded as aid on the lab that it was asked about, once, and only where it helped', async () => {
    const lab = [...test.school.curriculum.labs][0]!.id;
    const aids = async () =>
      (await readLedger(test.school, student.id)).events.filter(({ type }) => type === 'lab-aid');
    await ask({ text: 'What is a good recipe for lasagne?', lab });
    expect(await aids()).toEqual([]);
    await ask({ text: 'How large is a tensor in bytes?', skill: ROOT, lab });
    await ask({ text: 'How large is a tensor in bytes?', skill: ROOT, lab });
    expect((await aids()).map(({ body }) => body)).toEqual([{ lab, aid: 'mentor' }]);
    const unknown = await askMentor(test.school, student.id, { text: 'What is it?', lab: 'no-such-lab' });
    expect(unknown).toEqual({ outcome: 'not-found' });
  });

  it('says why the last answer was wrong', async () => {
    await student.practise(ROOT, 'wrong');
    const text = (await ask({ text: 'Why was my last answer wrong?', skill: ROOT }))
      .map((event) => ('text' in event ? event.text : ''))
      .join('\n');
    expect(text).toMatch(/just now in practice/);
  });

  it('goes on with a conversation, keeps it, and forgets it on request', async () => {
    const { conversationId } = await begin({ text: 'How large is a tensor in bytes?', skill: ROOT });
    await begin({ text: 'Explain that more simply', conversationId });
    const talk = await getTalk(test.school, student.id, conversationId);
    if (talk.outcome !== 'talk') throw new Error(talk.outcome);
    expect(talk.conversation.turns).toHaveLength(2);
    expect(talk.conversation.skill?.id).toBe(ROOT);
    expect((await readExport(test.school, student.id)).mentor.conversations[0]?.messages).toHaveLength(2);

    const other = await test.newLearner();
    expect((await getTalk(test.school, other, conversationId)).outcome).toBe('not-found');
    expect((await askMentor(test.school, other, { text: 'x', conversationId })).outcome).toBe('not-found');
    expect((await deleteTalks(test.school, other, { conversationId })).outcome).toBe('not-found');
    expect(await deleteTalks(test.school, student.id, { skill: ROOT })).toEqual({
      outcome: 'deleted',
      count: 1,
    });
    expect(await listTalks(test.school, student.id)).toEqual({ outcome: 'listed', conversations: [] });
  });

  it('is silent in a check: nothing is answered, and nothing said before can be read', async () => {
    const { conversationId } = await begin({ text: 'How large is a tensor in bytes?', skill: ROOT });
    await student.openCheck(ROOT);
    expect((await askMentor(test.school, student.id, { text: 'How large is it?' })).outcome).toBe(
      'check-open',
    );
    expect((await getTalk(test.school, student.id, conversationId)).outcome).toBe('check-open');
    expect((await listTalks(test.school, student.id)).outcome).toBe('check-open');
  });

  it('lets a model answer, stores what it says, and can be followed from any place', async () => {
    await script({ op: 'chat', content: 'Bytes are elements times size [1].\n\nTry it with two numbers.' });
    const { messageId } = await begin({ text: 'How large is a tensor in bytes?', skill: ROOT });
    const all = await readAnswer(test.school, student.id, messageId);
    expect(all.map(({ id }) => id)).toEqual(all.map((_, i) => i + 1));
    expect(all.at(-1)?.event).toMatchObject({ type: 'done', status: 'done', by: 'model' });
    const rest = await followAnswer(test.school, student.id, messageId, 2);
    if (rest.outcome !== 'following') throw new Error(rest.outcome);
    expect((await rest.events.next()).value).toEqual(all[2]);
    const sent = await getSent(test.school, student.id, messageId);
    expect(sent).toMatchObject({
      outcome: 'sent',
      sent: { question: expect.stringContaining('How large is a tensor') },
    });
    expect(provider.requests[0]?.body).not.toContain(student.id);
  });

  it('never shows the key of an open item, though the model says it, and gives the model none', async () => {
    const item = await openPractice();
    const { answerTo } = await import('../../testing/answers.ts');
    const key = await answerTo(test.school, student.id, item.issueId, 'right');
    // In words where one option is right, in letters where several are, as a model with the key would say it.
    const told = Array.isArray(key)
      ? key.join(', ')
      : (item.options?.find(({ id }) => id === key)?.text ??
        JSON.stringify(key).replace(/[{}"]|value:|unit:/g, ''));
    await script({ op: 'chat', content: `Sure. The answer is ${told}.` });
    const events = await ask({ text: 'What is it?', issueId: item.issueId });
    expect(events).toContainEqual(expect.objectContaining({ type: 'error', code: 'held-back' }));
    expect(JSON.stringify(events)).not.toContain(`The answer is ${told}`);
    expect(provider.requests[0]?.body).not.toMatch(/"correct":/);
  });

  it('puts the true state beside a claim of mastery, and nothing moves', async () => {
    await script({ op: 'chat', content: 'Well done, you have mastered this and unlocked the next one.' });
    const before = (await readLedger(test.school, student.id)).events.length;
    const events = await ask({ text: 'Have I mastered tensors?', skill: ROOT });
    expect(events).toContainEqual(expect.objectContaining({ type: 'state', skill: ROOT, state: 'new' }));
    expect((await readLedger(test.school, student.id)).events.length).toBe(before);
  });

  it('shows no image, no foreign link, no tag and no hidden sign of what a model wrote', async () => {
    await script({
      op: 'chat',
      content:
        'See ![x](https://evil.example/p.png) and [here](https://evil.example/q), \u202Eabc <img src=x onerror=alert(1)>.',
    });
    const said = JSON.stringify(await ask({ text: 'How large is a tensor?', skill: ROOT }));
    expect(said).not.toMatch(/<img|href=\\"https:\/\/evil|\u202E|p\.png/);
  });

  it('stops when a check begins, and when it is asked to', async () => {
    await script(
      { op: 'head', status: 200, headers: { 'content-type': 'text/event-stream' } },
      { op: 'hang' },
    );
    const first = await begin({ text: 'How large is a tensor?', skill: ROOT });
    await stopAnswer(test.school, student.id, first.messageId);
    expect((await readAnswer(test.school, student.id, first.messageId)).at(-1)?.event).toMatchObject({
      type: 'done',
      status: 'stopped',
    });
    const second = await begin({ text: 'How large is a tensor?', skill: ROOT });
    await student.openCheck(ROOT);
    expect((await readAnswer(test.school, student.id, second.messageId)).at(-1)?.event).toMatchObject({
      type: 'done',
      status: 'stopped',
    });
  });

  it('has the built-in mentor answer where the budget is spent or the learner prefers it', async () => {
    await script({ op: 'chat', content: 'By the model.' });
    await chooseAnswerer(test.school, student.id, 'built-in');
    expect((await ask({ text: 'How large is a tensor?', skill: ROOT }))[0]).toMatchObject({ by: 'built-in' });
    await chooseAnswerer(test.school, student.id, 'model');
    const { tokensADay } = test.school.config.mentor;
    const { each } = tokensADay;
    tokensADay.each = 0;
    expect((await ask({ text: 'How large is a tensor?', skill: ROOT }))[0]).toMatchObject({ by: 'built-in' });
    tokensADay.each = each;
    expect((await ask({ text: 'How large is a tensor?', skill: ROOT }))[0]).toMatchObject({ by: 'model' });
  });

  it('keeps a learner’s own key sealed, and never gives it back', async () => {
    const kept = await keepOwnModel(test.school, student.id, { provider: 'openai', model: 'gpt', key: '' });
    expect(kept.outcome).toBe('no-key');
    await test.school.db
      .insertInto('mentor_choices')
      .values({
        learner_id: student.id,
        answers: 'model',
        provider: 'openai',
        model: 'gpt',
        sealed_key: 'v1.a.b.c',
        tested_at: null,
        test_failure: null,
        updated_at: 0,
      })
      .execute();
    const desk = await getMentorDesk(test.school, student.id);
    expect(desk.own).toMatchObject({ provider: 'openai', hasKey: true });
    expect(JSON.stringify([desk, await readExport(test.school, student.id)])).not.toContain('v1.a.b.c');
    await removeOwnModel(test.school, student.id);
    expect((await getMentorDesk(test.school, student.id)).own).toBeNull();
  });

  it('is erased with its learner', async () => {
    await begin({ text: 'How large is a tensor?', skill: ROOT });
    await chooseAnswerer(test.school, student.id, 'built-in');
    await deleteLearner(test.school, student.id);
    for (const table of [
      'mentor_events',
      'mentor_messages',
      'mentor_conversations',
      'mentor_choices',
    ] as const)
      expect(
        await test.school.db
          .selectFrom(table)
          .select('learner_id')
          .where('learner_id', '=', student.id)
          .execute(),
      ).toEqual([]);
  });

  it('asked about a lab is recorded as aid on it, once', async () => {
    const question = {
      text: 'How large is the KV cache?',
      lab: 'paged-kv-allocator',
      answers: 'built-in' as const,
    };
    await askMentor(test.school, student.id, question);
    await askMentor(test.school, student.id, question);
    const { events } = await readLedger(test.school, student.id, {});
    expect(events.filter(({ type }) => type === 'lab-aid')).toMatchObject([
      { body: { lab: 'paged-kv-allocator', aid: 'mentor' } },
    ]);
  });
});
