import type { Judged, Label, Test } from './reference.ts';
import { calibrate, kappa } from './reference.ts';

/** Judgments of a judge that sees quality with some noise, and may lean to the first answer or to the longer one. */
function judged(chance: () => number, count: number, noise: number, toFirst = 0, toLonger = 0): Judged[] {
  const shout = (value: number): Label => (Math.abs(value) < 0.08 ? 'tie' : value > 0 ? 'A' : 'B');
  return Array.from({ length: count }, () => {
    const quality = 2 * chance() - 1;
    const lengths = { A: 50 + Math.floor(chance() * 400), B: 50 + Math.floor(chance() * 400) };
    const pull = toLonger * Math.sign(lengths.A - lengths.B);
    const seen = () => quality + noise * (chance() - 0.5) + pull;
    return { human: shout(quality), first: shout(seen() + toFirst), second: shout(seen() - toFirst), lengths };
  });
}

export function judges(random: () => number): Test[] {
  const about = { rubric: 'judge', skill: 'llm-judge' };
  const people = { rubric: 'judge', skill: 'human-evaluation' };
  const labels = (count: number, among: string[]) => Array.from({ length: count }, () => among[Math.floor(random() * among.length)]!);
  const [a, b] = [labels(80, ['ok', 'bad', 'unsure']), labels(80, ['ok', 'bad', 'other'])];
  const leaning = a.map((label, i) => (i % 3 ? label : b[i]!));
  const calibrated = (name: string, items: Judged[], flags?: string[]): Test => ({
    ...about,
    name,
    steps: [{ call: 'calibrate', args: [items] }],
    check: ([answer]) => {
      const want = calibrate(items) as Record<string, unknown>;
      const got = answer as Record<string, unknown>;
      for (const key of ['kappa', 'flipRate', 'positionBias', 'lengthBias'])
        if (!(Math.abs((got[key] as number) - (want[key] as number)) < 1e-9)) return `${key} is ${String(want[key])}, not ${String(got[key])}`;
      const raised = (flags ?? (want['flags'] as string[])).join();
      return (got['flags'] as string[]).join() === raised ? null : `the flags are “${(got['flags'] as string[]).join()}”, not “${raised}”`;
    },
  });
  return [
    { ...people, name: 'agreement beyond chance of two raters', steps: [{ call: 'kappa', args: [a, leaning] }], expect: kappa(a, leaning), tol: 1e-9 },
    { ...people, name: 'raters with labels of their own', steps: [{ call: 'kappa', args: [a, b] }], expect: kappa(a, b), tol: 1e-9 },
    {
      ...people,
      name: 'nine in ten agree, and it is hardly more than chance',
      steps: [{ call: 'kappa', args: [[...Array(46).fill('ok'), 'ok', 'ok', 'bad', 'bad'], [...Array(46).fill('ok'), 'bad', 'bad', 'ok', 'ok']] }],
      check: ([value]) => (Math.abs((value as number) - kappa([...Array(48).fill('ok'), 'bad', 'bad'], [...Array(46).fill('ok'), 'bad', 'bad', 'ok', 'ok'])) < 1e-9 ? null : `kappa is ${String(value)}`),
    },
    { ...people, name: 'everybody always says the same', steps: [{ call: 'kappa', args: [['ok', 'ok', 'ok'], ['ok', 'ok', 'ok']] }], expect: 1 },
    calibrated('a good judge raises no flag', judged(random, 220, 0.2), []),
    calibrated('a judge that prefers what it sees first', judged(random, 220, 0.2, 0.3)),
    calibrated('a judge that prefers length', judged(random, 260, 0.1, 0, 0.5)),
    calibrated('a judge that guesses', judged(random, 220, 8)),
    {
      ...about,
      name: 'planted biases are flagged by their name',
      steps: [judged(random, 240, 0.1, 0.3), judged(random, 260, 0.1, 0, 0.5), judged(random, 240, 8)].map((items) => ({ call: 'calibrate', args: [items] })),
      check: (results) => {
        const flags = (results as { flags: string[] }[]).map((one) => one.flags);
        if (!flags[0]!.includes('position') || flags[0]!.includes('length')) return `preferring the first answer raises “${flags[0]!.join()}”`;
        if (!flags[1]!.includes('length') || flags[1]!.includes('position')) return `preferring length raises “${flags[1]!.join()}”`;
        return flags[2]!.includes('agreement') ? null : `guessing raises “${flags[2]!.join()}”`;
      },
    },
    {
      ...about,
      name: 'a verdict that changes with the order counts as none',
      steps: [{ call: 'calibrate', args: [[['A', 'A', 'B'], ['A', 'A', 'A'], ['B', 'B', 'B'], ['tie', 'A', 'B']].map(([human, first, second]) => ({ human, first, second, lengths: { A: 1, B: 1 } }))] }],
      expect: { kappa: 7 / 11, flipRate: 0.5, positionBias: 0.5, lengthBias: 0, flags: [] },
      tol: 1e-9,
    },
    {
      ...about,
      name: 'the rate behind the flags',
      steps: [[0.2, 0.9, 0.95], [0.03, 0.8, 0.95], [0.99, 0.9, 0.9], [0.5, 0.5, 0.5], [0.4, 0.3, 0.6]].map((args) => ({ call: 'correctRate', args })),
      check: (results) => {
        const want = [15 / 85, 0, 1, null, null];
        return want.every((value, i) => (value === null ? results[i] === null : Math.abs((results[i] as number) - value) < 1e-9)) ? null : `got ${JSON.stringify(results)}, not ${JSON.stringify(want)}`;
      },
    },
  ];
}
