import type { Row, Test } from './world.ts';
import { costOf, fixedChance, models, World } from './world.ts';

type Estimate = { cost: number; quality: number | null; ci: [number, number]; n: number };
type Report = Estimate & { bySlice: Record<string, Estimate> };

const WORLDS = 40;
const ROWS = 500;
/** What a policy under judgement would choose: the small model for what looks easy. */
const choose = (row: Row) => (row.request.features[0]! > 0.35 ? 'large' : row.request.slice === 'legal' ? 'medium' : 'small');

export function estimation(): Test[] {
  const about = { rubric: 'estimation', skill: 'classical-ml-selection' };
  const chance = fixedChance(20260418);
  const worlds = Array.from({ length: WORLDS }, () => {
    const world = new World(chance);
    const log = world.log(ROWS);
    // The truth of the policy, over the requests of the log: what choosing otherwise would have given.
    const truth = log.reduce((sum, row) => sum + world.truth(row.request, choose(row)), 0) / ROWS;
    return { log, choices: log.map(choose), truth };
  });
  const log = worlds[0]!.log;
  const sends = (name: string) => log.map(() => name);
  return [
    {
      ...about,
      name: 'in nine of ten worlds the interval holds the truth, and it is no wider than it has to be',
      steps: worlds.map(({ log: given, choices }) => ({ call: 'evaluate', args: [given, choices, models] })),
      check: (results) => {
        const reports = results as Report[];
        const held = worlds.filter(({ truth }, i) => reports[i]!.ci[0] <= truth && truth <= reports[i]!.ci[1]).length;
        const off = worlds.reduce((sum, { truth }, i) => sum + Number(reports[i]!.quality) - truth, 0) / WORLDS;
        const width = reports.reduce((sum, { ci }) => sum + ci[1] - ci[0], 0) / WORLDS;
        if (held < 0.9 * WORLDS) return `${held} of ${WORLDS} intervals hold the truth; on average the estimate is off by ${(100 * off).toFixed(1)} points`;
        return width < 0.12 ? null : `the intervals are ${(100 * width).toFixed(1)} points wide on average`;
      },
    },
    {
      rubric: 'estimation',
      skill: 'agent-cost-latency',
      name: 'what a policy would have cost is known exactly, in all and by slice',
      steps: ['small', 'large'].map((name) => ({ call: 'evaluate', args: [log, sends(name), models] })),
      check: (results) => {
        for (const [i, name] of ['small', 'large'].entries()) {
          const report = results[i] as Report;
          const costs = (rows: Row[]) => rows.reduce((sum, row) => sum + costOf(row.request, name), 0) / rows.length;
          const near = (got: number, want: number) => Math.abs(got - want) <= 1e-9 * want;
          if (!near(report.cost, costs(log))) return `sending everything to ${name} costs ${costs(log)} a request, not ${report.cost}`;
          if (Object.keys(report.bySlice).sort().join() !== 'chat,code,legal,search') return `the slices are ${Object.keys(report.bySlice).join()}`;
          for (const [slice, part] of Object.entries(report.bySlice)) {
            const rows = log.filter((row) => row.request.slice === slice);
            if (part.n !== rows.length || !near(part.cost, costs(rows))) return `${slice}: ${part.n} rows at ${part.cost}; there are ${rows.length} at ${costs(rows)}`;
          }
        }
        return null;
      },
    },
    {
      ...about,
      name: 'what nobody tried is not known',
      steps: [
        { call: 'evaluate', args: [log.filter((row) => row.model !== 'medium').slice(0, 60), log.filter((row) => row.model !== 'medium').slice(0, 60).map(() => 'medium'), models] },
      ],
      check: ([result]) => {
        const { quality, ci } = result as Report;
        return quality === null && ci[0] === 0 && ci[1] === 1 ? null : `the quality of a model that never answered is ${quality}, between ${ci.join(' and ')}`;
      },
    },
    {
      ...about,
      name: 'a log that agrees with the policy is its own answer',
      steps: [{ call: 'evaluate', args: [log.map((row) => ({ ...row, propensity: 1 })), log.map((row) => row.model), models] }],
      check: ([result]) => {
        const share = log.filter((row) => row.good === 1).length / log.length;
        const { quality, ci } = result as Report;
        if (Math.abs(Number(quality) - share) > 1e-9) return `${share} of the answers were good, and the estimate is ${quality}`;
        return ci[0] < share && share < ci[1] && ci[1] - ci[0] < 0.09 ? null : `the interval is ${ci.join(' to ')}`;
      },
    },
  ];
}
