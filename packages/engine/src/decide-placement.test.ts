import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { choosePlacementSkill } from './choose-placement.ts';
import { dueClosures, endPlacement, placeable, startPlacement } from './decide-placement.ts';
import type { Outcome } from './events.ts';
import { ancestorsOf, createGraph } from './graph.ts';
import { createRandom } from './random.ts';
import { isOpen, stateOf } from './standing.ts';
import { emptyState } from './state.ts';
import { latticeGraph, skill, smallGraph } from './testing/graph.ts';
import { bodies, createWalk, DAY, HOUR, type Walk } from './testing/walk.ts';

const graph = smallGraph();
const lattice = latticeGraph(30, 5);

const placedIn = (walk: Walk): string[] =>
  bodies(walk.events, 'skills-placed').flatMap((body) => body.skills.map((entry) => entry.skill));

const begin = (walk: Walk, skills: string[]): void => {
  walk.append(startPlacement(walk.state(), walk.ctx(), { placementId: 'p', skills }));
};

const respond = (walk: Walk, id: string, outcome: Outcome): void => {
  walk.answer(walk.ask({ skill: id, place: 'placement', family: `${id}-three` }), outcome);
};

describe('a placement', () => {
  test('opens one at a time', () => {
    const walk = createWalk(graph);
    begin(walk, ['a']);
    expect(() => begin(walk, ['f'])).toThrow('A placement is open already: p');
  });

  test('cannot end where none is open', () => {
    const walk = createWalk(graph);
    expect(() => endPlacement(walk.state(), walk.ctx(), { reason: 'stopped' })).toThrow(
      'No placement is open',
    );
  });

  test('records how many were asked and why it ended', () => {
    const walk = createWalk(graph);
    begin(walk, ['a']);
    respond(walk, 'a', 'correct');
    walk.append(endPlacement(walk.state(), walk.ctx(), { reason: 'stopped' }));
    expect(bodies(walk.events, 'placement-ended')).toEqual([
      { placementId: 'p', reason: 'stopped', asked: 1 },
    ]);
    expect(walk.state()).toMatchObject({ placement: null, placementsEnded: 1 });
  });

  test('voids the unanswered item', () => {
    const walk = createWalk(graph);
    begin(walk, ['a']);
    const issueId = walk.ask({ skill: 'a', place: 'placement' });
    walk.append(endPlacement(walk.state(), walk.ctx(), { reason: 'stopped' }));
    expect(bodies(walk.events, 'issue-voided')).toEqual([{ issueId, reason: 'placement-closed' }]);
  });

  test('is closed by 24 hours without an answer, and still places what it carries', () => {
    const walk = createWalk(graph);
    begin(walk, ['a', 'b', 'c', 'd']);
    for (const id of ['d', 'd', 'd', 'c']) respond(walk, id, 'correct');
    walk.wait(24 * HOUR);
    walk.close();
    expect(bodies(walk.events, 'placement-ended')[0]).toMatchObject({ reason: 'stopped', asked: 4 });
    expect(placedIn(walk)).toContain('a');
  });

  test('and a check that both ran out are both closed', () => {
    const walk = createWalk(graph);
    begin(walk, ['a']);
    walk.startCheck('f');
    walk.wait(DAY);
    expect(dueClosures(walk.state(), walk.ctx()).map((event) => event.type)).toEqual([
      'check-ended',
      'placement-ended',
    ]);
  });
});

describe('placing', () => {
  test('takes p of .85: one right answer is not enough', () => {
    const walk = createWalk(graph);
    begin(walk, ['a']);
    respond(walk, 'a', 'correct');
    expect(placeable(walk.state(), graph, walk.state().placement as never, walk.now())).toEqual([]);
  });

  test('takes three right answers on a skill that nothing else speaks for', () => {
    const walk = createWalk(graph);
    begin(walk, ['f']);
    for (let i = 0; i < 3; i++) respond(walk, 'f', 'correct');
    walk.append(endPlacement(walk.state(), walk.ctx(), { reason: 'complete' }));
    const [placed] = bodies(walk.events, 'skills-placed');
    expect(placed?.skills[0]).toMatchObject({ skill: 'f' });
    expect(placed?.skills[0]?.p).toBeGreaterThanOrEqual(0.85);
    expect(stateOf(walk.state().skills['f'])).toBe('placed');
  });

  test('takes right answers on what requires the skill, too', () => {
    const walk = createWalk(graph);
    begin(walk, ['a', 'b', 'c', 'd']);
    for (const id of ['d', 'd', 'c', 'b']) respond(walk, id, 'correct');
    walk.append(endPlacement(walk.state(), walk.ctx(), { reason: 'complete' }));
    expect(placedIn(walk)).toContain('a');
    expect(walk.state().skills['a']?.attempts).toBe(0);
  });

  test('does not take evidence from elsewhere alone', () => {
    const walk = createWalk(graph);
    begin(walk, ['a', 'b', 'c', 'd', 'f']);
    for (const id of ['d', 'd', 'd', 'c', 'c', 'c', 'b', 'b']) respond(walk, id, 'correct');
    walk.append(endPlacement(walk.state(), walk.ctx(), { reason: 'complete' }));
    expect(placedIn(walk)).not.toContain('f');
  });

  test('does not place a skill that was missed there, whatever p is', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 12; i++) walk.practise('f', 'correct');
    begin(walk, ['f']);
    respond(walk, 'f', 'correct');
    respond(walk, 'f', 'incorrect');
    for (let i = 0; i < 4; i++) respond(walk, 'f', 'correct');
    walk.append(endPlacement(walk.state(), walk.ctx(), { reason: 'complete' }));
    expect(placedIn(walk)).toEqual([]);
  });

  test('does not place without a right answer there, though practice carried p past .85', () => {
    const walk = createWalk(graph);
    for (let i = 0; i < 12; i++) walk.practise('f', 'correct');
    begin(walk, ['f']);
    walk.append(endPlacement(walk.state(), walk.ctx(), { reason: 'stopped' }));
    expect(placedIn(walk)).toEqual([]);
  });

  test('leaves what was passed as it is', () => {
    const walk = createWalk(graph);
    walk.pass('f');
    begin(walk, ['f']);
    for (let i = 0; i < 4; i++) respond(walk, 'f', 'correct');
    walk.append(endPlacement(walk.state(), walk.ctx(), { reason: 'complete' }));
    expect(placedIn(walk)).toEqual([]);
  });

  test('opens what follows at once', () => {
    const walk = createWalk(graph);
    walk.place(['a', 'b', 'c', 'd'], () => 'correct');
    for (const id of ['b', 'c', 'd', 'e']) expect(isOpen(walk.state(), graph, id)).toBe(true);
  });

  test('never demonstrates anything', () => {
    const walk = createWalk(graph);
    walk.place(['a', 'b', 'c', 'd', 'e', 'f'], () => 'correct');
    for (const record of Object.values(walk.state().skills)) expect(record.demonstratedAt).toBeNull();
  });

  test('schedules a first review within 7 days', () => {
    const walk = createWalk(graph);
    walk.place(['a', 'b', 'c', 'd'], () => 'correct');
    for (const id of placedIn(walk)) {
      expect((walk.state().skills[id]?.review?.dueAt ?? 0) - walk.now()).toBeLessThanOrEqual(7 * DAY);
    }
  });
});

describe('choosing what to ask', () => {
  test('asks nothing where no placement is open', () => {
    expect(choosePlacementSkill(emptyState(), graph)).toBeNull();
  });

  test('starts in the middle of a chain: either answer then settles half', () => {
    const walk = createWalk(
      createGraph(Array.from({ length: 9 }, (_, i) => skill(`k${i}`, i === 0 ? [] : [`k${i - 1}`]))),
    );
    begin(walk, [...walk.graph.order]);
    const first = choosePlacementSkill(walk.state(), walk.graph) as string;
    expect(ancestorsOf(walk.graph, first).length).toBeLessThan(6);
  });

  test('does not ask about what requires a missed skill', () => {
    const walk = createWalk(graph);
    begin(walk, ['a', 'b', 'c', 'd', 'e']);
    respond(walk, 'b', 'incorrect');
    expect(choosePlacementSkill(walk.state(), graph)).toBe('a');
  });

  test('does not ask about a missed skill again', () => {
    const walk = createWalk(graph);
    begin(walk, ['f']);
    respond(walk, 'f', 'skipped');
    expect(choosePlacementSkill(walk.state(), graph)).toBeNull();
  });

  test('does not ask about what was passed', () => {
    const walk = createWalk(graph);
    walk.pass('f');
    begin(walk, ['f']);
    expect(choosePlacementSkill(walk.state(), graph)).toBeNull();
  });

  test('does not ask about what has no content, or items for checks only', () => {
    const exam = skill('exam');
    const bare = createGraph([
      skill('planned', [], { written: false }),
      { ...exam, families: exam.families.filter((family) => family.use === 'check') },
    ]);
    const walk = createWalk(bare);
    begin(walk, ['planned', 'exam']);
    expect(choosePlacementSkill(walk.state(), bare)).toBeNull();
  });

  test('leaves out ids that the graph no longer holds', () => {
    const walk = createWalk(graph);
    begin(walk, ['gone', 'f']);
    expect(choosePlacementSkill(walk.state(), graph)).toBe('f');
  });

  test('spares a newcomer: four misses in a row end it', () => {
    const walk = createWalk(lattice);
    walk.place([...lattice.order], () => 'skipped');
    expect(bodies(walk.events, 'placement-ended')[0]?.asked).toBe(4);
  });

  test('asks one who knows all of a short track few questions', () => {
    const walk = createWalk(graph);
    walk.place(['a', 'b', 'c', 'd'], () => 'correct');
    expect(bodies(walk.events, 'placement-ended')[0]?.asked).toBeLessThanOrEqual(8);
    expect(placedIn(walk)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('places much of what a learner knows who knows the lower half of a track, and nothing else', () => {
    const known = new Set(lattice.order.slice(0, 15));
    const walk = createWalk(lattice);
    walk.place([...lattice.order], (id) => (known.has(id) ? 'correct' : 'incorrect'));
    expect(placedIn(walk).length).toBeGreaterThanOrEqual(2);
    for (const id of placedIn(walk)) expect(known.has(id)).toBe(true);
  });

  test('places little for a guesser', () => {
    let placed = 0;
    for (let run = 0; run < 20; run++) {
      const random = createRandom(`guesser ${run}`);
      const walk = createWalk(lattice);
      walk.place([...lattice.order], () => (random() < 0.3 ? 'correct' : 'incorrect'));
      placed += placedIn(walk).length;
    }
    expect(placed / 20).toBeLessThan(1.5);
  });
});

describe('properties', () => {
  const answers = fc.array(fc.constantFrom<Outcome>('correct', 'correct', 'incorrect', 'skipped'), {
    minLength: 15,
    maxLength: 15,
  });

  test('a placement asks at most fifteen items', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const walk = createWalk(lattice);
        let i = 0;
        walk.place([...lattice.order], () => list[i++] ?? 'correct');
        expect(bodies(walk.events, 'attempt').length).toBeLessThanOrEqual(15);
      }),
      { numRuns: 40 },
    );
  });

  test('what it places had p of .85, no miss there and a right answer on it or above it', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const walk = createWalk(lattice);
        let i = 0;
        walk.place([...lattice.order], () => list[i++] ?? 'correct');
        const given = bodies(walk.events, 'attempt');
        for (const body of bodies(walk.events, 'skills-placed')) {
          for (const { skill: id, p } of body.skills) {
            expect(p).toBeGreaterThanOrEqual(0.85);
            expect(given.some((answer) => answer.skill === id && answer.outcome !== 'correct')).toBe(false);
            const speaks = (other: string): boolean =>
              other === id || ancestorsOf(lattice, other).includes(id);
            expect(given.some((answer) => answer.outcome === 'correct' && speaks(answer.skill))).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
