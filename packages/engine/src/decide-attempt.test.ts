import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { decideAttempt, isFresh, issueItem, type IssueInput } from './decide-attempt.ts';
import { beliefAt, beliefOf } from './estimator.ts';
import { foldEvent } from './fold.ts';
import { levelDifficulty, skillDifficulty } from './graph.ts';
import { isRefreshDue } from './review.ts';
import { stateOf } from './standing.ts';
import { emptyState } from './state.ts';
import { smallGraph } from './testing/graph.ts';
import { deeds, stroll } from './testing/stroll.ts';
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

describe('Retained', () => {
  const passed = () => {
    const walk = createWalk(graph);
    walk.pass('a');
    return walk;
  };
  const retainedAt = (walk: ReturnType<typeof passed>) => walk.state().skills['a']?.retainedAt ?? null;

  test('comes with two right reviews: one at 48 hours, a later one at 168', () => {
    const walk = passed();
    walk.wait(48 * HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).toBeNull();
    walk.wait(120 * HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).toBe(T0 + 168 * HOUR);
    expect(stateOf(walk.state().skills['a'])).toBe('retained');
  });

  test('records both reviews and p', () => {
    const walk = passed();
    walk.wait(50 * HOUR);
    walk.review('a', 'correct');
    walk.wait(150 * HOUR);
    walk.review('a', 'correct');
    const reviews = bodies(walk.events, 'attempt').filter((body) => body.place === 'review');
    expect(bodies(walk.events, 'retained')).toEqual([
      expect.objectContaining({
        skill: 'a',
        first: reviews[0]?.issueId,
        second: reviews[1]?.issueId,
        p: reviews[1]?.p.after,
      }),
    ]);
  });

  test('does not count a first review a moment before 48 hours', () => {
    const walk = passed();
    walk.wait(48 * HOUR - 1);
    walk.review('a', 'correct');
    walk.wait(200 * HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).toBeNull();
    walk.wait(HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).not.toBeNull();
  });

  test('does not come a moment before 168 hours', () => {
    const walk = passed();
    walk.wait(48 * HOUR);
    walk.review('a', 'correct');
    walk.wait(120 * HOUR - 1);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).toBeNull();
  });

  test('takes two reviews even where the first comes late', () => {
    const walk = passed();
    walk.wait(300 * HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).toBeNull();
    walk.wait(HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).not.toBeNull();
  });

  test('starts both times again after a miss', () => {
    const walk = passed();
    walk.wait(48 * HOUR);
    walk.review('a', 'correct');
    walk.wait(100 * HOUR);
    walk.review('a', 'incorrect');
    const missedAt = walk.now();
    walk.wait(48 * HOUR);
    walk.review('a', 'correct');
    walk.wait(119 * HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).toBeNull();
    walk.wait(HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).toBe(missedAt + 168 * HOUR);
  });

  test('starts both times again after a miss in a further check too', () => {
    const walk = passed();
    walk.wait(48 * HOUR);
    walk.review('a', 'correct');
    walk.wait(100 * HOUR);
    walk.startCheck('a');
    walk.check('incorrect');
    walk.leave();
    walk.wait(20 * HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).toBeNull();
  });

  test('is not held up by a miss in practice: practice moves p and nothing else', () => {
    const walk = passed();
    walk.wait(48 * HOUR);
    walk.review('a', 'correct');
    walk.practise('a', 'incorrect');
    walk.wait(120 * HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).not.toBeNull();
  });

  test('does not count a review that had help', () => {
    const walk = passed();
    walk.wait(48 * HOUR);
    walk.review('a', 'correct', { aid: 'hint-1' });
    walk.wait(120 * HOUR);
    walk.review('a', 'correct');
    expect(retainedAt(walk)).toBeNull();
  });

  test('does not count a review of a variant that was seen', () => {
    const walk = passed();
    const seen = bodies(walk.events, 'item-issued')[0];
    walk.wait(48 * HOUR);
    const stale = {
      skill: 'a',
      place: 'review',
      family: seen?.family ?? '',
      variant: seen?.variant ?? '',
    } as const;
    walk.answer(walk.ask(stale), 'correct');
    expect(walk.state().skills['a']?.review?.firstAt).toBeNull();
  });

  test('does not come to a skill that is only Placed', () => {
    const walk = createWalk(graph);
    walk.pass('b');
    for (const hours of [48, 120, 120]) {
      walk.wait(hours * HOUR);
      walk.review('a', 'correct');
    }
    expect(stateOf(walk.state().skills['a'])).toBe('placed');
    expect(retainedAt(walk)).toBeNull();
  });

  test('comes once, and its date stays after a later miss', () => {
    const walk = passed();
    for (const hours of [48, 120, 200]) {
      walk.wait(hours * HOUR);
      walk.review('a', 'correct');
    }
    walk.wait(DAY);
    walk.review('a', 'incorrect');
    expect(bodies(walk.events, 'retained')).toHaveLength(1);
    expect(retainedAt(walk)).toBe(T0 + 168 * HOUR);
    expect(isRefreshDue(walk.state().skills['a'], walk.now())).toBe(true);
  });
});

describe('refresh due', () => {
  test('is shown after a missed review and cleared by the next right one', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    walk.wait(2 * DAY);
    walk.review('a', 'incorrect');
    expect(isRefreshDue(walk.state().skills['a'], walk.now())).toBe(true);
    expect(stateOf(walk.state().skills['a'])).toBe('demonstrated');
    walk.wait(DAY);
    walk.review('a', 'correct');
    expect(isRefreshDue(walk.state().skills['a'], walk.now())).toBe(false);
  });

  test('is not cleared by a right review that had help', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    walk.wait(2 * DAY);
    walk.review('a', 'incorrect');
    walk.review('a', 'correct', { aid: 'mentor' });
    expect(isRefreshDue(walk.state().skills['a'], walk.now())).toBe(true);
  });

  test('comes of itself as recall fades', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    expect(isRefreshDue(walk.state().skills['a'], T0 + DAY)).toBe(false);
    expect(isRefreshDue(walk.state().skills['a'], T0 + 30 * DAY)).toBe(true);
  });
});

describe('a review of a Placed skill', () => {
  test('that is missed makes it Practising again', () => {
    const walk = createWalk(graph);
    walk.pass('b');
    walk.wait(5 * DAY);
    walk.review('a', 'skipped');
    expect(stateOf(walk.state().skills['a'])).toBe('practising');
    expect(stateOf(walk.state().skills['b'])).toBe('demonstrated');
  });

  test('that is right leaves it Placed and comes back later', () => {
    const walk = createWalk(graph);
    walk.pass('b');
    const before = walk.state().skills['a']?.review?.dueAt ?? 0;
    walk.wait(5 * DAY);
    walk.review('a', 'correct');
    expect(stateOf(walk.state().skills['a'])).toBe('placed');
    expect(walk.state().skills['a']?.review?.dueAt).toBeGreaterThan(before);
  });

  test('a miss in practice leaves it Placed', () => {
    const walk = createWalk(graph);
    walk.pass('b');
    walk.practise('a', 'incorrect');
    expect(stateOf(walk.state().skills['a'])).toBe('placed');
  });
});

describe('properties', () => {
  test('p in every recorded answer follows from the ledger alone, without content', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const walk = stroll(graph, list);
        let state = emptyState();
        for (const event of walk.events) {
          const next = walk.events[event.seq] ?? null;
          if (event.type === 'attempt') {
            const { skill, skillDifficulty: difficulty, p } = event.body;
            expect(beliefAt(state, skill, difficulty, event.at).p).toBe(p.before);
          }
          state = foldEvent(state, event);
          if (event.type === 'attempt') {
            const { skill, skillDifficulty: difficulty, p } = event.body;
            expect(beliefAt(state, skill, difficulty, event.at).p).toBe(p.after);
          }
          if (next !== null) expect(next.at).toBeGreaterThanOrEqual(event.at);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('Retained always lies at least 168 hours after the pass, with two right reviews', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const walk = stroll(graph, list);
        for (const event of walk.events) {
          if (event.type !== 'retained') continue;
          const record = walk.state().skills[event.body.skill];
          const passedAt = record?.demonstratedAt ?? record?.knowsAt ?? Number.POSITIVE_INFINITY;
          expect(event.at - passedAt).toBeGreaterThanOrEqual(168 * HOUR);
          expect(event.body.first).not.toBe(event.body.second);
        }
      }),
      { numRuns: 60 },
    );
  });
});
