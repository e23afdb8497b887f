type Step = { new?: string; on?: string; call?: string; as?: string; args: unknown[] };
type Test = { name: string; rubric: string; skill: string; steps: Step[]; check: (results: unknown[]) => string | null };

const skill = 'SKILL_ID';

/** Runs in the grader: what is drawn here goes in, what is compared here stays. */
export function tests(random: () => number): Test[] {
  const whole = (limit: number) => Math.floor(random() * limit);
  const times: number[] = [];
  const steps: Step[] = [{ new: 'Window', as: 'window', args: [1000] }];
  const expected: (number | null)[] = [null];
  for (let now = 0; steps.length < 200; now += whole(300)) {
    const asks = random() < 0.5;
    if (!asks) times.push(now);
    steps.push({ on: 'window', call: asks ? 'count' : 'hit', args: [now] });
    expected.push(asks ? times.filter((time) => now - time < 1000).length : null);
  }
  const many = Array.from({ length: 20_000 }, () => whole(10_000_000));
  return [
    {
      name: 'a random afternoon is counted exactly',
      rubric: 'window',
      skill,
      steps,
      check: (results) => {
        const wrong = expected.findIndex((count, at) => count !== null && results[at] !== count);
        return wrong < 0 ? null : `step ${wrong + 1} gives ${String(results[wrong])}, not ${expected[wrong]}`;
      },
    },
    {
      name: '20,000 events in any order',
      rubric: 'busiest',
      skill,
      steps: [{ call: 'busiest', args: [many, 5000] }],
      check: ([found]) => {
        const best = busiest(many, 5000);
        const { start, count } = found as { start: number; count: number };
        return start === best.start && count === best.count
          ? null
          : `got ${count} from ${start}, the busiest span holds ${best.count} from ${best.start}`;
      },
    },
  ];
}

function busiest(times: number[], widthMs: number): { start: number; count: number } {
  const sorted = [...times].sort((a, b) => a - b);
  let best = { start: 0, count: 0 };
  for (let from = 0, to = 0; from < sorted.length; from++) {
    while (to < sorted.length && sorted[to]! < sorted[from]! + widthMs) to++;
    if (to - from > best.count) best = { start: sorted[from]!, count: to - from };
  }
  return best;
}
