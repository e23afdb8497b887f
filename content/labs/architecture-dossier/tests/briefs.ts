import type { AiClass, Brief, Capacity, Component, Goal, Replicas, System } from '../solution/types.ts';
import { bestCommitment, cheapest, createHour, rateOf } from './model.ts';

export type Step = { call: string; args: unknown[]; as?: string };
type Drive = (step: Step) => Promise<unknown>;
export type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  expect?: unknown;
  raises?: string;
  tol?: number;
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};

/** Duties of high-risk uses under Annex III apply from 2 December 2027 since Regulation (EU) 2026/1744; Article 50 since 2 August 2026. */
const LAW: Brief['law'] = [
  { aiClass: 'high', item: 'oversight', applies: '2027-12-02' },
  { aiClass: 'high', item: 'logging', applies: '2027-12-02' },
  { aiClass: 'high', item: 'documentation', applies: '2027-12-02' },
  { aiClass: 'limited', item: 'disclosure', applies: '2026-08-02' },
];

const NAMES = ['gateway', 'features', 'score', 'rules', 'assistant', 'retrieval', 'reranker', 'ledger'];
const TEAMS = ['payments', 'credit', 'support', 'platform', 'data'];

/** Random systems and briefs; what is asked of them can be met unless it is said otherwise. */
export function createBriefs(random: () => number) {
  const between = (low: number, high: number) => low + (high - low) * random();
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const shuffled = <T>(list: readonly T[]): T[] =>
    list.map((item) => ({ item, by: random() })).sort((a, b) => a.by - b.by).map(({ item }) => item);

  /** Of everything some two or three times as much can be had as is needed. */
  const withQuotas = (given: System): System => ({
    ...given,
    components: given.components.map((one) => {
      const least = Math.floor((rateOf(given, one.id, 1, true) * one.serviceMs) / 1000 / one.slots) + 1;
      return { ...one, quota: 2 * least + 8 };
    }),
  });

  /** `size` components in two flows; the last one is a fallback and nothing else. */
  const system = (size = 4, zones = 3): System => {
    const ids = shuffled(NAMES).slice(0, size);
    const components = ids.map((id): Component => {
      const pricePerHour = Math.round(between(0.2, 6) * 100) / 100;
      return {
        id,
        serviceMs: whole(8, 400),
        slots: pick([1, 2, 4, 8]),
        pricePerHour,
        committedPerHour: Math.round(pricePerHour * between(0.45, 0.75) * 1000) / 1000,
        replicaUp: 1 - between(0.002, 0.02),
        quota: 0,
      };
    });
    const path = ids.slice(0, -1);
    const visits = (list: string[], fallbackAt: number) =>
      list.map((component, at) => ({
        component,
        times: pick([1, 1, 1.5, 0.4, 2]),
        ...(at === fallbackAt && { fallback: ids.at(-1)! }),
      }));
    const flows = [
      { id: 'decide', perSecond: 0, visits: visits(path, path.length - 1) },
      { id: 'ask', perSecond: 0, visits: visits(path.slice(0, Math.max(1, path.length - 1)), -1) },
    ];
    // As many requests as keep the busiest component at four to seven replicas.
    const work = (id: string) => {
      const { serviceMs, slots } = components.find((one) => one.id === id)!;
      const times = flows.reduce((sum, flow) => sum + flow.visits.reduce((n, one) => n + (one.component === id ? one.times : 0), 0), 0);
      return (times * serviceMs) / 1000 / slots;
    };
    const each = between(3.4, 6.4) / Math.max(...path.map(work));
    flows[0]!.perSecond = Math.round(each * between(0.8, 1) * 100) / 100;
    flows[1]!.perSecond = Math.round(each * between(0.4, 1) * 100) / 100;
    return withQuotas({ components, flows, zones, zoneUp: 1 - between(0.0005, 0.003) });
  };

  /** Enough to keep up, and a little more. */
  const roomy = (given: System, factor: number, more = 3): Replicas =>
    Object.fromEntries(
      given.components.map(({ id, serviceMs, slots }) => {
        const least = Math.floor((rateOf(given, id, factor, true) * serviceMs) / 1000 / slots) + 1;
        let count = least + 1 + whole(0, more);
        // Also with a zone gone.
        while (given.zones > 1 && count - Math.ceil(count / given.zones) < least) count++;
        return [id, count];
      }),
    );

  /** Goals that are just kept by some replicas, so that they can be kept. */
  const goals = (given: System, factor: number): Goal[] => {
    const outcomes = createHour(given, factor).outcomes(
      given.flows.map(({ id }) => ({ flow: id, meanMs: 1, zoneLossMs: 1, availability: 0.5 })),
      roomy(given, factor),
    );
    const got = (flow: string, goal: string) => outcomes.find((one) => one.flow === flow && one.goal === goal)!.got!;
    return given.flows.map(({ id }) => ({
      flow: id,
      meanMs: Math.round(got(id, 'meanMs') * 102) / 100,
      zoneLossMs: given.zones === 1 ? null : Math.round(got(id, 'zoneLossMs') * 102) / 100,
      availability: Math.floor((1 - (1 - got(id, 'availability')) * 1.05) * 1e6) / 1e6,
    }));
  };

  const profile = () => {
    const [night, day, noon] = [between(0.15, 0.3), between(0.55, 0.75), 1].map((one) => Math.round(one * 100) / 100);
    return [night!, night!, night!, day!, noon!, noon!, day!, day!];
  };

  const brief = (size = 4): Brief => {
    const given = system(size);
    const names = given.components.map(({ id }) => id);
    const work = Array.from({ length: 8 }, (_, at) => ({
      id: `work-${at}`,
      team: pick(TEAMS),
      months: whole(1, 3),
      after: at === 0 ? [] : [...new Set([`work-${whole(Math.max(0, at - 3), at - 1)}`, `work-${whole(0, at - 1)}`])],
    }));
    return {
      today: '2026-11-23',
      system: given,
      goals: goals(given, 1),
      profile: profile(),
      owners: Object.fromEntries(names.map((name) => [name, pick(TEAMS)])),
      teams: TEAMS.map((id) => ({ id, parallel: whole(1, 2) })),
      uses: [
        { id: 'credit-decision', component: names[0]!, aiClass: 'high' as AiClass, live: pick(['2027-06-01', '2028-02-01']) },
        { id: 'help-chat', component: names[1]!, aiClass: 'limited' as AiClass, live: pick(['2027-01-15', '2027-05-01']) },
        { id: 'routing', component: names[2]!, aiClass: 'minimal' as AiClass, live: '2027-01-15' },
      ],
      law: LAW,
      work: shuffled(work),
      horizon: 24,
    };
  };

  /** Replicas of every hour by the grader's own search. */
  const capacity = (given: System, wanted: Goal[], factors: number[]): Capacity => {
    const known = new Map(factors.map((factor) => [factor, cheapest(given, wanted, factor)!]));
    const hours = factors.map((factor) => known.get(factor)!);
    return { hours, committed: bestCommitment(given, hours) };
  };

  return { between, whole, pick, system, withQuotas, roomy, goals, profile, brief, capacity };
}
