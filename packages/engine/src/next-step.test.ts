import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { endExplaining, gradeLab, startExplaining } from './decide-lab.ts';
import { createGraph } from './graph.ts';
import { nextStep, type NextStep } from './next-step.ts';
import { hasPassed, isOpen } from './standing.ts';
import { skill, smallGraph } from './testing/graph.ts';
import { deeds, stroll } from './testing/stroll.ts';
import { createWalk, DAY, HOUR, type Walk } from './testing/walk.ts';

const graph = smallGraph();
const next = (walk: Walk): NextStep => nextStep(walk.state(), walk.graph, walk.now());

const onTrack = (track = ['a', 'b', 'c', 'd']): Walk => {
  const walk = createWalk(graph);
  walk.setGoal(track);
  return walk;
};

const begun = (track?: string[]): Walk => {
  const walk = onTrack(track);
  walk.place(track ?? ['a', 'b', 'c', 'd'], () => 'skipped');
  return walk;
};

describe('at the beginning', () => {
  test('a learner without a goal is asked for one', () => {
    expect(next(createWalk(graph))).toMatchObject({
      action: 'done',
      skill: null,
      why: expect.stringContaining('goal'),
    });
  });

  test('a goal that holds no skills is said to', () => {
    expect(next(onTrack([]))).toMatchObject({ action: 'done', why: expect.stringContaining('no skills') });
  });

  test('a placement comes first', () => {
    expect(next(onTrack())).toMatchObject({ action: 'placement', skill: null });
  });

  test('a learner who has begun without one is not sent back to it', () => {
    const walk = onTrack();
    walk.practise('a', 'correct');
    expect(next(walk).action).toBe('practice');
  });
});

describe('an open session', () => {
  test('comes before all else: a check', () => {
    const walk = onTrack();
    walk.startCheck('f');
    expect(next(walk)).toMatchObject({ action: 'check', skill: 'f' });
  });

  test('or a placement', () => {
    const walk = onTrack();
    walk.append([{ type: 'placement-started', body: { placementId: 'p', skills: ['a'] } }]);
    expect(next(walk)).toMatchObject({ action: 'placement' });
  });
});

describe('a review that is due', () => {
  test('comes before new skills, and does not say which', () => {
    const walk = begun();
    walk.pass('a');
    walk.wait(5 * DAY);
    expect(next(walk)).toMatchObject({ action: 'review', skill: null });
  });
});

describe('on the track', () => {
  test('the first open skill is practised', () => {
    expect(next(begun())).toMatchObject({ action: 'practice', skill: expect.any(String) });
    const walk = onTrack(['f', 'a']);
    walk.place(['a'], () => 'skipped');
    expect(next(walk)).toMatchObject({ action: 'practice', skill: 'a' });
  });

  test('what was begun is finished before another is started', () => {
    const walk = begun(['a', 'f']);
    walk.wait(HOUR);
    walk.practise('f', 'correct');
    expect(next(walk)).toMatchObject({ action: 'practice', skill: 'f' });
  });

  test('a check is proposed from p = .80 on', () => {
    const walk = begun(['f']);
    for (let i = 0; i < 8; i++) walk.practise('f', 'correct');
    expect(next(walk)).toMatchObject({ action: 'check', skill: 'f' });
    expect(next(walk).why).toMatch(/p at \.8\d/);
  });

  test('what is owed after a not yet is named', () => {
    const walk = begun(['f']);
    walk.fail('f');
    expect(next(walk)).toMatchObject({ action: 'practice', skill: 'f' });
    expect(next(walk).why).toContain('3 right practice answers');
    walk.mend('f');
    expect(next(walk).why).not.toContain('not yet');
  });

  test('a missed family that cannot be practised fresh is not owed, and the check comes as soon as it may', () => {
    const walk = begun(['f']);
    for (let i = 0; i < 8; i++) walk.practise('f', 'correct');
    walk.fail('f');
    const missed = walk.state().skills['f']?.mend?.families[0];
    const other = missed === 'f-one' ? 'f-three' : 'f-one';
    for (let i = 0; i < 8; i++) walk.practise('f', 'correct', { family: other });
    expect(next(walk).action).toBe('practice');
    const left = (family: string) => family === other;
    expect(nextStep(walk.state(), graph, walk.now(), left)).toMatchObject({ action: 'check', skill: 'f' });
  });

  test('a skill of which nothing fresh is left to practise gives way, and is said to wait', () => {
    const walk = begun(['f', 'a']);
    walk.fail('f');
    const nothingOfF = (family: string) => !family.startsWith('f-');
    expect(nextStep(walk.state(), graph, walk.now(), nothingOfF)).toMatchObject({
      action: 'practice',
      skill: 'a',
    });
    walk.pass('a');
    expect(nextStep(walk.state(), graph, walk.now(), nothingOfF)).toMatchObject({
      action: 'done',
      skill: null,
      why: expect.stringContaining('90 days'),
    });
  });

  test('after a stop the weakest prerequisite is proposed', () => {
    const walk = begun(['a', 'b']);
    walk.pass('a');
    for (let i = 0; i < 3; i++) {
      walk.fail('b');
      walk.mend('b');
    }
    expect(next(walk)).toMatchObject({ action: 'practice', skill: 'a' });
    walk.wait(12 * HOUR);
    expect(next(walk).skill).toBe('b');
  });

  test('after a stop on a skill that requires nothing a person is named', () => {
    const walk = begun(['f']);
    for (let i = 0; i < 3; i++) {
      walk.fail('f');
      walk.mend('f');
    }
    expect(next(walk)).toMatchObject({
      action: 'practice',
      skill: 'f',
      why: expect.stringContaining('person'),
    });
  });

  test('placed skills are passed over until the rest is done, then checked', () => {
    const walk = onTrack(['a', 'b']);
    walk.pass('b');
    expect(next(walk)).toMatchObject({
      action: 'check',
      skill: 'a',
      why: expect.stringContaining('provisionally'),
    });
  });

  test('a skill whose Placed was lost is practised, with the reason', () => {
    const walk = onTrack(['a', 'b']);
    walk.pass('b');
    walk.wait(5 * DAY);
    walk.review('a', 'incorrect');
    walk.review('b', 'correct');
    expect(next(walk)).toMatchObject({
      action: 'practice',
      skill: 'a',
      why: expect.stringContaining('was placed'),
    });
  });
});

describe('at the end', () => {
  test('all passed is said', () => {
    const walk = onTrack(['f']);
    walk.pass('f');
    expect(next(walk)).toMatchObject({ action: 'done', why: expect.stringContaining('every skill') });
  });

  test('what is not written yet is said', () => {
    const walk = createWalk(createGraph([skill('a'), skill('b', ['a'], { written: false })]));
    walk.setGoal(['a', 'b']);
    walk.pass('a');
    expect(next(walk)).toMatchObject({ action: 'done', why: expect.stringContaining('being written') });
  });

  test('a track locked from outside says so', () => {
    const walk = onTrack(['d']);
    walk.place(['d'], () => 'skipped');
    expect(next(walk)).toMatchObject({ action: 'done', why: expect.stringContaining('challenge') });
  });
});

describe('labs', () => {
  const withLabs = (walk: Walk) => nextStep(walk.state(), graph, walk.now(), undefined, ['first', 'second']);
  const graded = (walk: Walk, lab: string, status: 'passed' | 'failed') =>
    walk.append(
      gradeLab(walk.state(), walk.ctx(), {
        submissionId: `${lab}-1`,
        lab,
        labHash: '',
        language: 'py',
        sandbox: 'pyodide',
        status,
        files: '',
        tests: { passed: 1, of: 1 },
        lines: [{ id: 'l', weight: 100, earned: 100, by: 'tests', skills: ['a'] }],
      }),
    );
  const explained = (walk: Walk, lab: string) => {
    const asked = { explainId: `${lab}-e`, submissionId: `${lab}-1`, lab, questions: 3 };
    walk.append(startExplaining(walk.state(), walk.ctx(), asked));
    walk.append(endExplaining(walk.state(), walk.ctx(), { reason: 'answered', right: 3 }));
  };

  test('come once every skill of the track is passed', () => {
    const walk = onTrack(['a']);
    expect(withLabs(walk).action).not.toBe('lab');
    walk.pass('a');
    expect(withLabs(walk)).toMatchObject({ action: 'lab', lab: 'first', skill: null });
    expect(next(walk).action).toBe('done');
  });

  test('that are passed are explained first, and explained ones are done', () => {
    const walk = onTrack(['a']);
    walk.pass('a');
    graded(walk, 'second', 'passed');
    expect(withLabs(walk)).toMatchObject({ lab: 'second', why: expect.stringContaining('questions') });
    explained(walk, 'second');
    expect(withLabs(walk)).toMatchObject({ lab: 'first' });
    graded(walk, 'first', 'failed');
    expect(withLabs(walk)).toMatchObject({ lab: 'first' });
    graded(walk, 'first', 'passed');
    explained(walk, 'first');
    expect(withLabs(walk).action).toBe('done');
  });
});

describe('properties', () => {
  test('there is always a step with a reason in plain words', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        stroll(graph, list, (walk) => {
          const { why } = next(walk);
          expect(why.length).toBeGreaterThan(20);
          expect(why).not.toContain('!');
          expect(why).toMatch(/\.$/);
        });
      }),
      { numRuns: 30 },
    );
  });

  test('it never proposes a skill that is locked or passed, but for an open check and after a stop', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const walk = stroll(graph, list);
        const { action, skill: id } = next(walk);
        if (id === null || walk.state().check !== null) return;
        const proposed = Object.values(walk.state().skills).some((record) => record.stopPropose === id);
        if (action === 'practice' && proposed) return;
        expect(isOpen(walk.state(), graph, id)).toBe(true);
        expect(hasPassed(walk.state().skills[id])).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
