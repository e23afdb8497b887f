import { gates } from './gates.ts';
import { judges } from './judges.ts';
import type { Options, Result, Test } from './reference.ts';
import { bootstrap, compare, fixedChance, mean, result, wilson } from './reference.ts';

export function tests(random: () => number): Test[] {
  return [...statistics(random), ...gates(random), ...judges(random), ...slices(random)];
}

function statistics(random: () => number): Test[] {
  const about = { rubric: 'statistics', skill: 'statistical-inference' };
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const seed = whole(1, 1e6);
  const options: Options = { margin: 0.05, alpha: 0.05, resamples: 400, seed };
  const values = Array.from({ length: 40 }, () => whole(-4, 4) / 4);
  const pairs = (count: number, right: number, better: number, worse: number) => {
    const a = Array.from({ length: count }, (_, i) => result(`c${i}`, random() < right ? 1 : 0));
    const b = a.map((one) => ({ ...one, score: one.score === 1 ? (random() < worse ? 0 : 1) : random() < better ? 1 : 0 }));
    return { a, b };
  };
  const noisy = pairs(70, 0.7, 0.3, 0.1);
  const shuffled = [...noisy.b].reverse().filter((_, i) => i % 9 !== 4);
  const graded = { a: noisy.a.map((one) => ({ ...one, score: whole(0, 4) / 4 })), b: noisy.b.map((one) => ({ ...one, score: whole(0, 4) / 4 })) };
  const fixed = (n: number, wins: number, losses: number) => ({
    a: Array.from({ length: n }, (_, i) => result(`c${i}`, i < wins ? 0 : 1)),
    b: Array.from({ length: n }, (_, i) => result(`c${i}`, i < wins || i >= wins + losses ? 1 : 0)),
  });
  const compared = (name: string, a: Result[], b: Result[], given = options): Test => ({
    ...about,
    name,
    steps: [{ call: 'compare', args: [a, b, given] }],
    expect: compare(a, b, given),
    tol: 1e-9,
  });
  const verdicts = [fixed(60, 30, 0), fixed(300, 4, 3), fixed(60, 0, 30), fixed(30, 4, 6)];
  return [
    {
      ...about,
      name: 'the interval of a mean, to the digit, for one seed and for another',
      steps: [
        { call: 'bootstrap', args: [values, { alpha: 0.05, resamples: 400, seed }] },
        { call: 'bootstrap', args: [values, { alpha: 0.2, resamples: 150, seed: seed + 1 }] },
      ],
      check: (results) => {
        const want = [bootstrap(values, { alpha: 0.05, resamples: 400, seed }), bootstrap(values, { alpha: 0.2, resamples: 150, seed: seed + 1 })];
        return want.every((ends, i) => ends.every((end, j) => Math.abs(end - (results[i] as number[])[j]!) < 1e-9)) ? null : `expected ${JSON.stringify(want)}, got ${JSON.stringify(results)}`;
      },
    },
    {
      ...about,
      name: 'of 100 intervals at 95% nearly as many hold the truth as promised',
      drive: async (step) => {
        const chance = fixedChance(42);
        let held = 0;
        for (let run = 0; run < 100; run++) {
          const sample = Array.from({ length: 60 }, () => (chance() < 0.1 ? -1 : chance() < 0.3 ? 1 : 0));
          const [low, high] = (await step({ call: 'bootstrap', args: [sample, { alpha: 0.05, resamples: 150, seed: run }] })) as [number, number];
          if (low <= 0.17 && 0.17 <= high) held++;
        }
        return held < 88 || held > 99 ? `${held} of 100 hold it` : null;
      },
    },
    compared('two systems on the same cases', noisy.a, noisy.b),
    compared('scores between 0 and 1', graded.a, graded.b, { ...options, alpha: 0.1 }),
    compared('another order, and cases without a result in b', noisy.a, shuffled),
    {
      ...about,
      name: 'better, non-inferior, inferior, inconclusive',
      steps: verdicts.map(({ a, b }) => ({ call: 'compare', args: [a, b, options] })),
      check: (results) => {
        const got = (results as { verdict: string }[]).map(({ verdict }) => verdict).join(' ');
        return got === 'better non-inferior inferior inconclusive' ? null : `the verdicts are ${got}`;
      },
    },
    {
      ...about,
      name: 'pairs give a narrower interval than two samples would',
      drive: async (step) => {
        const { a, b } = pairs(120, 0.7, 0.15, 0.06);
        const { low, high } = (await step({ call: 'compare', args: [a, b, options] })) as { low: number; high: number };
        const spread = (list: Result[]) => mean(list.map((one) => one.score)) * (1 - mean(list.map((one) => one.score)));
        const unpaired = 2 * 1.96 * Math.sqrt((spread(a) + spread(b)) / 120);
        return high - low < 0.8 * unpaired && high > low ? null : `it is ${(high - low).toFixed(3)} wide; unpaired it would be ${unpaired.toFixed(3)}`;
      },
    },
    {
      ...about,
      name: 'the sign test, with many and with no differences',
      steps: [fixed(500, 190, 235), fixed(20, 0, 0), fixed(20, 9, 1)].map(({ a, b }) => ({ call: 'compare', args: [a, b, { ...options, resamples: 40 }] })),
      check: (results) => {
        const want = [fixed(500, 190, 235), fixed(20, 0, 0), fixed(20, 9, 1)].map(({ a, b }) => compare(a, b, { ...options, resamples: 40 }).p);
        const got = (results as { p: number }[]).map(({ p }) => p);
        return want.every((p, i) => Math.abs(p - got[i]!) < 1e-9) ? null : `p is ${got.join(', ')}, not ${want.join(', ')}`;
      },
    },
  ];
}

function slices(random: () => number): Test[] {
  const about = { rubric: 'slices', skill: 'eval-design' };
  const names = ['de', 'en', 'fr', 'long'];
  const results = Array.from({ length: 160 }, (_, i): Result => {
    const missing = random() < 0.1;
    return { ...result(`c${i}`, missing ? 0 : Math.round(random() * 2) / 2, names.filter(() => random() < 0.4)), missing };
  });
  const row = (slice: string, list: Result[]) => {
    const share = mean(list.map((one) => one.score));
    const [low, high] = wilson(share, list.length);
    return { slice, n: list.length, mean: share, low, high, missing: list.filter((one) => one.missing).length };
  };
  const rows = names.filter((name) => results.some((one) => one.slices.includes(name))).map((name) => row(name, results.filter((one) => one.slices.includes(name))));
  const graded = (name: string, grader: object, outputs: Record<string, string | null>, scores: number[]): Test => {
    const cases = scores.map((_, i) => ({ id: `c${i}`, slices: [`s${i}`], critical: i === 0, grader }));
    return {
      ...about,
      name,
      steps: [{ call: 'score', args: [cases, outputs] }],
      expect: cases.map(({ id, slices: of, critical }, i) => ({ id, slices: of, critical, score: scores[i], missing: (outputs[id] ?? '').trim() === '' })),
      tol: 1e-9,
    };
  };
  return [
    graded('exact answers, whatever the case and the spaces', { kind: 'exact', answers: ['Not  Covered', 'no'] }, { c0: ' not\ncovered ', c1: 'No', c2: 'no.', c3: 'covered' }, [1, 1, 0, 0]),
    graded('the first number, within its tolerance', { kind: 'number', answer: -12.5, tolerance: 0.25 }, { c0: 'It is -12.50 EUR, not 3.', c1: 'about -12.75', c2: '12.5', c3: 'none', c4: '-12.2 or -12.5' }, [1, 1, 0, 0, 0]),
    graded(
      'points by weight, nothing for what is forbidden',
      { kind: 'points', points: [{ any: ['refund', 'money back'], weight: 3 }, { any: ['14 days'], weight: 1 }], forbidden: ['guarantee'] },
      { c0: 'Money  back within 14 days', c1: 'a refund', c2: '14 days', c3: 'We guarantee a refund in 14 days', c4: 'hello' },
      [1, 0.75, 0.25, 0, 0],
    ),
    graded('what is missing has failed, even where nothing would be right', { kind: 'exact', answers: ['', 'x'] }, { c0: null, c2: '   ', c3: 'x' }, [0, 0, 0, 1]),
    {
      ...about,
      name: 'the worst slice comes first, with its interval and what is missing',
      steps: [{ call: 'report', args: [results] }],
      expect: { overall: row('all', results), slices: rows.sort((a, b) => a.mean - b.mean || (a.slice < b.slice ? -1 : 1)) },
      tol: 1e-9,
    },
    {
      ...about,
      name: 'an interval of a slice where all is right ends below one',
      steps: [{ call: 'report', args: [[result('a', 1, ['x']), result('b', 1, ['x']), result('c', 0, ['y', 'x2']), result('d', 0, ['y', 'x2'])]] }],
      check: ([answer]) => {
        const { slices: list } = answer as { slices: { slice: string; low: number; high: number }[] };
        if (list.map((one) => one.slice).join() !== 'x2,y,x') return `the order is ${list.map((one) => one.slice).join()}`;
        return list[2]!.low > 0.2 && list[2]!.low < 0.9 && list[2]!.high <= 1 && list[0]!.low >= -1e-12 && list[0]!.high > 0.1 ? null : JSON.stringify(list);
      },
    },
  ];
}
