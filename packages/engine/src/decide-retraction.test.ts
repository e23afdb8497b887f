import { describe, expect, test } from 'vitest';
import { retractItem } from './decide-retraction.ts';
import { beliefOf } from './estimator.ts';
import { isRefreshDue } from './review.ts';
import { stateOf } from './standing.ts';
import { emptyState } from './state.ts';
import { smallGraph } from './testing/graph.ts';
import { bodies, createWalk, DAY, HOUR } from './testing/walk.ts';

const graph = smallGraph();
const item = { family: 'a-one', variant: null, reason: 'wrong key' };

describe('retracting an item', () => {
  test('that the learner never met brings no event', () => {
    expect(retractItem(emptyState(), createWalk(graph).ctx(), item, [])).toEqual([]);
  });

  test('records this learner’s issues of it', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'incorrect', { family: 'a-one' });
    walk.practise('a', 'incorrect', { family: 'a-two' });
    walk.retract('a-one');
    expect(bodies(walk.events, 'item-retracted')).toEqual([{ ...item, issues: ['i1'], confirm: [] }]);
  });

  test('of one variant leaves the family’s others alone', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'incorrect', { family: 'a-one', variant: 'bad' });
    walk.practise('a', 'incorrect', { family: 'a-one', variant: 'good' });
    walk.retract('a-one', 'bad');
    expect(bodies(walk.events, 'item-retracted')[0]?.issues).toEqual(['i1']);
  });

  test('voids an open issue of it', () => {
    const walk = createWalk(graph);
    const issueId = walk.ask({ skill: 'a', family: 'a-one' });
    walk.retract('a-one');
    expect(bodies(walk.events, 'issue-voided')).toEqual([{ issueId, reason: 'retracted' }]);
    expect(walk.state().openIssues).toEqual({});
  });

  test('leaves an open issue of another variant open', () => {
    const walk = createWalk(graph);
    const issueId = walk.ask({ skill: 'a', family: 'a-one', variant: 'good' });
    walk.practise('a', 'incorrect', { family: 'a-one', variant: 'bad' });
    walk.retract('a-one', 'bad');
    expect(Object.keys(walk.state().openIssues)).toEqual([issueId]);
  });
});

describe('its misses stop counting', () => {
  test('towards p', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 4; i++) walk.practise('a', 'correct', { family: 'a-two' });
    const before = beliefOf(walk.state(), graph, 'a', walk.now()).p;
    walk.practise('a', 'incorrect', { family: 'a-one' });
    const missed = beliefOf(walk.state(), graph, 'a', walk.now()).p;
    walk.retract('a-one');
    const after = beliefOf(walk.state(), graph, 'a', walk.now()).p;
    expect(after).toBeGreaterThan(missed);
    expect(after).toBeCloseTo(before, 1);
  });

  test('once only: retracting twice changes p once', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'incorrect', { family: 'a-one' });
    walk.retract('a-one');
    const once = beliefOf(walk.state(), graph, 'a', walk.now()).p;
    walk.retract('a-one');
    expect(beliefOf(walk.state(), graph, 'a', walk.now()).p).toBe(once);
  });

  test('but its right answers keep theirs', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct', { family: 'a-one' });
    const before = beliefOf(walk.state(), graph, 'a', walk.now()).p;
    walk.retract('a-one');
    expect(beliefOf(walk.state(), graph, 'a', walk.now()).p).toBe(before);
  });

  test('in an open check: the second miss is then the first', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-one' });
    walk.retract('a-one');
    expect(walk.state().check?.answers).toEqual([]);
    walk.check('incorrect', { family: 'a-two' });
    expect(walk.state().check).not.toBeNull();
  });

  test('in an open placement', () => {
    const walk = createWalk(graph);
    walk.append([{ type: 'placement-started', body: { placementId: 'p', skills: ['a'] } }]);
    walk.answer(walk.ask({ skill: 'a', place: 'placement', family: 'a-one' }), 'incorrect');
    walk.retract('a-one');
    expect(walk.state().placement?.answers).toEqual([]);
  });

  test('towards not yet: a check that rested on its second miss is undone, and the next is free', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-one' });
    walk.check('incorrect', { family: 'a-two' });
    expect(walk.gate('a')).toMatchObject({ why: 'practice-first' });
    walk.retract('a-one');
    expect(walk.gate('a')).toEqual({ allowed: true });
    expect(walk.state().skills['a']?.checks.notYetInARow).toBe(0);
  });

  test('towards the row of three, and lifts the stop that it caused', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 3; i++) {
      walk.startCheck('a');
      walk.check('incorrect', { family: 'a-one' });
      walk.check('incorrect', { family: 'a-two' });
      walk.mend('a');
    }
    expect(walk.gate('a')).toMatchObject({ why: 'stopped' });
    walk.retract('a-one');
    expect(walk.gate('a')).toEqual({ allowed: true });
    expect(walk.state().skills['a']).toMatchObject({ stopUntil: null, stopPropose: null });
  });

  test('and where two not-yets of three still stand, the row is two', () => {
    const walk = createWalk(graph);
    for (const family of ['a-one', 'a-three', 'a-three']) {
      walk.startCheck('a');
      walk.check('incorrect', { family });
      walk.check('incorrect', { family: 'a-two' });
      walk.mend('a');
    }
    walk.retract('a-one');
    expect(walk.state().skills['a']?.checks.notYetInARow).toBe(2);
    expect(walk.state().skills['a']?.stopUntil).toBeNull();
  });

  test('against a check that was left with that one miss', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-one' });
    walk.leave();
    walk.retract('a-one');
    expect(walk.gate('a')).toEqual({ allowed: true });
  });

  test('against a Placed skill: it is Placed again, with its review', () => {
    const walk = createWalk(graph);
    walk.pass('b');
    walk.wait(DAY);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-one' });
    expect(stateOf(walk.state().skills['a'])).toBe('practising');
    walk.retract('a-one');
    expect(stateOf(walk.state().skills['a'])).toBe('placed');
    expect(walk.state().skills['a']?.review).not.toBeNull();
  });

  test('against Retained: the times run on as if it had not been', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    walk.wait(48 * HOUR);
    walk.review('a', 'correct');
    walk.wait(60 * HOUR);
    walk.answer(walk.ask({ skill: 'a', place: 'review', family: 'a-one', variant: 'bad' }), 'incorrect');
    expect(isRefreshDue(walk.state().skills['a'], walk.now())).toBe(true);
    walk.retract('a-one', 'bad');
    expect(isRefreshDue(walk.state().skills['a'], walk.now())).toBe(false);
    walk.wait(60 * HOUR);
    walk.review('a', 'correct');
    expect(stateOf(walk.state().skills['a'])).toBe('retained');
  });

  test('towards practice that is owed for it: a retracted family is owed no more', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-one' });
    walk.check('incorrect', { family: 'a-two' });
    walk.mend('a');
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-three' });
    walk.check('incorrect', { family: 'a-two' });
    walk.append([{ type: 'item-retracted', body: { ...item, family: 'a-three', issues: [], confirm: [] } }]);
    expect(walk.gate('a')).toMatchObject({ why: 'practice-first', families: ['a-two'] });
  });
});

describe('passes stand', () => {
  const passedOnIt = () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    while (walk.state().check !== null) {
      const count = walk.state().check?.answers.length ?? 0;
      walk.check('correct', { family: count % 2 === 0 ? 'a-one' : 'a-two' });
    }
    return walk;
  };

  test('marked, with a confirming item to come', () => {
    const walk = passedOnIt();
    walk.retract('a-one');
    expect(bodies(walk.events, 'item-retracted')[0]?.confirm).toEqual(['a']);
    expect(stateOf(walk.state().skills['a'])).toBe('demonstrated');
    expect(walk.state().skills['a']).toMatchObject({ marked: true, confirmDue: true });
  });

  test('until the next right review confirms them; the mark stays', () => {
    const walk = passedOnIt();
    walk.retract('a-one');
    walk.wait(HOUR);
    walk.review('a', 'incorrect');
    expect(walk.state().skills['a']?.confirmDue).toBe(true);
    walk.review('a', 'correct');
    expect(walk.state().skills['a']).toMatchObject({ marked: true, confirmDue: false });
  });

  test('unmarked where the item was answered elsewhere', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct', { family: 'a-three' });
    walk.startCheck('a');
    while (walk.state().check !== null) {
      const count = walk.state().check?.answers.length ?? 0;
      walk.check('correct', { family: count % 2 === 0 ? 'a-one' : 'a-two' });
    }
    walk.retract('a-three');
    expect(walk.state().skills['a']).toMatchObject({ marked: false, confirmDue: false });
  });

  test('for what they opened, too', () => {
    const walk = passedOnIt();
    walk.retract('a-one');
    expect(walk.state().opened).toContain('b');
  });
});
