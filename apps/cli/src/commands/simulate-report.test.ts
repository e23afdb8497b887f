import { describe, expect, it } from 'vitest';
import { describeReport, type SimulationReport } from './simulate-report.ts';

const check = (ability: number, passed: number) => ({
  skill: 'littles-law',
  ability,
  runs: 10,
  passed,
  low: 0,
  high: 0.3,
  passedByRetaking: passed * 2,
  items: 3,
  outcomes: {},
  naive: { passed: 0.5, passedByRetaking: 0.9, items: 8 },
});

const figures = { toMastery: 19, wasted: 9.44, falselyAdvanced: 0, never: 0 };
const placed = { items: 6.6, accuracy: 0.8, precision: null, recall: 0.5 };

const report: SimulationReport = {
  checks: [check(0.25, 0), check(0.4, 0.1), check(0.6, 0.2), check(0.9, 0.9)],
  learning: {
    skill: 'littles-law',
    runs: 10,
    ...figures,
    naive: { ...figures, toMastery: null, falselyAdvanced: 0.25 },
  },
  placement: { goal: 'g', runs: 10, ...placed, naive: { ...placed, precision: 0.75 } },
  track: {
    goal: 'g',
    runs: 10,
    skills: 4,
    hoursPerWeek: 6,
    forecast: { p50: 7.2, p90: 16.8 },
    days: null,
    byP50: 0.4,
    byP90: 0.9,
    never: 0.6,
    stuck: { 'check no-variant': 0.5 },
    items: 78.6,
    falselyAdvanced: 0.1,
    naive: { days: 5.3, byP50: 0.8, byP90: 1, items: 28.6, falselyAdvanced: 0.45 },
  },
};

const lines = describeReport(report).split('\n');
const rowOf = (start: string) =>
  lines
    .find((line) => line.trim().startsWith(start))
    ?.trim()
    .split(/ {2,}/)
    .slice(1);

describe('the simulator’s report', () => {
  it('sets every figure beside the naive rule’s', () => {
    expect(rowOf('items to mastery')).toEqual(['19.0', 'nobody']);
    expect(rowOf('items wasted')).toEqual(['9.4', '9.4']);
    expect(rowOf('falsely advanced: before')).toEqual(['0.0%', '25.0%']);
    expect(rowOf('skills judged rightly')).toEqual(['80.0%', '80.0%']);
    expect(rowOf('placed skills known')).toEqual(['nobody', '75.0%']);
    expect(rowOf('days to finish')).toEqual(['never', '5']);
    expect(rowOf('check no-variant')).toEqual(['50.0%', '–']);
    expect(rowOf('finished by the date of nine')).toEqual(['90.0%', '100.0%']);
    expect(lines).toContain(
      '"g", 4 skills at 6 hours a week (10 learners); forecast: even odds in 7, nine in ten in 17 days',
    );
  });

  it('counts as falsely advanced those below the mark who are no guessers, and guessers apart', () => {
    const shares = lines.filter((line) => line.trim().startsWith('by one check')).map((line) => line.trim());
    expect(shares.map((line) => line.split(/ {2,}/).slice(1))).toEqual([
      ['15.0%', '50.0%'],
      ['0.0%', '50.0%'],
    ]);
  });

  it('ends with a line for every skill and ability', () => {
    expect(lines.filter((line) => line.startsWith('littles-law'))).toHaveLength(4);
  });
});
