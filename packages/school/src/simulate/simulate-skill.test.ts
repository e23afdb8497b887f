import { describe, expect, it } from 'vitest';
import { chanceAt } from './simulated-learner.ts';
import { simulateLearning } from './simulate-learning.ts';
import { simulatePlacement } from './simulate-placement.ts';
import { simulateSkill } from './simulate-skill.ts';
import { simulateTrack } from './simulate-track.ts';
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

  it('counts a placement beside one question a skill', async () => {
    const placement = await withSimulationSchool(process.env, 'beside', (school, clock) =>
      simulatePlacement(school, clock, { goal: 'KV cache memory', runs: 6, seed: 'beside' }),
    );
    expect(Number.isInteger(placement.naive.items)).toBe(true);
    for (const { accuracy, recall } of [placement, placement.naive]) {
      expect(accuracy).toBeGreaterThan(0.3);
      expect(accuracy).toBeLessThanOrEqual(1);
      expect(recall).toBeLessThanOrEqual(1);
    }
  }, 60_000);

  it('declares those who learn later than three in a row does, and seldom before they can', async () => {
    const learning = await withSimulationSchool(process.env, 'learn', (school, clock) =>
      simulateLearning(school, clock, { skill: 'tensor-shapes-dtypes', runs: 12, seed: 'learn' }),
    );
    const { naive } = learning;
    expect(learning.never).toBeLessThan(0.4);
    expect(learning.toMastery).toBeGreaterThan(naive.toMastery ?? Infinity);
    expect(learning.wasted).toBeGreaterThanOrEqual(naive.wasted);
    expect(learning.falselyAdvanced).toBeLessThan(naive.falselyAdvanced ?? 0);
  }, 120_000);

  it('counts the days to finish a track beside the forecast', async () => {
    const play = () =>
      withSimulationSchool(process.env, 'days', (school, clock) =>
        simulateTrack(school, clock, { goal: 'KV cache memory', hoursPerWeek: 6, runs: 4, seed: 'days' }),
      );
    const track = await play();
    expect(track.forecast.p90).toBeGreaterThan(track.forecast.p50);
    expect(track.skills).toBeGreaterThan(1);
    expect(track.never).toBeLessThan(1);
    expect(track.byP90).toBeGreaterThanOrEqual(track.byP50);
    expect(track.items).toBeGreaterThan(track.naive.items);
    expect(track.falselyAdvanced).toBeLessThan(track.naive.falselyAdvanced);
    expect(await play()).toEqual(track);
  }, 120_000);

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
