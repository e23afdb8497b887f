import type { CardView, ReviewPack } from '@edirae/school';
import { describe, expect, it } from 'vitest';
import { lastWaiting, nextOffline, type WaitingGrade } from './offline-queue.ts';

const MADE = 1_000_000_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

const card = (ref: string, from: number): CardView & { from: number } => ({
  ref,
  front: ref,
  back: ref,
  deck: 'Deck',
  skill: null,
  note: null,
  tags: [],
  isNew: false,
  dueAt: from,
  lapses: 0,
  leech: false,
  suspended: false,
  buried: false,
  recall: 0.9,
  interval: 3,
  next: [MADE + 10 * MINUTE, MADE + 2 * DAY, MADE + 4 * DAY, MADE + 9 * DAY],
  afterAgain: [MADE + 20 * MINUTE, MADE + DAY, MADE + DAY, MADE + 2 * DAY],
  from,
});
const pack: ReviewPack = {
  learnerId: 'me',
  madeAt: MADE,
  retention: 0.9,
  cards: [card('a', MADE), card('b', MADE), card('later', MADE + 2 * DAY)],
  items: 1,
};
const grade = (ref: string, given: 1 | 3, at: number, learnerId = 'me'): WaitingGrade => ({
  id: `${ref}/${at}`,
  learnerId,
  card: ref,
  grade: given,
  at,
});

describe('the queue of a device without a connection', () => {
  it('asks what is due, in the pack’s order, and what falls due meanwhile', () => {
    expect(nextOffline(pack, [], MADE).current?.card.ref).toBe('a');
    const waiting = [grade('a', 3, MADE)];
    expect(nextOffline(pack, waiting, MADE + MINUTE)).toMatchObject({
      current: { card: { ref: 'b' } },
      left: 1,
      done: [true],
    });
    const all = [...waiting, grade('b', 3, MADE + MINUTE)];
    expect(nextOffline(pack, all, MADE + 2 * MINUTE).current).toBeNull();
    expect(nextOffline(pack, all, MADE + 3 * DAY).current?.card.ref).toBe('later');
  });

  it('asks again what was not recalled: after ten minutes first, before only where nothing else is left', () => {
    const waiting = [grade('a', 1, MADE)];
    expect(nextOffline(pack, waiting, MADE + MINUTE).current?.card.ref).toBe('b');
    expect(nextOffline(pack, waiting, MADE + 11 * MINUTE).current?.card.ref).toBe('a');
    const both = [...waiting, grade('b', 3, MADE + MINUTE)];
    const early = nextOffline(pack, both, MADE + 2 * MINUTE);
    expect(early.current?.card.ref).toBe('a');
    expect(early.current?.next[2]).toBe(MADE + 2 * MINUTE + DAY - 10 * MINUTE);
  });

  it('leaves another learner’s grades on this device alone', () => {
    const theirs = [grade('a', 3, MADE, 'someone')];
    expect(nextOffline(pack, theirs, MADE).current?.card.ref).toBe('a');
    expect(lastWaiting(theirs, 'me')).toBeUndefined();
  });

  it('takes back the last grade that waits', () => {
    const waiting = [grade('a', 3, MADE), grade('b', 1, MADE + MINUTE)];
    expect(lastWaiting(waiting, 'me')?.card).toBe('b');
    expect(nextOffline(pack, waiting.slice(0, 1), MADE + MINUTE).current?.card.ref).toBe('b');
  });
});
