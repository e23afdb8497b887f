import { describe, expect, test } from 'vitest';
import { canStillPass } from './can-pass.ts';
import { smallGraph } from './testing/graph.ts';
import { createWalk, type Walk } from './testing/walk.ts';

const graph = smallGraph();

/** A check of these answers, r right and w wrong. */
const checked = (answers: string, before = ''): Walk => {
  const walk = createWalk(graph);
  for (const letter of before) walk.practise('a', letter === 'r' ? 'correct' : 'incorrect');
  walk.startCheck('a');
  for (const letter of answers) walk.check(letter === 'r' ? 'correct' : 'incorrect');
  return walk;
};

const can = (walk: Walk): boolean => canStillPass(walk.state(), walk.now());

/** A check that runs long: p stays low for many right answers after many misses. */
const LOW = 'w'.repeat(16);

describe('whether the open check can still be passed', () => {
  test('no check, no pass', () => {
    expect(can(createWalk(graph))).toBe(false);
  });

  test('at the start, and after a miss, it can', () => {
    expect(can(checked(''))).toBe(true);
    expect(can(checked('w'))).toBe(true);
    expect(can(checked('', LOW))).toBe(true);
  });

  test('with two answers left and nothing in a row it cannot, and the rule does not end it', () => {
    const walk = checked('', LOW);
    const letters = 'rrrrrrrw';
    for (const letter of letters) {
      if (walk.state().check === null) break;
      walk.check(letter === 'r' ? 'correct' : 'incorrect');
    }
    expect(walk.state().check?.answers).toHaveLength(letters.length);
    expect(can(walk)).toBe(false);
    walk.check('correct');
    walk.check('correct');
    expect(walk.events.at(-1)).toMatchObject({
      type: 'check-ended',
      body: { outcome: 'not-yet', reason: 'tenth-answer' },
    });
  });

  test('where it says no, right answers never pass it', () => {
    for (let misses = 0; misses < 40; misses += 4)
      for (let first = 0; first < 9; first++) {
        const walk = checked('', 'w'.repeat(misses));
        for (let n = 0; n < first && walk.state().check; n++) walk.check('correct');
        if (walk.state().check) walk.check('incorrect');
        if (walk.state().check === null || can(walk)) continue;
        while (walk.state().check !== null) walk.check('correct');
        expect(walk.state().skills['a']?.demonstratedAt).toBeNull();
      }
  });
});
