import { describe, expect, it } from 'vitest';
import type { RawEvent } from '../store/chain.ts';
import { addLedger, emptyTally } from './gate-tally.ts';

const HOUR = 3_600_000;

const event = (type: RawEvent['type'], at: number, body: unknown): RawEvent =>
  ({ seq: 1, at, type, body, prev: '', hash: '' }) as RawEvent;

const passed = (at: number) => event('check-ended', at, { skill: 'a', outcome: 'passed' });
const review = (at: number, rest: object = {}) =>
  event('attempt', at, {
    issueId: `i${at}`,
    skill: 'a',
    place: 'review',
    outcome: 'correct',
    aid: 'none',
    firstTry: true,
    confidence: null,
    p: { before: 0.8 },
    ...rest,
  });

function tallied(...ledger: RawEvent[]) {
  const tally = emptyTally();
  addLedger(tally, ledger);
  return { ...tally.skills.get('a'), answers: tally.p.n };
}

describe('what the record counts', () => {
  it('leaves out an answer whose item was retracted, and takes the next', () => {
    const at = 50 * HOUR;
    expect(
      tallied(
        passed(0),
        review(at, { outcome: 'incorrect' }),
        event('item-retracted', at + 1, { issues: [`i${at}`] }),
        review(at + HOUR),
      ),
    ).toEqual({ decisions: 1, reviewed: 1, failed: 0, answers: 1 });
  });

  it('calls a right answer with help a miss', () => {
    expect(tallied(passed(0), review(50 * HOUR, { aid: 'mentor' }))).toMatchObject({ failed: 1 });
  });

  it('takes a guest’s events at their own times', () => {
    const guest = event('adopted', 90 * HOUR, { type: 'check-ended', at: 0, body: passed(0).body });
    expect(tallied(review(50 * HOUR), guest)).toMatchObject({ decisions: 1, reviewed: 1, failed: 0 });
  });

  it('counts the first pass of a skill once', () => {
    expect(tallied(passed(0), passed(HOUR), review(48 * HOUR))).toMatchObject({ decisions: 1, reviewed: 1 });
  });
});
