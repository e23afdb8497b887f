import { describe, expect, it } from 'vitest';
import { chanceAt } from './simulated-learner.ts';
import { simulatePlacement } from './simulate-placement.ts';
import { simulateSkill } from './simulate-skill.ts';
import { withSimulationSchool } from './simulation-school.ts';
import { wilson } from '../record/wilson.ts';

describe('simulating learners through the real use cases', () => {
  it('gives the same figures for the same seed', async () => {
    const play = () =>
      withSimulationSchool(process.env, 'same', (school, clock) =>
        simulateSkill(school, clock, { skill: 'littles-law', ability: 0.7, runs: 8, seed: 'same' }),
      );
    expect(await play()).toEqual(await play());
  }, 60_000);

  it('lets the strong through and the weak not', async () => {
    await withSimulationSchool(process.env, 'gate', async (school, clock) => {
      const strong = await simulateSkill(school, clock, {
        skill: 'littles-law',
        ability: 0.95,
        runs: 30,
        seed: 'gate',
        retake: false,
      });
      const weak = await simulateSkill(school, clock, {
        skill: 'littles-law',
        ability: 0.25,
        runs: 30,
        seed: 'gate',
        retake: false,
      });
      expect(strong.passed).toBeGreaterThan(0.6);
      expect(weak.passed).toBeLessThan(0.1);
      expect(weak.naive.passed).toBeGreaterThanOrEqual(weak.passed);
      expect(strong.items).toBeLessThanOrEqual(10);
    });
  }, 60_000);

  it('places some of what is known, and little else', async () => {
    const placement = await withSimulationSchool(process.env, 'place', (school, clock) =>
      simulatePlacement(school, clock, { goal: 'KV cache memory', runs: 10, seed: 'place' }),
    );
    expect(placement.items).toBeLessThanOrEqual(15);
    expect(placement.recall).toBeGreaterThan(0);
    if (placement.precision !== null) expect(placement.precision).toBeGreaterThan(0.7);
  }, 60_000);

  it('moves the chance by the difficulty, and leaves certainty alone', () => {
    expect(chanceAt(0.8, 0)).toBeCloseTo(0.8);
    expect(chanceAt(0.8, 1)).toBeLessThan(0.8);
    expect(chanceAt(1, 5)).toBe(1);
    expect(chanceAt(0, -5)).toBe(0);
  });

  it('gives an interval that holds the share', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
    const { low, high } = wilson(18, 20);
    expect(low).toBeCloseTo(0.699, 3);
    expect(high).toBeCloseTo(0.972, 3);
  });
});
