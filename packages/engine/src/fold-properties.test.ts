import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { LedgerEvent, NewEvent } from './events.ts';
import { foldEvent, foldNew, replay } from './fold.ts';
import { emptyState, type LearnerState } from './state.ts';
import { stateOf } from './standing.ts';
import { smallGraph } from './testing/graph.ts';
import { deeds, stroll } from './testing/stroll.ts';
import { createWalk, DAY, T0 } from './testing/walk.ts';

const graph = smallGraph();

describe('properties', () => {
  test('replaying the ledger gives the state that folding one by one gave', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const walk = stroll(graph, list);
        expect(JSON.stringify(replay(walk.events))).toBe(JSON.stringify(walk.state()));
      }),
      { numRuns: 60 },
    );
  });

  test('the state survives JSON at every step, and folding goes on from there', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const walk = stroll(graph, list);
        const through = walk.events.reduce<LearnerState>(
          (state, event) => foldEvent(JSON.parse(JSON.stringify(state)) as LearnerState, event),
          emptyState(),
        );
        expect(through).toEqual(walk.state());
      }),
      { numRuns: 30 },
    );
  });

  test('folding never changes its argument', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        let state = emptyState();
        for (const event of stroll(graph, list).events) {
          const before = JSON.stringify(state);
          const next = foldEvent(deepFreeze(state), event);
          expect(JSON.stringify(state)).toBe(before);
          state = next;
        }
      }),
      { numRuns: 25 },
    );
  });

  test('folding never changes the event', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const { events } = stroll(graph, list);
        replay(deepFreeze(structuredClone(events)));
      }),
      { numRuns: 25 },
    );
  });

  test('events folded together or one by one give the same', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const walk = stroll(graph, list);
        const bare = walk.events.map(({ type, body }) => ({ type, body }) as NewEvent);
        const together = foldNew(emptyState(), bare, T0);
        const apart = bare.reduce((state, event) => foldNew(state, [event], T0), emptyState());
        expect(together).toEqual(apart);
      }),
      { numRuns: 25 },
    );
  });

  test('what opened never closes', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        let opened: string[] = [];
        stroll(graph, list, (walk) => {
          expect(walk.state().opened).toEqual(expect.arrayContaining(opened));
          opened = walk.state().opened;
        });
      }),
      { numRuns: 60 },
    );
  });

  test('dates of Demonstrated and Retained, once there, never change', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const dates = new Map<string, number>();
        stroll(graph, list, (walk) => {
          for (const [id, record] of Object.entries(walk.state().skills)) {
            for (const [name, date] of [
              [`${id} demonstrated`, record.demonstratedAt],
              [`${id} retained`, record.retainedAt],
            ] as const) {
              if (dates.has(name)) expect(date).toBe(dates.get(name));
              if (date !== null) dates.set(name, date);
            }
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  test('nothing but the end of a check gives Demonstrated', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        let state = emptyState();
        for (const event of stroll(graph, list).events) {
          const next = foldEvent(state, event);
          for (const [id, record] of Object.entries(next.skills)) {
            const before = state.skills[id]?.demonstratedAt ?? null;
            if (record.demonstratedAt === before) continue;
            expect(event).toMatchObject({ type: 'check-ended', body: { skill: id, outcome: 'passed' } });
          }
          state = next;
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a learner who never opens a check never passes anything', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const walk = stroll(
          graph,
          list.filter((deed) => deed.do !== 'check'),
        );
        for (const record of Object.values(walk.state().skills)) {
          expect(['new', 'practising', 'placed']).toContain(stateOf(record));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('the state stays small: it does not grow with the number of answers', () => {
    const walk = createWalk(graph);
    const sizes: number[] = [];
    for (let i = 0; i < 600; i++) {
      walk.practise('a', i % 3 === 0 ? 'incorrect' : 'correct');
      walk.wait(DAY);
      if (i === 299 || i === 599) sizes.push(JSON.stringify(walk.state()).length);
    }
    expect(sizes[1]).toBeLessThan((sizes[0] as number) * 1.05);
  });

  test('folding one event late in a long ledger costs no more than early', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 1_500; i++) {
      walk.practise('a', 'correct');
      walk.wait(DAY / 10);
    }
    const { events } = walk;
    const state = replay(events.slice(0, -1));
    const last = events.at(-1) as LedgerEvent;
    const started = new Date().getTime();
    for (let i = 0; i < 1_000; i++) foldEvent(state, last);
    // Generous, for a busy machine: a tenth of a millisecond each is ten times what it takes.
    expect(new Date().getTime() - started).toBeLessThan(1_000);
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
