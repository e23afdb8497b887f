import { describe, expect, test } from 'vitest';
import type { EventBodies, LedgerEvent, NewEvent } from './events.ts';
import { foldEvent, replay } from './fold.ts';
import { emptyState, RECENT_KEPT } from './state.ts';
import { stateOf } from './standing.ts';
import { smallGraph } from './testing/graph.ts';
import { createWalk, DAY, goal, HOUR, T0 } from './testing/walk.ts';

const graph = smallGraph();

const at = (seq: number, event: NewEvent, time = T0): LedgerEvent => ({ ...event, seq, at: time });
const adopt = (event: LedgerEvent): NewEvent => ({
  type: 'adopted',
  body: {
    learnerId: 'guest',
    seq: event.seq,
    at: event.at,
    type: event.type,
    body: event.body,
    prev: '0',
    hash: '1',
  },
});

describe('the empty state', () => {
  test('knows nothing and has folded nothing', () => {
    expect(emptyState()).toMatchObject({
      seq: 0,
      lastAt: 0,
      goal: null,
      skills: {},
      check: null,
      opened: [],
    });
  });

  test('is new each time: changing one leaves the next alone', () => {
    const one = emptyState();
    one.opened.push('a');
    one.calibration['25'].n = 9;
    expect(emptyState().opened).toEqual([]);
    expect(emptyState().calibration['25'].n).toBe(0);
  });

  test('is what an empty ledger replays to', () => {
    expect(replay([])).toEqual(emptyState());
  });
});

describe('sequence and time', () => {
  test('follow the last event', () => {
    const state = foldEvent(emptyState(), at(1, { type: 'learner-created', body: { guest: true } }));
    expect(state).toMatchObject({ seq: 1, lastAt: T0 });
  });

  test('events that decide nothing change nothing else', () => {
    const quiet: NewEvent[] = [
      { type: 'learner-created', body: { guest: true } },
      { type: 'account-claimed', body: { method: 'email' } },
      { type: 'clock-shifted', body: { offsetMs: 5 } },
    ];
    for (const event of quiet) {
      expect({ ...foldEvent(emptyState(), at(1, event)), seq: 0, lastAt: 0 }).toEqual(emptyState());
    }
  });
});

describe('a goal', () => {
  test('is kept with the time it was set', () => {
    const state = foldEvent(emptyState(), at(1, { type: 'goal-set', body: goal(['a']) }));
    expect(state.goal).toMatchObject({ goalId: 'g1', skills: ['a'], setAt: T0, editedAt: T0 });
  });

  test('is edited in place: text stays, track and hours change', () => {
    const { goalId, targets, skipped, curriculum } = goal(['a']);
    const edit: EventBodies['track-edited'] = {
      goalId,
      targets,
      skipped,
      curriculum,
      hoursPerWeek: 9,
      deadline: '2027-01-01',
      skills: ['a', 'b'],
    };
    const walk = createWalk(graph);
    walk.setGoal(['a']);
    walk.wait(HOUR);
    walk.append([{ type: 'track-edited', body: edit }]);
    expect(walk.state().goal).toMatchObject({
      text: 'Serve models',
      hoursPerWeek: 9,
      skills: ['a', 'b'],
      setAt: T0,
      editedAt: T0 + HOUR,
    });
  });

  test('is not touched by an edit of another goal', () => {
    const walk = createWalk(graph);
    walk.setGoal(['a']);
    const before = walk.state().goal;
    walk.append([{ type: 'track-edited', body: { ...goal(['f']), goalId: 'other' } }]);
    expect(walk.state().goal).toEqual(before);
  });

  test('set anew takes the place of the old one, and progress stays', () => {
    const walk = createWalk(graph);
    walk.setGoal(['a']);
    walk.pass('a');
    walk.append([{ type: 'goal-set', body: { ...goal(['f']), goalId: 'g2' } }]);
    expect(walk.state().goal?.goalId).toBe('g2');
    expect(stateOf(walk.state().skills['a'])).toBe('demonstrated');
  });
});

describe('issues', () => {
  test('an item is open until it is answered', () => {
    const walk = createWalk(graph);
    const issueId = walk.ask({ skill: 'a' });
    expect(walk.state().openIssues[issueId]).toMatchObject({ issueId, at: T0, aid: 'none', hints: 0 });
    walk.answer(issueId, 'correct');
    expect(walk.state().openIssues).toEqual({});
  });

  test('a voided item is open no more, and no longer fresh', () => {
    const walk = createWalk(graph);
    const issueId = walk.ask({ skill: 'a', family: 'a-one', variant: 'v' });
    walk.append([{ type: 'issue-voided', body: { issueId, reason: 'fresh-asked' } }]);
    expect(walk.state().openIssues).toEqual({});
    expect(walk.state().issuedAt['a-one']?.['v']).toBe(T0);
  });

  test('the strongest help is kept, and the hints are counted', () => {
    const walk = createWalk(graph);
    const issueId = walk.ask({ skill: 'a' });
    const aids = ['hint-1', 'mentor', 'hint-2'] as const;
    walk.append(aids.map((aid) => ({ type: 'aid-given', body: { issueId, aid } })));
    expect(walk.state().openIssues[issueId]).toMatchObject({ aid: 'mentor', hints: 2 });
  });

  test('help on an issue that is not open changes nothing', () => {
    const state = emptyState();
    const next = foldEvent(state, at(1, { type: 'aid-given', body: { issueId: 'x', aid: 'hint-1' } }));
    expect(next.openIssues).toEqual({});
  });

  test('variants issued more than 90 days ago are forgotten', () => {
    const walk = createWalk(graph);
    walk.ask({ skill: 'a', family: 'a-one', variant: 'old' });
    walk.wait(50 * DAY);
    walk.ask({ skill: 'a', family: 'a-one', variant: 'newer' });
    walk.wait(41 * DAY);
    walk.ask({ skill: 'a', family: 'a-one', variant: 'newest' });
    expect(walk.state().issuedAt).toEqual({ 'a-one': { newer: T0 + 50 * DAY, newest: T0 + 91 * DAY } });
  });
});

describe('answers', () => {
  test('are tallied by help', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct');
    walk.practise('a', 'incorrect', { aid: 'hint-1' });
    walk.practise('a', 'skipped');
    expect(walk.state().tally).toEqual({ attempts: 3, unaided: 2, aided: 1, disputes: 0 });
  });

  test('first tries with help and alone, outside placement', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct', { variant: 'seen', aid: 'hint-1' });
    walk.practise('a', 'incorrect');
    walk.practise('a', 'correct', { variant: 'seen' });
    walk.place(['b'], () => 'correct');
    expect(walk.state().firstTries).toEqual({
      aided: { n: 1, correct: 1 },
      alone: { n: 1, correct: 0 },
    });
  });

  test('keep the last twenty a skill', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < RECENT_KEPT + 5; i++) walk.practise('a', 'correct');
    const record = walk.state().skills['a'];
    expect(record?.attempts).toBe(25);
    expect(record?.recent).toHaveLength(20);
    expect(record?.recent.at(-1)?.issueId).toBe('i25');
  });

  test('make a skill Practising, wherever they were given', () => {
    const walk = createWalk(graph);
    expect(stateOf(walk.state().skills['a'])).toBe('new');
    walk.practise('a', 'skipped');
    expect(stateOf(walk.state().skills['a'])).toBe('practising');
    expect(walk.state().skills['a']).toMatchObject({ practisedAt: T0, lastAt: T0 });
  });

  test('are held against the confidence stated before the verdict', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct', { confidence: 75 });
    walk.practise('a', 'incorrect', { confidence: 75 });
    walk.practise('a', 'correct', { confidence: 25 });
    walk.practise('a', 'correct');
    expect(walk.state().calibration).toEqual({
      '25': { n: 1, correct: 1 },
      '50': { n: 0, correct: 0 },
      '75': { n: 2, correct: 1 },
      '95': { n: 0, correct: 0 },
    });
  });

  test('of a retry say nothing about calibration', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'incorrect', { family: 'a-one', variant: 'v', confidence: 95 });
    walk.practise('a', 'correct', { family: 'a-one', variant: 'v', retryOf: 'i1', confidence: 95 });
    expect(walk.state().calibration['95']).toEqual({ n: 1, correct: 0 });
  });

  test('record how long they took, and it decides nothing', () => {
    const fast = createWalk(graph);
    const slow = createWalk(graph);
    fast.practise('a', 'correct', { ms: 1 });
    slow.practise('a', 'correct', { ms: 9_999_999 });
    expect(fast.state()).toEqual(slow.state());
  });
});

describe('disputes and waivers', () => {
  test('a dispute is counted and changes nothing else', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'incorrect');
    const before = walk.state();
    walk.append([
      { type: 'dispute-opened', body: { disputeId: 'd1', issueId: 'i1', text: 'The unit is wrong' } },
    ]);
    expect(walk.state()).toEqual({ ...before, seq: before.seq + 1, tally: { ...before.tally, disputes: 1 } });
  });

  test('a waiver is kept with its name and is no evidence', () => {
    const walk = createWalk(graph);
    walk.append([{ type: 'waiver', body: { skill: 'a', by: 'Ruth Adeyemi', note: 'seen at work' } }]);
    expect(walk.state().skills['a']?.waived).toEqual({ at: T0, by: 'Ruth Adeyemi' });
    expect(stateOf(walk.state().skills['a'])).toBe('new');
  });
});

describe('a guest’s chain taken over', () => {
  const guest = () => {
    const walk = createWalk(graph);
    walk.setGoal(['a', 'b']);
    walk.practise('a', 'incorrect', { confidence: 50 });
    walk.pass('a');
    walk.fail('b');
    return walk;
  };

  test('gives an empty account all that the guest had', () => {
    const before = guest();
    const account = createWalk(graph, T0 + DAY);
    account.append(before.events.map(adopt));
    const rest = { seq: before.state().seq, lastAt: before.state().lastAt };
    expect({ ...account.state(), ...rest }).toEqual(before.state());
  });

  test('counts at its own times, while the ledger’s own time goes on', () => {
    const account = createWalk(graph, T0 + DAY);
    account.append(guest().events.map(adopt));
    expect(account.state().skills['a']?.demonstratedAt).toBe(T0);
    expect(account.state().lastAt).toBe(T0 + DAY);
  });

  test('leaves the account’s own open check alone', () => {
    const account = createWalk(graph, T0 + DAY);
    const checkId = account.startCheck('f');
    account.check('correct');
    account.append(guest().events.map(adopt));
    expect(account.state().check).toMatchObject({ checkId, skill: 'f' });
    expect(account.state().check?.answers).toHaveLength(1);
    expect(stateOf(account.state().skills['a'])).toBe('demonstrated');
    expect(account.state().adopting).toBeNull();
  });

  // Signing in with a guest's pass got round the practice that the account owed.
  test('does not pass a skill on which the account owes practice', () => {
    const account = createWalk(graph);
    account.fail('a');
    const elsewhere = createWalk(graph, T0 + DAY);
    elsewhere.pass('a');
    account.wait(2 * DAY);
    account.append(elsewhere.events.map(adopt));
    expect(stateOf(account.state().skills['a'])).toBe('practising');
    expect(account.state().skills['a']?.mend).not.toBeNull();
  });

  test('does not displace a goal that was stated later', () => {
    const account = createWalk(graph, T0 + DAY);
    account.append([{ type: 'goal-set', body: { ...goal(['f']), goalId: 'mine' } }]);
    account.append(guest().events.map(adopt));
    expect(account.state().goal?.goalId).toBe('mine');
  });

  test('keeps the later time at which a variant was issued', () => {
    const first = createWalk(graph);
    first.practise('a', 'correct', { family: 'a-one', variant: 'v' });
    const account = createWalk(graph, T0 + DAY);
    account.practise('a', 'correct', { family: 'a-one', variant: 'v' });
    account.append(first.events.map(adopt));
    expect(account.state().issuedAt['a-one']?.['v']).toBe(T0 + DAY);
  });
});

describe('an estimator that was never shipped', () => {
  test('stops the fold with its name', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct');
    const attempt = structuredClone(walk.events.at(-1)) as LedgerEvent & { type: 'attempt' };
    attempt.body.pins.estimator = 'oracle-9';
    expect(() => foldEvent(emptyState(), attempt)).toThrow('No such estimator: oracle-9');
  });
});
