import { describe, expect, test } from 'vitest';
import { decideAttempt, isFresh, issueItem, type IssueInput } from './decide-attempt.ts';
import { beliefOf } from './estimator.ts';
import { levelDifficulty, skillDifficulty } from './graph.ts';
import { emptyState } from './state.ts';
import { smallGraph } from './testing/graph.ts';
import { bodies, createWalk, DAY, HOUR, T0 } from './testing/walk.ts';

const graph = smallGraph();

const facts = (rest: Partial<IssueInput> = {}): IssueInput => ({
  issueId: 'x',
  place: 'practice',
  sessionId: null,
  skill: 'a',
  family: 'a-one',
  variant: 'v',
  fingerprint: 'v',
  kind: 'numeric',
  level: 2,
  retryOf: null,
  familyHash: 'hash-a-one',
  ...rest,
});

describe('showing an item', () => {
  test('adds difficulty, freshness and pins', () => {
    const [event] = issueItem(emptyState(), createWalk(graph).ctx(), facts());
    expect(event).toEqual({
      type: 'item-issued',
      body: {
        issueId: 'x',
        place: 'practice',
        sessionId: null,
        skill: 'a',
        family: 'a-one',
        variant: 'v',
        fingerprint: 'v',
        kind: 'numeric',
        level: 2,
        retryOf: null,
        difficulty: levelDifficulty(2),
        skillDifficulty: skillDifficulty(graph, 'a'),
        fresh: true,
        pins: { rule: 1, estimator: 'elo-bkt-1', curriculum: 'curriculum-1', family: 'hash-a-one' },
      },
    });
  });

  test('records in a placement, and only there, what the skill requires', () => {
    const walk = createWalk(graph);
    walk.ask({ skill: 'c', place: 'placement' });
    walk.ask({ skill: 'c' });
    const [placement, practice] = bodies(walk.events, 'item-issued');
    expect(placement?.requires).toEqual(['a', 'b']);
    expect(practice).not.toHaveProperty('requires');
  });

  test('a second time is not fresh', () => {
    const walk = createWalk(graph);
    walk.ask({ skill: 'a', family: 'a-one', variant: 'v' });
    walk.ask({ skill: 'a', family: 'a-one', variant: 'v' });
    expect(bodies(walk.events, 'item-issued').map((body) => body.fresh)).toEqual([true, false]);
  });

  test('the same fingerprint in another family is fresh', () => {
    const walk = createWalk(graph);
    walk.ask({ skill: 'a', family: 'a-one', variant: 'v' });
    expect(isFresh(walk.state(), 'a-two', 'v', T0)).toBe(true);
    expect(isFresh(walk.state(), 'a-one', 'v', T0)).toBe(false);
  });

  test('is fresh again after 90 days, not a moment before', () => {
    const walk = createWalk(graph);
    walk.ask({ skill: 'a', family: 'a-one', variant: 'v' });
    expect(isFresh(walk.state(), 'a-one', 'v', T0 + 90 * DAY - 1)).toBe(false);
    expect(isFresh(walk.state(), 'a-one', 'v', T0 + 90 * DAY)).toBe(true);
  });

  test('counts 90 days from the last time', () => {
    const walk = createWalk(graph);
    walk.ask({ skill: 'a', family: 'a-one', variant: 'v' });
    walk.wait(80 * DAY);
    walk.ask({ skill: 'a', family: 'a-one', variant: 'v' });
    walk.wait(20 * DAY);
    expect(isFresh(walk.state(), 'a-one', 'v', walk.now())).toBe(false);
  });

  test('in a check refuses a variant that was seen', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct', { family: 'a-one', variant: 'v' });
    walk.startCheck('a');
    expect(() => walk.ask({ skill: 'a', place: 'check', family: 'a-one', variant: 'v' })).toThrow(
      /fresh variants only/,
    );
  });

  test('in a check refuses a second open item', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.ask({ skill: 'a', place: 'check' });
    expect(() => walk.ask({ skill: 'a', place: 'check' })).toThrow(/unanswered item: i2/);
  });

  test('in a check refuses another skill and a check that is not open', () => {
    const walk = createWalk(graph);
    expect(() => walk.ask({ skill: 'a', place: 'check' })).toThrow(/no open check/);
    walk.startCheck('a');
    expect(() => walk.ask({ skill: 'f', place: 'check' })).toThrow(/no open check/);
  });
});

describe('answering', () => {
  test('an issue that is not open is an error', () => {
    const walk = createWalk(graph);
    expect(() => walk.answer('nowhere', 'correct')).toThrow('The issue is not open: nowhere');
  });

  test('an issue a second time is an error: the caller returns the first verdict', () => {
    const walk = createWalk(graph);
    const issueId = walk.ask({ skill: 'a' });
    walk.answer(issueId, 'incorrect');
    expect(() => walk.answer(issueId, 'correct')).toThrow(/not open/);
  });

  test('records p before and after with the interval', () => {
    const walk = createWalk(graph);
    const before = beliefOf(walk.state(), graph, 'a', T0).p;
    walk.practise('a', 'correct');
    const after = beliefOf(walk.state(), graph, 'a', T0);
    expect(bodies(walk.events, 'attempt')[0]?.p).toEqual({
      before,
      after: after.p,
      low: after.low,
      high: after.high,
    });
  });

  test('records confidence, time, answer, misconception and scratch pad as given', () => {
    const walk = createWalk(graph);
    const given = {
      confidence: 75,
      ms: 1_234,
      misconception: 'm',
      answer: { value: 3 },
      scratch: '1+2',
    } as const;
    walk.practise('a', 'incorrect', given);
    expect(bodies(walk.events, 'attempt')[0]).toMatchObject(given);
  });

  test('records the help that the ledger holds', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct', { aid: 'hint-2' });
    expect(bodies(walk.events, 'attempt')[0]).toMatchObject({ aid: 'hint-2', firstTry: true });
  });

  test('a retry is not a first try', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'incorrect', { family: 'a-one', variant: 'v' });
    walk.practise('a', 'correct', { family: 'a-one', variant: 'v', retryOf: 'i1' });
    expect(bodies(walk.events, 'attempt').map((body) => body.firstTry)).toEqual([true, false]);
  });

  test('in practice brings nothing but itself', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 12; i++)
      expect(walk.practise('a', 'correct').map((event) => event.type)).toEqual(['attempt']);
  });

  test('takes the later of the clock and the last event as its time', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    const issueId = walk.ask({ skill: 'a', place: 'check' });
    walk.wait(-5 * HOUR);
    walk.answer(issueId, 'correct');
    expect(walk.events.at(-1)?.at).toBe(T0);
    expect(walk.state().check?.lastAnswerAt).toBe(T0);
  });

  test('appends nothing itself: the state given stays as it is', () => {
    const walk = createWalk(graph);
    const issueId = walk.ask({ skill: 'a' });
    const before = JSON.stringify(walk.state());
    const rest = { confidence: null, ms: null, misconception: null, answer: 1, scratch: null };
    const choice = { servableInCheck: true, practisable: () => true };
    decideAttempt(walk.state(), walk.ctx(), { issueId, outcome: 'correct', ...rest, ...choice });
    expect(JSON.stringify(walk.state())).toBe(before);
  });

  test('to an item of a check that has closed since moves p and nothing else', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    const issueId = walk.ask({ skill: 'a', place: 'check' });
    const { [issueId]: open } = walk.state().openIssues;
    walk.leave();
    // The school voids the issue; a ledger that did not would still be safe.
    const { at: _at, aid: _aid, hints: _hints, ...body } = open as NonNullable<typeof open>;
    walk.append([{ type: 'item-issued', body }]);
    expect(walk.answer(issueId, 'incorrect').map((event) => event.type)).toEqual(['attempt']);
    expect(walk.state().skills['a']?.mend).toBeNull();
  });
});
