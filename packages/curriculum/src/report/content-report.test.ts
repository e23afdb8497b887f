import { expect, test } from 'vitest';
import { at, tinyCurriculum } from '../testing/tiny-curriculum.ts';
import { contentReport } from './content-report.ts';

test('a report counts what a skill has, and carries the findings', () => {
  const curriculum = tinyCurriculum({ [at('lesson.md')]: 'Four words of prose.' });
  const finding = { severity: 'warning', rule: 'voice', file: 'x', line: 1, message: 'm' } as const;
  const report = contentReport(curriculum, [finding]);
  expect(report.labs).toEqual([]);
  expect(report.findings).toEqual([finding]);
  expect(report.skills).toHaveLength(1);
  expect(report.skills[0]).toMatchObject({
    id: 'adding',
    status: 'written',
    words: 4,
    figures: 0,
    families: { numeric: 1, choice: 1 },
    levels: { 1: 1, 2: 1 },
    parametric: 1,
    cards: 0,
    resources: 1,
  });
  expect(report.skills[0]?.variants).toBeGreaterThan(40);
});

test('a report is plain JSON', () => {
  const report = contentReport(tinyCurriculum(), []);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});
