import { expect, test } from 'vitest';
import { assembleCurriculum } from '../../load/load-curriculum.ts';
import { getRule, testRules } from '../../testing/rule-fixture.ts';
import type { RuleFixture } from '../../testing/rule-fixture.ts';
import { lintWith, tinyCurriculum, tinyTree } from '../../testing/tiny-curriculum.ts';
import { CAREER, certificationData, factData, guideFiles, stageData } from '../../testing/tiny-guides.ts';
import { lintCurriculum } from '../lint-curriculum.ts';

const withFact = (changes: Record<string, unknown>): Record<string, string> =>
  guideFiles({
    career: { facts: ['a', 'b', 'c', 'pay'].map((id) => factData(id === 'pay' ? changes : { id })) },
  });
const stages = (first: Record<string, unknown>): Record<string, unknown> => ({
  stages: [first, ...['two', 'three', 'four'].map((id) => stageData([id]))],
});

const good = guideFiles();

const FIXTURES: RuleFixture[] = [
  {
    rule: 'facts',
    because: 'a figure has no source',
    good,
    bad: withFact({ source: undefined }),
    says: /pay names no source/,
    on: 'id: pay',
  },
  {
    rule: 'facts',
    because: 'a figure has no date',
    good,
    bad: withFact({ date: undefined }),
    says: /pay has no date/,
    on: 'id: pay',
  },
  {
    rule: 'facts',
    because: 'pay has no country',
    good,
    bad: withFact({ country: undefined }),
    says: /without a country or a definition/,
    on: 'id: pay',
  },
  {
    rule: 'facts',
    because: 'a figure is older than its shelf life',
    good: withFact({ date: '2025-05', shelfLifeMonths: 18 }),
    bad: withFact({ date: '2025-04', shelfLifeMonths: 18 }),
    says: /pay was shown until 2026-10-31 and is hidden now/,
    severity: 'warning',
    on: 'id: pay',
  },
  {
    rule: 'facts',
    because: 'a guide was checked too long ago',
    good: guideFiles({ career: { checkedOn: '2026-08-25' } }),
    bad: guideFiles({ career: { checkedOn: '2026-08-24' } }),
    says: /was checked on 2026-08-24, more than 90 days ago/,
    severity: 'warning',
    on: 'checkedOn',
  },
  {
    rule: 'facts',
    because: 'a sentence states a figure',
    good: guideFiles({ career: { lead: 'Adds 16 columns in 3 to 6 months.' } }),
    bad: guideFiles({ career: { lead: 'Adds up, and earns $120,000 a year.' } }),
    says: /states a figure \(“\$1”\) in a sentence/,
    on: 'lead:',
  },
  {
    rule: 'facts',
    because: 'a certification names no source',
    good,
    bad: guideFiles({ certifications: [certificationData({ source: undefined })] }),
    says: /SUM-1 names no source/,
    on: 'sum-1',
  },
  {
    rule: 'facts',
    because: 'a certification was checked too long ago',
    good,
    bad: guideFiles({ certifications: [certificationData({ checkedOn: '2026-01-01' })] }),
    says: /SUM-1 was checked on 2026-01-01/,
    severity: 'warning',
    on: 'sum-1',
  },
  {
    rule: 'careers',
    because: 'a stage needs a skill that no stage names',
    good: guideFiles({ two: { requires: '[adding]' } }),
    bad: guideFiles({ two: { requires: '[adding]' }, career: stages(stageData(['three'])) }),
    says: /two requires adding, which no stage names/,
  },
  {
    rule: 'careers',
    because: 'an action links to a skill that comes later',
    good,
    bad: guideFiles({
      career: stages(
        stageData(['adding'], {
          actions: [
            { title: 'Add', skills: ['four'] },
            { title: 'Add', skills: ['adding'] },
          ],
        }),
      ),
    }),
    says: /links to four, which neither this stage nor an earlier one takes/,
  },
  {
    rule: 'careers',
    because: 'a lab proves nothing that stands beside it',
    good,
    bad: guideFiles({
      career: stages(
        stageData(['adding'], {
          actions: [
            { title: 'Add', skills: ['adding'], labs: [{ id: 'adder', title: 'Adder' }] },
            { title: 'Add', skills: ['adding'] },
          ],
        }),
      ),
    }),
    says: /the lab adder proves none of the skills/,
  },
  {
    rule: 'careers',
    because: 'a related guide does not exist',
    good,
    bad: guideFiles({ career: { related: [{ career: 'adder', why: 'Itself.' }] } }),
    says: /adder is no other career/,
    on: 'related',
  },
  {
    rule: 'careers',
    because: 'a name means another career',
    good,
    bad: {
      ...guideFiles(),
      'careers/summer.yaml': (guideFiles()[CAREER] ?? '').replace('id: adder', 'id: summer'),
    },
    says: /already means adder/,
    on: 'names',
  },
  {
    rule: 'certifications',
    because: 'the weights do not make a whole exam',
    good,
    bad: guideFiles({
      certifications: [
        certificationData({ domains: [{ title: 'Sums', weight: 60, coverage: 'most', skills: ['adding'] }] }),
      ],
    }),
    says: /the weights of SUM-1 make 60%, not 100%/,
    on: 'domains',
  },
  {
    rule: 'certifications',
    because: 'a domain is covered by a skill that does not exist',
    good,
    bad: guideFiles({
      certifications: [
        certificationData({
          domains: [{ title: 'Sums', weight: 100, coverage: 'most', skills: ['nothing'] }],
        }),
      ],
    }),
    says: /nothing is no skill/,
  },
  {
    rule: 'certifications',
    because: 'a successor is retired itself',
    good,
    bad: guideFiles({
      certifications: [
        certificationData({ successors: ['sum-0'] }),
        certificationData({ id: 'sum-0', status: 'retired', retiredOn: '2026-01-01' }),
      ],
    }),
    says: /sum-0 is retired itself/,
    on: 'successors',
  },
  {
    rule: 'interviews',
    because: 'a prompt exercises a skill that does not exist',
    good,
    bad: guideFiles({ interview: { skills: ['adding', 'two', 'nothing'] } }),
    says: /nothing is no skill/,
    on: 'skills',
  },
  {
    rule: 'interviews',
    because: 'no career asks a prompt',
    good,
    bad: guideFiles({ interview: { id: 'add-once' } }),
    says: /no career asks add-once/,
    on: 'add-once',
  },
];

testRules(FIXTURES);

test('a stage that requires a later one is found', () => {
  const files = guideFiles({
    two: { requires: '[four]' },
  });
  const said = lintWith(getRule('careers'), files).map(({ message }) => message);
  expect(said).toEqual([expect.stringMatching(/two requires four, which comes only in stage 4/)]);
});

test('guides have nothing to say where linting is narrowed to a skill', () => {
  const curriculum = tinyCurriculum(withFact({ source: undefined }));
  const rules = (options: object): string[] => lintCurriculum(curriculum, options).map(({ rule }) => rule);
  expect(rules({ today: '2026-11-23' })).toContain('facts');
  expect(rules({ today: '2026-11-23', skill: 'adding' })).not.toContain('facts');
});

test.each([
  ['a domain with a gap that is not named', { coverage: 'part', gap: undefined }, /must name the gap/],
  ['a covered domain without skills', { coverage: 'most', skills: [] }, /must name skills where/],
])('%s does not load', (_, domain, says) => {
  const bad = { title: 'Sums', weight: 100, skills: ['adding'], gap: 'Some.', ...domain };
  const { findings } = assembleCurriculum(
    tinyTree(guideFiles({ certifications: [certificationData({ domains: [bad] })] })),
  );
  expect(findings.map(({ message }) => message)).toEqual([expect.stringMatching(says)]);
});

test('a retired certification says when it ended', () => {
  const { findings } = assembleCurriculum(
    tinyTree(guideFiles({ certifications: [certificationData({ status: 'retired' })] })),
  );
  expect(findings[0]?.message).toMatch(/says retired without retiredOn/);
});

test('a guide whose file has another name than its id is reported', () => {
  const { findings } = assembleCurriculum(tinyTree(guideFiles({ career: { id: 'other' } })));
  expect(findings[0]).toMatchObject({ rule: 'ids', file: CAREER });
});

test('a guide takes every skill of its stages once', () => {
  expect(tinyCurriculum(guideFiles()).careers[0]?.skills).toEqual(['adding', 'two', 'three', 'four']);
});
