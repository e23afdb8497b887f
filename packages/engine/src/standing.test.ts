import { describe, expect, test } from 'vitest';
import { hasEvidence, hasPassed, isOpen, isSatisfied, missingRequirements, stateOf } from './standing.ts';
import { emptyRecord, emptyState, type SkillRecord } from './state.ts';
import { smallGraph } from './testing/graph.ts';
import { createWalk, DAY, T0 } from './testing/walk.ts';

const graph = smallGraph();
const record = (rest: Partial<SkillRecord>): SkillRecord => ({ ...emptyRecord(), ...rest });
const placed = { at: T0, by: 'placement' as const };

describe('the state shown', () => {
  test('is New where nothing has happened', () => {
    expect(stateOf(undefined)).toBe('new');
    expect(stateOf(emptyRecord())).toBe('new');
  });

  test('is Practising after any attempt', () => {
    expect(stateOf(record({ attempts: 1 }))).toBe('practising');
  });

  test('is Practising after Placed was lost, even where nothing else was answered', () => {
    expect(stateOf(record({ placedLost: { at: T0, issueId: 'i', placed, review: null } }))).toBe(
      'practising',
    );
  });

  test('is the highest reached', () => {
    const rising: [Partial<SkillRecord>, string][] = [
      [{ placed }, 'placed'],
      [{ placed, knowsAt: T0 }, 'knows'],
      [{ placed, knowsAt: T0, demonstratedAt: T0 }, 'demonstrated'],
      [{ demonstratedAt: T0, retainedAt: T0 }, 'retained'],
      [{ demonstratedAt: T0, retainedAt: T0, appliedAt: T0 }, 'applied'],
    ];
    for (const [rest, name] of rising) expect(stateOf(record({ attempts: 3, ...rest }))).toBe(name);
  });

  test('is Applied only once the skill is Demonstrated or Knows', () => {
    expect(stateOf(record({ attempts: 1, appliedAt: T0 }))).toBe('practising');
    expect(stateOf(record({ attempts: 1, appliedAt: T0, placed }))).toBe('placed');
    expect(stateOf(record({ appliedAt: T0, knowsAt: T0 }))).toBe('applied');
    expect(stateOf(record({ appliedAt: T0, demonstratedAt: T0 }))).toBe('applied');
  });

  test('is not raised by a waiver: it is never evidence', () => {
    expect(stateOf(record({ waived: { at: T0, by: 'Ruth' } }))).toBe('new');
  });
});

describe('what counts as there', () => {
  test('Placed, Knows and Demonstrated satisfy what requires them', () => {
    expect(isSatisfied(record({ placed }))).toBe(true);
    expect(isSatisfied(record({ knowsAt: T0 }))).toBe(true);
    expect(isSatisfied(record({ demonstratedAt: T0 }))).toBe(true);
  });

  test('Practising does not', () => {
    expect(isSatisfied(record({ attempts: 9 }))).toBe(false);
    expect(isSatisfied(undefined)).toBe(false);
  });

  test('a waiver satisfies and is no evidence', () => {
    const waived = record({ waived: { at: T0, by: 'Ruth' } });
    expect(isSatisfied(waived)).toBe(true);
    expect(hasEvidence(waived)).toBe(false);
  });

  test('Placed is evidence, and no pass', () => {
    expect(hasEvidence(record({ placed }))).toBe(true);
    expect(hasPassed(record({ placed }))).toBe(false);
    expect(hasPassed(undefined)).toBe(false);
  });
});

describe('open', () => {
  test('is a skill that requires nothing', () => {
    expect(isOpen(emptyState(), graph, 'a')).toBe(true);
    expect(missingRequirements(emptyState(), graph, 'a')).toEqual([]);
  });

  test('is not a skill whose requirements are missing, and they are named', () => {
    expect(isOpen(emptyState(), graph, 'b')).toBe(false);
    expect(missingRequirements(emptyState(), graph, 'b')).toEqual(['a']);
  });

  test('looks at direct requirements only: theirs are their own business', () => {
    const walk = createWalk(graph);
    walk.append([{ type: 'waiver', body: { skill: 'b', by: 'Ruth', note: '' } }]);
    expect(isOpen(walk.state(), graph, 'c')).toBe(true);
    expect(isOpen(walk.state(), graph, 'b')).toBe(false);
  });

  test('is what requires a passed skill', () => {
    const walk = createWalk(graph);
    walk.pass('a');
    expect(isOpen(walk.state(), graph, 'b')).toBe(true);
    expect(isOpen(walk.state(), graph, 'c')).toBe(false);
  });

  test('stays what has opened, though what opened it was placed and lost again', () => {
    const walk = createWalk(graph);
    walk.pass('b');
    walk.wait(DAY);
    walk.startCheck('a');
    walk.check('incorrect');
    expect(stateOf(walk.state().skills['a'])).toBe('practising');
    expect(missingRequirements(walk.state(), graph, 'b')).toEqual(['a']);
    expect(isOpen(walk.state(), graph, 'b')).toBe(true);
  });

  test('an unknown skill is an error', () => {
    expect(() => isOpen(emptyState(), graph, 'x')).toThrow('No such skill: x');
  });
});
