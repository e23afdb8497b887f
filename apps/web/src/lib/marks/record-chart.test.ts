import { describe, expect, it } from 'vitest';
import { axisEnd, axisMarks, recordFinding, recordRows, shortTitle } from './record-chart.ts';

const none = { decisions: 3, n: 2, failed: null, share: null, low: null, high: null };
const some = { decisions: 60, n: 50, failed: 10, share: 0.2, low: 0.112, high: 0.33 };

describe('the chart of the record', () => {
  it('says that there is not enough data', () => {
    const rows = recordRows({ all: none, modules: [] });
    expect(recordFinding(rows)).toContain('Not enough data: 2 passes');
    expect(axisEnd(rows)).toBe(0.4);
  });

  it('names the modules above the aim and counts those without a figure', () => {
    const rows = recordRows({
      all: some,
      modules: [
        { id: 'm1', number: 1, title: 'One', ...some },
        { id: 'm2', number: 2, title: 'Two', ...none },
      ],
    });
    expect(rows.map(({ number, above }) => [number, above])).toEqual([
      ['', true],
      ['01', true],
      ['02', false],
    ]);
    expect(recordFinding(rows)).toBe(
      'All modules: 20.0% of 50. Above the aim by more than chance: One. 1 of 2 modules have fewer than 30 and show no figure.',
    );
  });

  it('lengthens the axis for a wide interval', () => {
    const wide = { ...some, high: 0.71 };
    expect(axisEnd(recordRows({ all: wide, modules: [] }))).toBe(0.8);
    expect(axisMarks(0.8)).toHaveLength(5);
    expect(axisMarks(0.4)).toHaveLength(5);
  });

  it('shortens a title for the chart only', () => {
    expect(shortTitle('Engineering foundations: Python and tests', 44)).toBe('Engineering foundations');
    expect(shortTitle('Large language models', 12)).toBe('Large langu…');
  });
});
