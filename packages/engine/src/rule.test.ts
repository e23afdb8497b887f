import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { ItemKind, Level, Outcome } from './events.ts';
import { canPass, judgeCheck, type CheckVerdict } from './rule.ts';
import * as numbers from './rule-numbers.ts';
import type { CheckAnswer } from './state.ts';

interface Quick {
  family?: string;
  kind?: ItemKind;
  level?: Level;
  outcome?: Outcome;
  counts?: boolean;
}

const answer = (quick: Quick = {}): CheckAnswer => ({
  issueId: 'i',
  family: 'one',
  variant: 'v',
  kind: 'numeric',
  level: 2,
  outcome: 'correct',
  counts: true,
  misconception: null,
  at: 0,
  ...quick,
});

const right = (family: string, kind: ItemKind = 'numeric', level: Level = 2): CheckAnswer =>
  answer({ family, kind, level });
const miss = (outcome: Outcome = 'incorrect'): CheckAnswer => answer({ outcome });

const judge = (answers: CheckAnswer[], p = 0.85, kinds = 1): CheckVerdict =>
  judgeCheck({ answers, kinds }, p);

const unmet = (verdict: CheckVerdict): string[] =>
  verdict.conditions.filter((condition) => !condition.met).map((condition) => condition.name);

const three = [right('one'), right('two'), right('one')];
const eight = [...three, ...three, right('one'), right('two')];

describe('the numbers of rule 1', () => {
  test('are those of the rule', () => {
    expect(numbers).toMatchObject({
      RULE_VERSION: 1,
      PASS_STREAK: 3,
      PASS_P: 0.8,
      PASS_LONG_STREAK: 8,
      PASS_FAMILIES: 2,
      PASS_KINDS: 2,
      PASS_LEVEL: 2,
      CHECK_MISSES: 2,
      CHECK_ANSWERS: 10,
      MEND_ANSWERS: 3,
      STOP_AFTER: 3,
      PLACE_P: 0.85,
      PLACEMENT_ITEMS: 15,
    });
  });

  test('are in milliseconds where they are times: 24, 12, 48 and 168 hours, 90 days', () => {
    const hour = 3_600_000;
    expect(numbers.SESSION_CLOSES_AFTER).toBe(24 * hour);
    expect(numbers.STOP_FOR).toBe(12 * hour);
    expect(numbers.RETAIN_FIRST_AFTER).toBe(48 * hour);
    expect(numbers.RETAIN_SECOND_AFTER).toBe(168 * hour);
    expect(numbers.FRESH_AFTER).toBe(90 * 24 * hour);
  });
});

describe('a pass', () => {
  test('is three in a row on two families with p of .80', () => {
    const verdict = judge(three, 0.8);
    expect(verdict).toMatchObject({ status: 'passed', reason: 'rule', streak: 3, misses: 0, asked: 3 });
    expect(verdict.missing).toEqual([]);
  });

  test('compares p unrounded: .79999 is not .80', () => {
    expect(judge(three, 0.799_99).status).toBe('open');
    expect(unmet(judge(three, 0.799_99))).toEqual(['p']);
  });

  test('is not two in a row, whatever p is', () => {
    expect(unmet(judge([right('one'), right('two')], 0.99))).toEqual(['streak']);
  });

  test('needs two families', () => {
    const verdict = judge([right('one'), right('one'), right('one')], 0.99);
    expect(verdict.status).toBe('open');
    expect(unmet(verdict)).toEqual(['families']);
  });

  test('needs two kinds where the skill has two', () => {
    expect(unmet(judge(three, 0.99, 2))).toEqual(['kinds']);
    expect(judge([right('one'), right('two', 'choice'), right('one')], 0.99, 2).status).toBe('passed');
  });

  test('needs two kinds, not three, where the skill has three', () => {
    expect(judge([right('one'), right('two', 'choice'), right('one')], 0.99, 3).status).toBe('passed');
  });

  test('needs one kind where the skill has one', () => {
    expect(judge(three, 0.99, 1).status).toBe('passed');
  });

  test('needs an item of level 2 or 3', () => {
    const easy = [right('one', 'numeric', 1), right('two', 'numeric', 1), right('one', 'numeric', 1)];
    expect(unmet(judge(easy, 0.99))).toEqual(['level']);
    expect(judge([...easy, right('one', 'numeric', 2)], 0.99).status).toBe('passed');
    expect(judge([...easy, right('one', 'numeric', 3)], 0.99).status).toBe('passed');
  });

  test('is eight in a row where p stays under .80', () => {
    expect(judge(eight.slice(0, 7), 0.5).status).toBe('open');
    expect(judge(eight, 0.5)).toMatchObject({ status: 'passed', reason: 'rule', streak: 8 });
  });

  test('by eight in a row still needs two families, two kinds and level 2', () => {
    const same = Array.from({ length: 8 }, () => right('one', 'numeric', 1));
    expect(unmet(judge(same, 0.5, 2))).toEqual(['families', 'kinds', 'level']);
  });

  test('counts only the run since the last miss', () => {
    const verdict = judge([right('two'), miss(), right('one'), right('one'), right('one')], 0.9);
    expect(verdict).toMatchObject({ status: 'open', streak: 3, families: ['one'] });
    expect(unmet(verdict)).toEqual(['families']);
  });

  test('can follow one miss', () => {
    expect(judge([miss(), ...three], 0.81)).toMatchObject({ status: 'passed', misses: 1, asked: 4 });
  });

  test('is tested before the tenth answer ends the check', () => {
    const ten = [
      miss(),
      ...Array.from({ length: 6 }, () => right('one')),
      right('two'),
      right('one'),
      right('two'),
    ];
    expect(ten).toHaveLength(10);
    expect(judge(ten, 0.9).status).toBe('passed');
  });

  test('may take a p that sank below .80 on the way and is there at the end', () => {
    expect(judge([...three, right('two')], 0.8).status).toBe('passed');
  });
});

describe('not yet', () => {
  test('comes at the second miss', () => {
    expect(judge([right('one'), miss(), right('two'), miss()])).toMatchObject({
      status: 'not-yet',
      reason: 'second-miss',
      misses: 2,
      streak: 0,
    });
  });

  test('counts "I don’t know yet" as a miss', () => {
    expect(judge([miss('skipped'), miss('skipped')]).status).toBe('not-yet');
    expect(judge([miss('skipped'), miss('incorrect')]).status).toBe('not-yet');
  });

  test('does not come at the first miss', () => {
    expect(judge([miss()]).status).toBe('open');
  });

  test('comes at the tenth answer', () => {
    const ten = [miss(), ...Array.from({ length: 9 }, () => right('one'))];
    expect(judge(ten.slice(0, 9)).status).toBe('open');
    expect(judge(ten)).toMatchObject({ status: 'not-yet', reason: 'tenth-answer', asked: 10 });
  });

  test('names what is missing in words', () => {
    const { missing } = judge([miss(), miss()], 0.4, 2);
    expect(missing).toEqual([
      '3 right answers in a row',
      'p of at least .80, or 8 right answers in a row',
      '2 different item families in that run',
      '2 kinds of item in that run',
      'one item of level 2 or 3 in that run',
    ]);
  });
});

describe('an open check', () => {
  test('starts with everything missing', () => {
    const verdict = judge([], 0.4, 2);
    expect(verdict).toMatchObject({ status: 'open', streak: 0, longest: 0, misses: 0, asked: 0 });
    expect(verdict.reason).toBeUndefined();
    expect(unmet(verdict)).toEqual(['streak', 'p', 'families', 'kinds', 'level']);
  });

  test('reports each condition with its value and need', () => {
    const { conditions } = judge([right('one'), right('two', 'choice', 3)], 0.7, 2);
    expect(conditions.map(({ name, value, needs, met }) => ({ name, value, needs, met }))).toEqual([
      { name: 'streak', value: 2, needs: 3, met: false },
      { name: 'p', value: 0.7, needs: 0.8, met: false },
      { name: 'families', value: 2, needs: 2, met: true },
      { name: 'kinds', value: 2, needs: 2, met: true },
      { name: 'level', value: 3, needs: 2, met: true },
    ]);
  });

  test('remembers the longest run though a miss ended it', () => {
    expect(judge([right('one'), right('two'), miss(), right('one')], 0.5)).toMatchObject({
      streak: 1,
      longest: 2,
    });
  });

  test('lists families, kinds and levels of the run once each', () => {
    const verdict = judge([right('one'), right('two', 'choice', 3), right('one')], 0.5);
    expect(verdict).toMatchObject({ families: ['one', 'two'], kinds: ['numeric', 'choice'], levels: [2, 3] });
  });

  test('does not count a right answer that had help or was not fresh, nor lets it break the run', () => {
    const helped = answer({ family: 'two', counts: false });
    expect(judge([right('one'), helped, right('one')], 0.9)).toMatchObject({
      streak: 2,
      families: ['one'],
      asked: 3,
    });
  });
});

describe('whether a check can still pass', () => {
  test('it can at the start', () => {
    expect(canPass({ answers: [], kinds: 2 }, 0.1)).toBe(true);
  });

  test('it cannot after a miss at the eighth answer: two are left', () => {
    const answers = [...Array.from({ length: 7 }, () => right('one')), miss()];
    expect(canPass({ answers, kinds: 1 }, 0.9)).toBe(false);
    expect(judge(answers).status).toBe('open');
  });

  test('it can after a miss at the seventh: three are left', () => {
    const answers = [...Array.from({ length: 6 }, () => right('one')), miss()];
    expect(canPass({ answers, kinds: 1 }, 0.9)).toBe(true);
  });

  test('it could when it has, and cannot when it ended not yet', () => {
    expect(canPass({ answers: three, kinds: 1 }, 0.9)).toBe(true);
    expect(canPass({ answers: [miss(), miss()], kinds: 1 }, 0.9)).toBe(false);
  });
});

describe('properties', () => {
  const answers = fc.array(
    fc.record({
      family: fc.constantFrom('one', 'two', 'three'),
      kind: fc.constantFrom<ItemKind>('numeric', 'choice'),
      level: fc.constantFrom<Level>(1, 2, 3),
      outcome: fc.constantFrom<Outcome>('correct', 'correct', 'correct', 'incorrect', 'skipped'),
    }),
    { maxLength: 14 },
  );
  const p = fc.double({ min: 0, max: 1, noNaN: true });
  const kinds = fc.integer({ min: 0, max: 4 });

  test('a check is over at ten answers or two misses at the latest', () => {
    fc.assert(
      fc.property(answers, p, kinds, (quick, chance, count) => {
        const verdict = judge(quick.map(answer), chance, count);
        if (quick.length >= 10 || verdict.misses >= 2) expect(verdict.status).not.toBe('open');
      }),
    );
  });

  test('a pass always rests on the whole rule', () => {
    fc.assert(
      fc.property(answers, p, kinds, (quick, chance, count) => {
        const verdict = judge(quick.map(answer), chance, count);
        if (verdict.status !== 'passed') return;
        expect((verdict.streak >= 3 && chance >= 0.8) || verdict.streak >= 8).toBe(true);
        expect(verdict.families.length).toBeGreaterThanOrEqual(2);
        expect(verdict.kinds.length).toBeGreaterThanOrEqual(Math.min(2, Math.max(1, count)));
        expect(Math.max(...verdict.levels)).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  test('missing is empty exactly when the check is passed', () => {
    fc.assert(
      fc.property(answers, p, kinds, (quick, chance, count) => {
        const verdict = judge(quick.map(answer), chance, count);
        expect(verdict.missing.length === 0).toBe(verdict.status === 'passed');
      }),
    );
  });

  test('a higher p never turns a pass into anything else', () => {
    fc.assert(
      fc.property(answers, p, p, kinds, (quick, one, two, count) => {
        const low = judge(quick.map(answer), Math.min(one, two), count);
        if (low.status === 'passed')
          expect(judge(quick.map(answer), Math.max(one, two), count).status).toBe('passed');
      }),
    );
  });

  test('where passing is ruled out, no right answers to come can bring a pass', () => {
    fc.assert(
      fc.property(answers, kinds, (quick, count) => {
        const given = quick.slice(0, 10).map(answer);
        const check = { answers: given, kinds: count };
        if (judgeCheck(check, 0).status !== 'open' || canPass(check, 0)) return;
        const rest = Array.from({ length: 10 - given.length }, (_, i) =>
          right(i % 2 ? 'one' : 'two', i % 2 ? 'numeric' : 'choice'),
        );
        for (let i = 1; i <= rest.length; i++) {
          expect(judgeCheck({ ...check, answers: [...given, ...rest.slice(0, i)] }, 1).status).not.toBe(
            'passed',
          );
        }
      }),
    );
  });
});
