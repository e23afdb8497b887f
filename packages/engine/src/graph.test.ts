import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  ancestorsOf,
  createGraph,
  dependentsOf,
  getSkill,
  levelDifficulty,
  requiredClosure,
  skillDifficulty,
  skillKinds,
} from './graph.ts';
import { family, latticeGraph, skill, smallGraph } from './testing/graph.ts';

describe('building a graph', () => {
  test('an empty graph is a graph', () => {
    const graph = createGraph([]);
    expect(graph.order).toEqual([]);
    expect(graph.skills.size).toBe(0);
  });

  test('what a skill requires comes before it, whatever the order given', () => {
    const graph = createGraph([skill('c', ['b']), skill('b', ['a']), skill('a')]);
    expect(graph.order).toEqual(['a', 'b', 'c']);
  });

  test('what a skill builds on comes before it too', () => {
    const graph = createGraph([skill('b', [], { buildsOn: ['a'] }), skill('a')]);
    expect(graph.order).toEqual(['a', 'b']);
  });

  test('ties go by stage, then by the order given', () => {
    const graph = createGraph([
      skill('late', [], { stage: 3 }),
      skill('second', [], { stage: 1 }),
      skill('third', [], { stage: 1 }),
      skill('middle', [], { stage: 2 }),
    ]);
    expect(graph.order).toEqual(['second', 'third', 'middle', 'late']);
  });

  test('a skill given twice is named', () => {
    expect(() => createGraph([skill('a'), skill('a')])).toThrow('Skill given twice: a');
  });

  test('an unknown requirement is named with the skill that asks for it', () => {
    expect(() => createGraph([skill('b', ['a'])])).toThrow('Skill b depends on unknown skills: a');
  });

  test('an unknown skill to build on is named too', () => {
    expect(() => createGraph([skill('b', [], { buildsOn: ['x'] })])).toThrow(/b .*: x/);
  });

  test('a cycle is refused and its skills are named', () => {
    expect(() => createGraph([skill('a', ['c']), skill('b', ['a']), skill('c', ['b'])])).toThrow(
      /cycle: a, b, c/,
    );
  });

  test('a cycle over both kinds of edge is refused', () => {
    expect(() => createGraph([skill('a', [], { buildsOn: ['b'] }), skill('b', ['a'])])).toThrow(/cycle/);
  });

  test('a skill that requires itself is refused', () => {
    expect(() => createGraph([skill('a', ['a'])])).toThrow(/cycle: a/);
  });

  test('an edge given both as required and as built on counts once', () => {
    const graph = createGraph([skill('a'), skill('b', ['a'], { buildsOn: ['a'] })]);
    expect(graph.order).toEqual(['a', 'b']);
  });
});

describe('asking a graph', () => {
  const graph = smallGraph();

  test('getSkill throws on an id that the graph does not hold', () => {
    expect(() => getSkill(graph, 'nowhere')).toThrow('No such skill: nowhere');
  });

  test('getSkill gives the node', () => {
    expect(getSkill(graph, 'b').requires).toEqual(['a']);
  });

  test('the closure holds the ids and all they require, in learning order', () => {
    expect(requiredClosure(graph, ['d'])).toEqual(['a', 'b', 'c', 'd']);
    expect(requiredClosure(graph, ['f', 'b'])).toEqual(['a', 'b', 'f']);
  });

  test('the closure of nothing is nothing', () => {
    expect(requiredClosure(graph, [])).toEqual([]);
  });

  test('the closure of an unknown id throws', () => {
    expect(() => requiredClosure(graph, ['x'])).toThrow('No such skill: x');
  });

  test('ancestors leave the skill itself out', () => {
    expect(ancestorsOf(graph, 'c')).toEqual(['a', 'b']);
    expect(ancestorsOf(graph, 'a')).toEqual([]);
  });

  test('what a skill builds on is no ancestor: it never locks', () => {
    const soft = createGraph([skill('a'), skill('b', [], { buildsOn: ['a'] })]);
    expect(ancestorsOf(soft, 'b')).toEqual([]);
  });

  test('dependents are direct only', () => {
    expect(dependentsOf(graph, 'b')).toEqual(['c', 'e']);
    expect(dependentsOf(graph, 'd')).toEqual([]);
  });
});

describe('difficulty', () => {
  test('levels are .9 logits apart: a new learner meets p = .62, .40 and .21', () => {
    const p = ([1, 2, 3] as const).map((level) => 1 / (1 + Math.exp(levelDifficulty(level))));
    expect(p.map((value) => value.toFixed(2))).toEqual(['0.62', '0.40', '0.21']);
  });

  test('a skill is as difficult as its families on average', () => {
    const families = [family('a', 'one', { level: 1 }), family('a', 'two', { level: 3 })];
    const graph = createGraph([skill('a', [], { families })]);
    expect(skillDifficulty(graph, 'a')).toBeCloseTo(0.4, 12);
  });

  test('a skill without families has difficulty 0', () => {
    const graph = createGraph([skill('a', [], { families: [], written: false })]);
    expect(skillDifficulty(graph, 'a')).toBe(0);
  });

  test('kinds are listed once, in the order of the families', () => {
    expect(skillKinds(smallGraph(), 'a')).toEqual(['numeric', 'choice']);
  });
});

describe('properties', () => {
  const graphs = fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 8 }))
    .map(([count, width]) => latticeGraph(count, width));

  test('the order holds every skill once, after all that it requires', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const place = new Map(graph.order.map((id, index) => [id, index]));
        expect(place.size).toBe(graph.skills.size);
        for (const node of graph.skills.values()) {
          for (const id of node.requires) expect(place.get(id)).toBeLessThan(place.get(node.id) as number);
        }
      }),
    );
  });

  test('a closure is closed, and closing it again changes nothing', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (graph, pick) => {
        const id = graph.order[pick % graph.order.length] as string;
        const closure = requiredClosure(graph, [id]);
        for (const member of closure) {
          for (const required of getSkill(graph, member).requires) expect(closure).toContain(required);
        }
        expect(requiredClosure(graph, closure)).toEqual(closure);
      }),
    );
  });

  test('the order does not depend on the order of the edges', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const turned = [...graph.skills.values()].map((node) => ({
          ...node,
          requires: [...node.requires].reverse(),
        }));
        expect(createGraph(turned).order).toEqual(graph.order);
      }),
    );
  });
});
