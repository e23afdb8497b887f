import type { Drive, Result, Test } from './reference.ts';
import { diffsOf, fixedChance, mean, result, sum } from './reference.ts';

type Policy = { margin: number; sliceMargin: number; minSlice: number; z: number; maxMissing: number };
type Reason = { rule: string; against?: string; what?: string };
type Decision = { pass: boolean; reasons: Reason[]; small: string[] };
const policy: Policy = { margin: 0.035, sliceMargin: 0.06, minSlice: 50, z: 1.96, maxMissing: 0.02 };

const say = (reasons: Reason[]) =>
  reasons.map(({ rule, against, what }) => [rule, against, what].filter(Boolean).join(' ')).sort().join('; ');

/** The gate by its rules. */
function decide(candidate: Result[], baselines: Record<string, Result[]>, given: Policy): Decision {
  const shown = (before: Result[], margin: number) => {
    const diffs = diffsOf(before, candidate);
    const spread = sum(diffs.map((diff) => (diff - mean(diffs)) ** 2)) / (diffs.length - 1);
    return mean(diffs) - given.z * Math.sqrt(spread / diffs.length) > -margin;
  };
  const reasons: Reason[] = [];
  const small = new Set<string>();
  if (mean(candidate.map((one) => Number(one.missing))) > given.maxMissing) reasons.push({ rule: 'missing' });
  for (const [against, before] of Object.entries(baselines)) {
    for (const one of before)
      if (one.critical && one.score === 1 && (candidate.find((other) => other.id === one.id)?.score ?? 0) < 1) reasons.push({ rule: 'critical', against, what: one.id });
    if (!shown(before, given.margin)) reasons.push({ rule: 'overall', against });
    for (const slice of new Set(before.flatMap((one) => one.slices))) {
      const part = before.filter((one) => one.slices.includes(slice));
      if (part.length < given.minSlice) small.add(slice);
      else if (!shown(part, given.sliceMargin)) reasons.push({ rule: 'slice', against, what: slice });
    }
  }
  return { pass: reasons.length === 0, reasons, small: [...small].sort() };
}

/** Cases in three slices, and a second run of a system that differs by noise, or by more in one slice. */
function release(chance: () => number, perSlice: number, worse: Record<string, number> = {}) {
  const before = ['billing', 'claims', 'travel'].flatMap((slice) =>
    Array.from({ length: perSlice }, (_, i) => result(`${slice}${i}`, chance() < 0.8 ? 1 : 0, [slice])),
  );
  const after = before.map((one) => {
    const drop = worse[one.slices[0]!] ?? 0;
    const flips = one.score === 1 ? 0.02 + drop / 0.8 : 0.08;
    return { ...one, score: chance() < flips ? 1 - one.score : one.score };
  });
  return { before, after };
}

export function gates(random: () => number): Test[] {
  const about = { rubric: 'gate', skill: 'regression-gates' };
  const ask = async (step: Drive, candidate: Result[], baselines: Record<string, Result[]>, given = policy) =>
    (await step({ call: 'gate', args: [candidate, baselines, given] })) as Decision;
  const decides = (name: string, skill: string, candidate: Result[], baselines: Record<string, Result[]>, reasons: string, given = policy): Test => ({
    rubric: 'gate',
    skill,
    name,
    steps: [{ call: 'gate', args: [candidate, baselines, given] }],
    check: ([answer]) => {
      const { pass, reasons: got } = answer as Decision;
      if (say(got) !== reasons) return `the reasons are “${say(got)}”, not “${reasons}”`;
      return pass === (reasons === '') ? null : `pass is ${pass}`;
    },
  });
  const even = (count: number, slices = ['all']) => Array.from({ length: count }, (_, i) => result(`c${i}`, i % 5 === 0 ? 0 : 1, slices));
  const worsened = (list: Result[], from: number, count: number) => list.map((one, i) => (i >= from && i < from + count ? { ...one, score: 0 } : one));
  const steady = even(600);
  const critical = steady.map((one, i) => ({ ...one, critical: i === 33 || i === 35 }));
  const randomly = Array.from({ length: 12 }, () => {
    const size = 20 + Math.floor(random() * 60);
    const { before, after } = release(random, size, { claims: random() * 0.1 });
    const older = release(random, size).after;
    const marked = before.map((one) => ({ ...one, critical: random() < 0.02 }));
    const loose = { margin: 0.12 * random(), sliceMargin: 0.2 * random(), minSlice: 50, z: 1 + random(), maxMissing: 0.05 };
    return { candidate: after.map((one) => ({ ...one, missing: one.score === 0 && random() < 0.15 })), baselines: { last: marked, anchor: older }, given: loose };
  });
  return [
    {
      rubric: 'gate',
      skill: 'ci-for-models',
      name: 'of 20 candidates that differ by noise at least 18 pass',
      drive: async (step) => {
        const chance = fixedChance(7);
        let passed = 0;
        for (let run = 0; run < 20; run++) {
          const { before, after } = release(chance, 500);
          if ((await ask(step, after, { last: before })).pass) passed++;
        }
        return passed < 18 ? `${passed} of 20 passed` : null;
      },
    },
    {
      ...about,
      name: 'a slice that loses twelve points stops a release whose average barely moves',
      drive: async (step) => {
        for (let run = 0; run < 6; run++) {
          const { before, after } = release(random, 500, { claims: 0.12, billing: -0.015, travel: -0.015 });
          const { pass, reasons } = await ask(step, after, { last: before }, { ...policy, margin: 0.09 });
          if (pass || !say(reasons).includes('slice last claims')) return `run ${run}: pass is ${pass}, the reasons are “${say(reasons)}”`;
        }
        return null;
      },
    },
    decides('too few cases show nothing: not shown to be worse is not shown to be as good', 'regression-gates', worsened(even(60), 3, 2), { last: even(60) }, 'overall last; slice last all'),
    decides('a small loss on many cases passes', 'regression-gates', worsened(steady, 1, 4), { last: steady }, ''),
    decides('a better candidate passes', 'regression-gates', steady.map((one) => ({ ...one, score: 1 })), { last: steady }, ''),
    decides('a critical case that worked must work', 'ci-for-models', worsened(critical, 33, 1), { last: critical }, 'critical last c33'),
    decides('a critical case that never worked holds nobody up', 'ci-for-models', critical, { last: critical.map((one, i) => (i === 33 ? { ...one, score: 0 } : one)) }, ''),
    decides('answers that are missing are a reason of their own', 'ci-for-models', steady.map((one, i) => ({ ...one, missing: i % 40 === 0 })), { last: steady }, 'missing'),
    decides('many small steps down are found by the baseline that does not move', 'regression-gates', worsened(steady, 0, 40), { last: worsened(steady, 0, 36), anchor: steady }, 'overall anchor; slice anchor all'),
    {
      ...about,
      name: 'slices too small to judge are named',
      steps: [{ call: 'gate', args: [even(80, ['big']).concat(even(20, ['tiny']).map((one) => ({ ...one, id: `t${one.id}`, score: 0 }))), { last: even(80, ['big']).concat(even(20, ['tiny']).map((one) => ({ ...one, id: `t${one.id}` }))) }, { ...policy, margin: 0.5 }] }],
      expect: { pass: true, reasons: [], small: ['tiny'] },
    },
    {
      ...about,
      name: 'random releases and policies, against two baselines',
      steps: randomly.map(({ candidate, baselines, given }) => ({ call: 'gate', args: [candidate, baselines, given] })),
      check: (results) => {
        for (const [i, { candidate, baselines, given }] of randomly.entries()) {
          const want = decide(candidate, baselines, given);
          const got = results[i] as Decision;
          if (say(want.reasons) !== say(got.reasons) || want.pass !== got.pass || want.small.join() !== got.small.join())
            return `release ${i}: expected “${say(want.reasons)}” and small ${want.small.join()}, got “${say(got.reasons)}” and ${got.small.join()}`;
        }
        return null;
      },
    },
  ];
}
