import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choosePlacementSkill } from '../choose-placement.ts';
import { createGraph, requiredClosure } from '../graph.ts';
import { planTrack, type PlanInput } from '../plan.ts';
import { emptyState } from '../state.ts';
import { latticeGraph, skill, smallGraph } from '../testing/graph.ts';
import { createWalk, DAY, T0 } from '../testing/walk.ts';
import { chooseLabs, type LabNode } from './choose-labs.ts';
import { compileTrack } from './compile-track.ts';
import { restEnds } from './rest.ts';
import { waysOut } from './ways-out.ts';
import { whyChains } from './why-chain.ts';

const WEEK = 7 * DAY;
const lattice = latticeGraph(24, 4);
const someTargets = fc.uniqueArray(fc.constantFrom(...lattice.order), { minLength: 1, maxLength: 6 });

describe('a compiled track', () => {
  test('holds the targets and all they require, and nothing else', () => {
    fc.assert(
      fc.property(someTargets, (targets) => {
        const { skills } = compileTrack(lattice, { targets });
        expect([...skills].sort()).toEqual([...requiredClosure(lattice, targets)].sort());
      }),
    );
  });

  test('never puts a skill before what it requires, whatever order the learner prefers', () => {
    fc.assert(
      fc.property(someTargets, fc.shuffledSubarray([...lattice.order]), (targets, preferred) => {
        for (const { skills } of [
          compileTrack(lattice, { targets }),
          compileTrack(lattice, { targets, preferred }),
        ]) {
          for (const [place, id] of skills.entries())
            for (const needed of lattice.skills.get(id)?.requires ?? [])
              expect(skills.indexOf(needed)).toBeLessThan(place);
        }
      }),
    );
  });

  test('keeps an order that the learner chose, as far as requirements allow', () => {
    const graph = smallGraph();
    const { skills } = compileTrack(graph, { targets: ['c', 'f'], preferred: ['f', 'c', 'a', 'b'] });
    expect(skills).toEqual(['f', 'a', 'b', 'c']);
    expect(compileTrack(graph, { targets: ['c', 'f'], preferred: skills }).skills).toEqual(skills);
  });

  test('leaves out ids that do not exist, and names each target once', () => {
    expect(compileTrack(smallGraph(), { targets: ['b', 'gone', 'b'] })).toEqual({
      targets: ['b'],
      skills: ['a', 'b'],
    });
    expect(compileTrack(smallGraph(), { targets: [] }).skills).toEqual([]);
  });

  test('interleaves modules within a stage, and goes from stage to stage', () => {
    const graph = createGraph([
      skill('x1', [], { module: 'x' }),
      skill('x2', [], { module: 'x' }),
      skill('y1', [], { module: 'y' }),
      skill('y2', [], { module: 'y' }),
      skill('z', [], { module: 'x', stage: 2 }),
    ]);
    const { skills } = compileTrack(graph, { targets: ['z', 'x1', 'x2', 'y1', 'y2'] });
    const modules = skills.map((id) => graph.skills.get(id)?.module);
    expect(modules.slice(0, 4)).toEqual(['x', 'y', 'x', 'y']);
    expect(skills.at(-1)).toBe('z');
  });

  test('reaches what is wanted most first', () => {
    const { skills } = compileTrack(lattice, { targets: ['s20', 's03'] });
    expect(skills.indexOf('s03')).toBeGreaterThan(skills.indexOf('s00'));
  });
});

describe('the chain behind a skill', () => {
  const graph = smallGraph();
  const track = compileTrack(graph, { targets: ['d', 'e'] });

  test('leads from it to something asked for, by the shortest way', () => {
    expect(whyChains(graph, track).get('a')).toEqual(['a', 'b', 'e']);
    expect(whyChains(graph, track).get('c')).toEqual(['c', 'd']);
  });

  test('of a target is the target; of a skill outside there is none', () => {
    expect(whyChains(graph, track).get('d')).toEqual(['d']);
    expect(whyChains(graph, track).has('f')).toBe(false);
  });

  test('exists for every skill of every track', () => {
    fc.assert(
      fc.property(someTargets, (targets) => {
        const compiled = compileTrack(lattice, { targets });
        const chains = whyChains(lattice, compiled);
        for (const id of compiled.skills) {
          const chain = chains.get(id) ?? [];
          expect(chain[0]).toBe(id);
          expect(targets).toContain(chain.at(-1));
        }
      }),
    );
  });
});

describe('labs for a track', () => {
  const lab = (id: string, skills: string[], rest: Partial<LabNode> = {}): LabNode => ({
    id,
    skills,
    minutes: 120,
    capstone: null,
    ...rest,
  });
  const ids = (labs: LabNode[]): string[] => labs.map(({ id }) => id);

  test('are as few as carry every target', () => {
    const labs = [lab('one', ['a']), lab('both', ['a', 'b']), lab('other', ['f'])];
    expect(ids(chooseLabs(labs, { targets: ['a', 'b'], skills: ['a', 'b'] }))).toEqual(['both']);
  });

  test('of equal worth are the ones nearest to the track, then the shortest', () => {
    const labs = [
      lab('wide', ['a', 'd', 'e', 'f']),
      lab('long', ['a'], { minutes: 300 }),
      lab('near', ['a']),
    ];
    expect(ids(chooseLabs(labs, { targets: ['a'], skills: ['a'] }))).toEqual(['near']);
  });

  test('include a capstone only where the track holds most of it', () => {
    const labs = [lab('final', ['a', 'b', 'c'], { capstone: 1 }), lab('small', ['a'])];
    expect(ids(chooseLabs(labs, { targets: ['a'], skills: ['a'] }))).toEqual(['small']);
    expect(ids(chooseLabs(labs, { targets: ['a'], skills: ['a', 'b'] }))).toEqual(['final']);
  });

  test('are none where none carries a target', () => {
    expect(chooseLabs([lab('one', ['z'])], { targets: ['a'], skills: ['a'] })).toEqual([]);
  });
});

describe('ways out of a deadline', () => {
  const input = (rest: Partial<PlanInput> = {}): PlanInput => ({
    graph: lattice,
    state: emptyState(),
    skills: lattice.order,
    hoursPerWeek: 5,
    now: T0,
    deadline: T0 + 3 * WEEK,
    ...rest,
  });

  test('are not needed without a deadline, or where nine in ten meet it', () => {
    expect(waysOut(input({ deadline: null }), lattice.order)).toBeNull();
    expect(waysOut(input({ deadline: T0 + 100 * WEEK }), lattice.order)).toBeNull();
  });

  test('each keep what they promise', () => {
    const ways = waysOut(input(), lattice.order);
    if (ways === null) throw new Error('Three weeks are not enough');
    const { half, nine } = ways.hours;
    expect(planTrack(input({ hoursPerWeek: half ?? 0 }))?.deadlineShare).toBeGreaterThanOrEqual(0.5);
    expect(planTrack(input({ hoursPerWeek: (half ?? 0) - 0.5 }))?.deadlineShare).toBeLessThan(0.5);
    expect(nine).toBeGreaterThan(half ?? 0);
    expect(ways.fewer?.p50).toBeLessThanOrEqual(T0 + 3 * WEEK);
    expect([...(ways.fewer?.targets ?? []), ...(ways.fewer?.dropped ?? [])]).toEqual([...lattice.order]);
    expect(planTrack(input({ deadline: ways.later }))?.meetsDeadline).toBe(true);
    expect(ways.wish.done).toBeLessThan(ways.wish.of);
    expect(ways.weeksNeeded).toBeGreaterThan(ways.weeksLeft);
  });

  test('of a date that is over are a later date and nothing else', () => {
    const ways = waysOut(input({ deadline: '2001-01-01' }), lattice.order);
    expect(ways).toMatchObject({
      hours: { half: null, nine: null },
      fewer: null,
      share: 0,
      wish: { done: 0 },
    });
    expect(ways?.later).toBeGreaterThan(T0);
  });
});

describe('a rest', () => {
  test('moves the finish by its length and ends on its day', () => {
    const input: PlanInput = {
      graph: lattice,
      state: emptyState(),
      skills: lattice.order,
      hoursPerWeek: 5,
      now: T0,
      deadline: null,
    };
    const before = planTrack(input);
    const after = planTrack({ ...input, pausedUntil: T0 + 2 * WEEK });
    expect((after?.p50 ?? 0) - (before?.p50 ?? 0)).toBe(2 * WEEK);
    expect(planTrack({ ...input, pausedUntil: T0 - WEEK })).toEqual(before);
    expect(restEnds({ pausedUntil: '2027-01-04' })).toBe(Date.UTC(2027, 0, 4));
    expect(restEnds({ pausedUntil: null })).toBeNull();
    expect(restEnds({})).toBeNull();
  });
});

describe('a background', () => {
  test('makes a placement ask sooner, and is no evidence', () => {
    const graph = smallGraph();
    const walk = createWalk(graph);
    walk.setGoal(['d', 'e', 'f']);
    const placement = {
      placementId: 'p',
      skills: [...graph.order],
      startedAt: T0,
      lastAnswerAt: T0,
      answers: [],
    };
    const state = { ...walk.state(), placement };
    const goal = state.goal;
    if (goal === null) throw new Error('A goal was set');
    const plain = choosePlacementSkill(state, graph);
    const likely = choosePlacementSkill({ ...state, goal: { ...goal, likely: ['c'] } }, graph);
    expect(likely).toBe('c');
    expect(plain).not.toBe('c');
    expect(state.skills).toEqual({});
  });
});
