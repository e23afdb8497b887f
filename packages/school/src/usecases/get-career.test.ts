import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestSchool, type TestSchool } from '../../testing/test-school.ts';
import { getCareer, listCareers } from './get-career.ts';

describe('a career guide', () => {
  let test: TestSchool;
  beforeAll(async () => {
    test = await openTestSchool('sqlite');
  }, 120_000);
  afterAll(async () => test.close());

  const guide = (id: string) => {
    const found = getCareer(test.school, id);
    if (found.outcome !== 'career') throw new Error(found.outcome);
    return found.career;
  };

  it('stands on the skill graph: four stages, and every action leads to skills', () => {
    test.time.now = Date.UTC(2026, 10, 23);
    for (const { id } of listCareers(test.school)) {
      const { stages, skills } = guide(id);
      expect(stages).toHaveLength(4);
      expect(stages.reduce((sum, stage) => sum + stage.skills, 0)).toBe(skills);
      for (const { actions } of stages)
        for (const action of actions) expect(action.skills.length).toBeGreaterThan(0);
    }
    expect(guide('ai-engineering-architect').skills).toBe(test.school.curriculum.skills.size);
  });

  it('gives every figure with source, date and confidence, and pay with country and definition', () => {
    for (const { id } of listCareers(test.school)) {
      const { facts } = guide(id);
      expect(facts).toHaveLength(test.school.curriculum.careers.find((each) => each.id === id)!.facts.length);
      for (const fact of facts) {
        expect(fact.source.title).not.toBe('');
        expect(fact.date).toMatch(/^20\d\d/);
        if (fact.kind === 'pay') expect(fact.country && fact.definition).toBeTruthy();
      }
    }
  });

  it('hides a figure past its shelf life, and says until when it was shown', () => {
    test.time.now = Date.UTC(2027, 4, 31);
    const pay = () => guide('ai-engineering-architect').facts.find(({ id }) => id === 'us-base-pay')!;
    expect(pay()).toMatchObject({ value: '$169,000 to $211,450', shownUntil: '2027-05-31' });
    test.time.now = Date.UTC(2027, 5, 1);
    expect(pay()).toMatchObject({ value: null, note: null, percentiles: null });
  });

  it('marks certifications that nobody has looked at for ninety days', () => {
    test.time.now = Date.UTC(2027, 1, 20);
    const stale = () => guide('ai-engineering-architect').certifications.map((each) => each.stale);
    expect(new Set(stale())).toEqual(new Set([false]));
    test.time.now = Date.UTC(2027, 1, 21);
    expect(new Set(stale())).toEqual(new Set([true]));
  });

  it('names the successors of what is retired, and the gaps of what is covered in part', () => {
    const { certifications } = guide('ai-engineering-architect');
    expect(certifications.find(({ code }) => code === 'MLS-C01')).toMatchObject({
      status: 'retired',
      retiredOn: '2026-03-31',
      successors: [{ code: 'MLA-C01' }, { code: 'AIP-C01' }],
    });
    for (const { domains } of certifications)
      for (const { coverage, gap } of domains) if (coverage !== 'most') expect(gap).toBeTruthy();
  });

  it('is not found where there is none', () => {
    expect(getCareer(test.school, 'astronaut')).toEqual({ outcome: 'not-found' });
  });
});
