import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { chooseReviewSkill, listDueReviews } from './choose-review.ts';
import { createGraph } from './graph.ts';
import { rankFamilies } from './select.ts';
import { emptyState } from './state.ts';
import { family, skill, smallGraph } from './testing/graph.ts';
import { deeds, stroll } from './testing/stroll.ts';
import { createWalk, DAY, HOUR, type Walk } from './testing/walk.ts';

const graph = smallGraph();

const ids = (
  walk: Walk,
  place: 'check' | 'practice' | 'review' | 'placement' | 'lab',
  seed = 's',
  exclude?: string[],
): string[] =>
  rankFamilies(walk.state(), walk.graph, { skill: 'a', place, seed, ...(exclude ? { exclude } : {}) }).map(
    (node) => node.id,
  );

describe('families marked for checks', () => {
  test('appear in a check', () => {
    expect(ids(createWalk(graph), 'check')).toContain('a-exam');
  });

  test('appear nowhere else', () => {
    for (const place of ['practice', 'placement', 'review', 'lab'] as const) {
      expect(ids(createWalk(graph), place)).not.toContain('a-exam');
    }
  });
});

describe('any choice', () => {
  test('leaves out what it is told to', () => {
    expect(ids(createWalk(graph), 'practice', 's', ['a-one', 'a-two'])).toEqual(['a-three']);
  });

  test('of an unknown skill is an error', () => {
    expect(() => rankFamilies(emptyState(), graph, { skill: 'x', place: 'practice', seed: '' })).toThrow(
      'No such skill: x',
    );
  });

  test('of a skill without families is empty', () => {
    const bare = createGraph([skill('a', [], { families: [] })]);
    expect(rankFamilies(emptyState(), bare, { skill: 'a', place: 'practice', seed: '' })).toEqual([]);
  });

  test('is the same for the same state and seed', () => {
    fc.assert(
      fc.property(
        deeds,
        fc.string(),
        fc.constantFrom('check', 'practice', 'review', 'placement'),
        (list, seed, place) => {
          const walk = stroll(graph, list);
          expect(ids(walk, place as 'check', seed)).toEqual(ids(walk, place as 'check', seed));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('holds every family that may be served exactly once, whatever the seed', () => {
    fc.assert(
      fc.property(deeds, fc.string(), (list, seed) => {
        const walk = stroll(graph, list);
        expect([...ids(walk, 'check', seed)].sort()).toEqual(['a-exam', 'a-one', 'a-three', 'a-two']);
        expect([...ids(walk, 'practice', seed)].sort()).toEqual(['a-one', 'a-three', 'a-two']);
      }),
      { numRuns: 30 },
    );
  });
});

describe('in a check', () => {
  test('the most informative near p = .80 comes first: the hardest', () => {
    expect(ids(createWalk(graph), 'check')[0]).toBe('a-three');
    expect(ids(createWalk(graph), 'check').at(-1)).toBe('a-exam');
  });

  test('the family least used in this check comes before that', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('correct', { family: 'a-three' });
    expect(ids(walk, 'check').at(-1)).toBe('a-three');
  });

  test('then the kind least used', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('correct', { family: 'a-three' });
    // a-one is numeric like a-three; a-two is a choice, and tells more than the easy a-exam.
    expect(ids(walk, 'check').slice(0, 3)).toEqual(['a-two', 'a-exam', 'a-one']);
  });

  test('families are gone through before one repeats', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    const seen = new Set<string>();
    for (let i = 0; i < 4; i++) {
      const next = ids(walk, 'check')[0] as string;
      seen.add(next);
      walk.append([]);
      const open = walk.ask({ skill: 'a', place: 'check', family: next });
      if (walk.answer(open, 'correct').some((event) => event.type === 'check-ended')) break;
    }
    expect(seen.size).toBeGreaterThanOrEqual(3);
  });

  test('what was used in an earlier check does not count', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('correct', { family: 'a-three' });
    walk.leave();
    walk.startCheck('a');
    expect(ids(walk, 'check')[0]).toBe('a-three');
  });

  test('the check’s seed settles what is left: different checks begin with different families', () => {
    const families = ['one', 'two', 'three', 'four', 'five'].map((name) => family('a', name));
    const walk = createWalk(createGraph([skill('a', [], { families })]));
    const firsts = new Set(Array.from({ length: 40 }, (_, i) => ids(walk, 'check', `check-${i}`)[0]));
    expect(firsts.size).toBe(5);
  });
});

describe('in practice', () => {
  test('families owed after a not yet come first', () => {
    const walk = createWalk(graph);
    walk.startCheck('a');
    walk.check('incorrect', { family: 'a-three' });
    walk.check('incorrect', { family: 'a-three' });
    expect(ids(walk, 'practice')[0]).toBe('a-three');
  });

  test('a struggling learner is not given the hardest', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 4; i++) walk.practise('a', 'incorrect', { family: 'a-three' });
    expect(ids(walk, 'practice').at(-1)).toBe('a-three');
  });

  test('a strong learner is', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 12; i++) walk.practise('a', 'correct', { family: 'a-one' });
    expect(ids(walk, 'practice')[0]).toBe('a-three');
  });

  test('of families as hard, the one seen longest ago comes first', () => {
    const families = ['one', 'two', 'three'].map((name) => family('a', name));
    const walk = createWalk(createGraph([skill('a', [], { families })]));
    walk.practise('a', 'correct', { family: 'a-two' });
    walk.practise('a', 'correct', { family: 'a-one' });
    expect(ids(walk, 'practice')).toEqual(['a-three', 'a-two', 'a-one']);
  });
});

describe('in a placement', () => {
  test('nothing easier than the skill comes first: it would say little about it', () => {
    const families = [
      family('a', 'easy', { level: 1 }),
      family('a', 'mid'),
      family('a', 'hard', { level: 3 }),
    ];
    const walk = createWalk(createGraph([skill('a', [], { families })]));
    expect(ids(walk, 'placement')[0]).toBe('a-mid');
  });
});

describe('in a review', () => {
  test('the family seen longest ago comes first', () => {
    const walk = createWalk(graph);
    walk.practise('a', 'correct', { family: 'a-three' });
    expect(ids(walk, 'review').at(-1)).toBe('a-three');
  });
});

describe('which skill to review', () => {
  const passed = (...skills: string[]): Walk => {
    const walk = createWalk(graph);
    for (const id of skills) walk.pass(id);
    return walk;
  };

  test('none where nothing was learned, or nothing is due', () => {
    expect(chooseReviewSkill(emptyState(), graph, 0)).toBeNull();
    const walk = passed('a');
    expect(chooseReviewSkill(walk.state(), graph, walk.now() + HOUR)).toBeNull();
  });

  test('the one due longest', () => {
    const walk = passed('a');
    walk.wait(DAY);
    walk.pass('f');
    walk.wait(20 * DAY);
    expect(listDueReviews(walk.state(), graph, walk.now())).toEqual(['a', 'f']);
    expect(chooseReviewSkill(walk.state(), graph, walk.now())).toBe('a');
  });

  test('never the last one while another is due, so that reviews are mixed', () => {
    const walk = passed('a', 'f');
    walk.wait(10 * DAY);
    const first = chooseReviewSkill(walk.state(), graph, walk.now()) as string;
    walk.review(first, 'correct');
    walk.wait(30 * DAY);
    expect(chooseReviewSkill(walk.state(), graph, walk.now())).not.toBe(first);
  });

  test('another scheduled skill in between where only the last one is due', () => {
    const walk = passed('a', 'f');
    walk.wait(3 * DAY);
    walk.review('f', 'correct');
    walk.review('a', 'incorrect');
    walk.wait(2 * DAY);
    expect(listDueReviews(walk.state(), graph, walk.now())).toEqual(['a']);
    expect(chooseReviewSkill(walk.state(), graph, walk.now())).toBe('f');
  });

  test('the last one again where there is no other at all', () => {
    const walk = passed('a');
    walk.wait(3 * DAY);
    walk.review('a', 'incorrect');
    walk.wait(2 * DAY);
    expect(chooseReviewSkill(walk.state(), graph, walk.now())).toBe('a');
  });

  test('a Placed skill within 7 days', () => {
    const walk = passed('b');
    walk.wait(7 * DAY);
    expect(listDueReviews(walk.state(), graph, walk.now())).toContain('a');
  });

  test('no longer a skill whose Placed was lost', () => {
    const walk = passed('b');
    walk.wait(5 * DAY);
    walk.review('a', 'incorrect');
    walk.wait(30 * DAY);
    expect(listDueReviews(walk.state(), graph, walk.now())).toEqual(['b']);
  });

  test('one that owes a confirming item, before all others', () => {
    const walk = passed('f', 'a');
    walk.append([
      {
        type: 'item-retracted',
        body: { family: 'a-one', variant: null, reason: '', issues: [], confirm: ['a'] },
      },
    ]);
    expect(chooseReviewSkill(walk.state(), graph, walk.now())).toBe('a');
  });

  test('none that the graph no longer holds or that has nothing to serve', () => {
    const walk = passed('a');
    const later = walk.now() + 30 * DAY;
    expect(listDueReviews(walk.state(), createGraph([]), later)).toEqual([]);
    expect(listDueReviews(walk.state(), createGraph([skill('a', [], { written: false })]), later)).toEqual(
      [],
    );
  });
});
