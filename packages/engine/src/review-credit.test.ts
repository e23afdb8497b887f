import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { chooseReviewSkill, listDueReviews } from './choose-review.ts';
import type { LedgerEvent } from './events.ts';
import { replay } from './fold.ts';
import { reviewCredits } from './review-credit.ts';
import { creditedReview, passedReview } from './review-record.ts';
import { isRefreshDue } from './review.ts';
import { stateOf } from './standing.ts';
import { smallGraph } from './testing/graph.ts';
import { deeds, stroll } from './testing/stroll.ts';
import { bodies, createWalk, DAY, T0, type Walk } from './testing/walk.ts';
import { auditDecisions } from './verify.ts';

const graph = smallGraph();

const passed = (...skills: string[]): Walk => {
  const walk = createWalk(graph);
  for (const id of skills) walk.pass(id);
  return walk;
};
const review = (walk: Walk, skill: string) => walk.state().skills[skill]?.review ?? null;

describe('credit through the graph', () => {
  test('is half a review one step down, a quarter two steps down, and nothing further', () => {
    const walk = passed('a', 'b', 'c', 'd');
    expect(reviewCredits(walk.state(), graph, 'd')).toEqual([
      { skill: 'c', weight: 0.5 },
      { skill: 'b', weight: 0.25 },
    ]);
    expect(reviewCredits(walk.state(), graph, 'a')).toEqual([]);
    expect(reviewCredits(walk.state(), graph, 'gone')).toEqual([]);
  });

  test('goes to passed skills only, and to none that owes a missed review', () => {
    const placedOnly = passed('b');
    expect(placedOnly.state().skills['a']?.placed).not.toBeNull();
    expect(reviewCredits(placedOnly.state(), graph, 'b')).toEqual([]);
    const walk = passed('a', 'b');
    walk.wait(5 * DAY);
    walk.review('a', 'incorrect');
    const owed = review(walk, 'a');
    walk.practise('b', 'correct');
    expect(bodies(walk.events, 'attempt').at(-1)?.credits).toBeUndefined();
    expect(review(walk, 'a')).toEqual(owed);
  });

  test('postpones what is beneath, keeps its card, and lifts its predicted recall', () => {
    const walk = passed('a', 'b');
    walk.wait(3 * DAY);
    expect(listDueReviews(walk.state(), graph, walk.now())).toContain('a');
    const before = review(walk, 'a');
    walk.practise('b', 'correct');
    const after = review(walk, 'a');
    expect(bodies(walk.events, 'attempt').at(-1)?.credits).toEqual([{ skill: 'a', weight: 0.5 }]);
    expect(after?.card).toEqual(before?.card);
    expect(after?.dueAt).toBeGreaterThan(before?.dueAt ?? Infinity);
    expect(listDueReviews(walk.state(), graph, walk.now())).not.toContain('a');
    walk.wait(2 * DAY);
    expect(isRefreshDue(walk.state().skills['a'], walk.now())).toBe(false);
    walk.wait(2 * DAY);
    expect(isRefreshDue(walk.state().skills['a'], walk.now())).toBe(true);
  });

  test('comes from no miss, no help, no repeat', () => {
    const walk = passed('a', 'b');
    walk.wait(3 * DAY);
    walk.practise('b', 'incorrect', { variant: 'v' });
    walk.practise('b', 'correct', { aid: 'hint-1' });
    walk.practise('b', 'correct', { variant: 'v' });
    expect(
      bodies(walk.events, 'attempt')
        .slice(-3)
        .every((body) => body.credits === undefined),
    ).toBe(true);
  });

  test('postpones by one interval at most: the skill itself is asked in the end', () => {
    const first = passedReview(null, T0);
    let credited = first;
    for (let day = 1; day < 400; day++) credited = creditedReview(credited, 1, T0 + day * DAY);
    expect(credited.dueAt).toBe(first.card.due + first.card.interval * DAY);
  });

  test('is forgotten when the skill itself is reviewed', () => {
    const walk = passed('a', 'b');
    walk.wait(3 * DAY);
    walk.practise('b', 'correct');
    expect(review(walk, 'a')?.credited).toBeGreaterThan(0);
    walk.review('a', 'correct');
    expect(review(walk, 'a')).not.toHaveProperty('credited');
    expect(review(walk, 'a')?.dueAt).toBe(review(walk, 'a')?.card.due);
  });

  test('leads to Retained for nobody', () => {
    const walk = passed('a', 'b');
    for (let n = 0; n < 20; n++) {
      walk.wait(3 * DAY);
      walk.practise('b', 'correct');
    }
    expect(review(walk, 'a')).toMatchObject({ firstAt: null, firstIssue: null, lastAt: null });
    expect(stateOf(walk.state().skills['a'])).toBe('demonstrated');
  });

  test('lets one review serve several due skills', () => {
    const walk = passed('a', 'b', 'f');
    walk.wait(DAY);
    walk.pass('c');
    walk.wait(20 * DAY);
    expect(listDueReviews(walk.state(), graph, walk.now())[0]).not.toBe('c');
    expect(chooseReviewSkill(walk.state(), graph, walk.now())).toBe('c');
  });

  test('is audited: no credit without an answer that earns it, none above the weight', () => {
    const walk = passed('a', 'b');
    walk.wait(3 * DAY);
    walk.practise('b', 'correct');
    expect(auditDecisions(walk.events)).toEqual([]);
    const forged = walk.events.map((event) =>
      event.type === 'attempt' && event.body.credits
        ? { ...event, body: { ...event.body, credits: [{ skill: 'a', weight: 5 }] } }
        : event,
    ) as LedgerEvent[];
    expect(auditDecisions(forged).map(({ problem }) => problem)).toContain('a was credited with 5');
  });

  test('a ledger without credits replays without any trace of them', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const old = stroll(graph, list).events.map((event) => {
          if (event.type !== 'attempt') return event;
          const { credits: _none, ...body } = event.body;
          return { ...event, body } as LedgerEvent;
        });
        const state = replay(old);
        for (const record of Object.values(state.skills)) {
          expect(record.review ?? {}).not.toHaveProperty('credited');
          if (record.review && record.placed === null)
            expect(record.review.dueAt).toBe(record.review.card.due);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('changes dates of reviews, and nothing else', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const walk = stroll(graph, list);
        const without = walk.events.map((event) => {
          if (event.type !== 'attempt') return event;
          const { credits: _none, ...body } = event.body;
          return { ...event, body } as LedgerEvent;
        });
        const strip = (events: readonly LedgerEvent[]) =>
          JSON.stringify(replay(events), (key, value: unknown) =>
            key === 'dueAt' || key === 'credited' ? undefined : value,
          );
        expect(strip(walk.events)).toBe(strip(without));
      }),
      { numRuns: 60 },
    );
  });
});
