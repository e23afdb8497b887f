import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { beliefAt } from './estimator.ts';
import { foldEvent } from './fold.ts';
import { isRefreshDue } from './review.ts';
import { stateOf } from './standing.ts';
import { emptyState } from './state.ts';
import { smallGraph } from './testing/graph.ts';
import { deeds, stroll } from './testing/stroll.ts';
import { bodies, createWalk, DAY, HOUR, T0 } from './testing/walk.ts';

const graph = smallGraph();

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
