import type { Action, Batch, Config, Offline, Seen } from '../solution/solution.ts';

export type Scenario =
  | 'clean'
  | 'schema-change'
  | 'leaky'
  | 'bad-slice'
  | 'slow-model'
  | 'broken-feature'
  | 'silent-drop'
  | 'label-shift'
  | 'harmless-drift'
  | 'registry-outage'
  | 'flaky-job'
  | 'dead-job'
  | 'delivered-twice';

const REQUESTS = 400;
const LABEL_DELAY = 5;
const JOB_TICKS = 5;
const GOOD = 0.9;
const RULES = 0.82;

/** What is true of a version, and what its training said of it. */
type Version = { name: string; difference: number; slow: number; forbidden: boolean; offline: Offline };
type Served = { live: string | null; quality: number; requests: number; candidate: string | null; difference: number; compared: number };

export const CONFIG: Config = {
  contract: {
    minRows: 1000,
    maxAge: 12,
    columns: {
      amount: { type: 'number', maxNulls: 0.05, mean: 50, sd: 20 },
      age: { type: 'number', maxNulls: 0.1, mean: 40, sd: 12 },
      country: { type: 'text', maxNulls: 0, mean: null, sd: null },
    },
  },
  live: 'v-start',
  offline: { quality: 0.9, slices: { all: 0.9, 'new-customers': 0.86 } },
  code: 'a1b2c3',
  seed: 7,
  slo: { errors: 0.01, slow: 0.03, quality: 0.87 },
  margin: 0.015,
  sliceMargin: 0.03,
  z: 3,
};

/** A platform with its traffic, of which the submission sees what one can see. */
export function createWorld(scenario: Scenario, random: () => number) {
  const between = (low: number, high: number) => low + (high - low) * random();
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
  const draw = (n: number, p: number) => {
    let count = 0;
    for (let one = 0; one < n; one++) if (random() < p) count++;
    return count;
  };
  const id = () => Math.floor(random() * 2 ** 32).toString(16).padStart(8, '0');

  const batch = (madeAt: number, change: (made: Batch) => void = () => {}): Batch => {
    const made: Batch = {
      id: `b-${id()}`,
      digest: id(),
      madeAt,
      rows: whole(1500, 9000),
      columns: {
        amount: { type: 'number', nulls: between(0, 0.04), mean: between(45, 55) },
        age: { type: 'number', nulls: between(0, 0.09), mean: between(37, 43) },
        country: { type: 'text', nulls: 0, mean: null },
      },
    };
    change(made);
    return made;
  };
  const start = whole(2, 4);
  const event = whole(18, 26);
  const deliveries = new Map<number, Batch>();
  const bad = new Set<string>();
  const deliver = (at: number, made: Batch) => deliveries.set(at, made);
  const changes: ((made: Batch) => void)[] = [
    (made) => {
      delete made.columns['country'];
      made.columns['country_code'] = { type: 'text', nulls: 0, mean: null };
    },
    (made) => (made.columns['amount']!.type = 'text'),
    (made) => (made.columns['amount']!.mean = made.columns['amount']!.mean! / 1000),
    (made) => (made.columns['age']!.nulls = 0.35),
  ];
  /** The tick in which a batch came that may be shipped; null where there is none. */
  let good: number | null = start;
  const first = batch(start - 1);
  if (scenario === 'label-shift' || scenario === 'harmless-drift') good = null;
  else if (scenario === 'schema-change') {
    const wrong = batch(start - 1, changes[whole(0, changes.length - 1)]);
    bad.add(wrong.id);
    deliver(start, wrong);
    good = start + 6;
    deliver(good, batch(good - 1));
  } else deliver(start, first);
  if (scenario === 'broken-feature') {
    deliveries.delete(start);
    good = null;
    const wrong = batch(event + 7, (made) => (made.columns['amount']!.nulls = 0.4));
    bad.add(wrong.id);
    deliver(event + 8, wrong);
  }
  if (scenario === 'delivered-twice') {
    deliver(start + 2, { ...first, id: `b-${id()}` });
    deliver(start + 60, { ...first, id: `b-${id()}`, madeAt: start + 59 });
  }

  const versions = new Map<string, Version>([[CONFIG.live, { name: CONFIG.live, difference: 0, slow: 0.01, forbidden: false, offline: CONFIG.offline }]]);
  const makeVersion = (key: string, from: Batch): Version => {
    const spoilt = bad.has(from.id);
    const leaky = scenario === 'leaky';
    const slice = scenario === 'bad-slice' ? 0.74 : between(0.86, 0.88);
    const difference = spoilt ? -0.1 : leaky ? -0.03 : scenario === 'label-shift' ? 0.062 : between(0.001, 0.01);
    return {
      name: `v-${key}`,
      difference,
      slow: scenario === 'slow-model' ? 0.1 : 0.01,
      forbidden: spoilt || leaky || scenario === 'bad-slice' || scenario === 'slow-model',
      offline: { quality: leaky ? 0.94 : spoilt ? 0.93 : between(0.902, 0.915), slices: { all: 0.91, 'new-customers': slice } },
    };
  };

  let now = -1;
  let live = CONFIG.live;
  let previous: string | null = null;
  let promotedAt = Infinity;
  let onRules = false;
  let shadow: string | null = null;
  let canary: { version: string; share: number } | null = null;
  let job: { key: string; batch: Batch; endsAt: number } | null = null;
  let asked: string | null = null;
  const arrived = new Map<string, Batch>();
  const registered = new Set([CONFIG.live]);
  const history: Served[] = [];
  const counts = { harm: 0, cost: 0, trains: 0, shippedAt: null as number | null, registers: 0, retrains: 0, forbidden: null as string | null, rollbacks: 0, fallbacks: 0, resumes: 0 };
  const attempts = new Map<string, number>();
  const jobs: { key: string; version: string | null }[] = [];

  const broken = () => scenario === 'broken-feature' && now >= event && now < event + 30;
  const qualityOf = (name: string) => {
    const { difference } = versions.get(name)!;
    const shifted = scenario === 'label-shift' && now >= event ? -0.06 : 0;
    const dropped = scenario === 'silent-drop' && name === live && name !== CONFIG.live && now >= promotedAt + 12 ? -0.08 : 0;
    return GOOD + shifted + difference + (broken() ? -0.2 : 0) + dropped;
  };

  const observe = (): Seen => {
    now++;
    const delivered = deliveries.get(now) ?? null;
    if (delivered) arrived.set(delivered.id, delivered);
    let finished: Seen['job'] = null;
    if (job && job.endsAt === now) {
      const tries = attempts.get(job.key)!;
      const ok = scenario === 'dead-job' ? false : scenario === 'flaky-job' ? tries >= 3 : true;
      const version = ok ? (versions.get(`v-${job.key}`) ?? makeVersion(job.key, job.batch)) : null;
      if (version) versions.set(version.name, version);
      finished = { key: job.key, ok, version: version?.name ?? null, offline: version?.offline ?? null };
      jobs.push({ key: job.key, version: finished.version });
      job = null;
    }
    const up = !(scenario === 'registry-outage' && now >= start && now < start + 30);
    const registry = asked === null ? null : { version: asked, ok: up };
    if (asked !== null && up) registered.add(asked);
    asked = null;
    const share = canary?.share ?? 0;
    const toCanary = Math.round(REQUESTS * share);
    const toLive = REQUESTS - toCanary;
    const nulls = { amount: draw(REQUESTS, broken() ? 0.5 : 0.02) / REQUESTS, age: draw(REQUESTS, 0.05) / REQUESTS };
    const liveQuality = onRules ? RULES : qualityOf(live);
    const liveSlow = onRules ? 0.01 : versions.get(live)!.slow;
    counts.harm += toLive * Math.max(0, GOOD - liveQuality) + 0.3 * toLive * (liveSlow - 0.01);
    const candidate = canary?.version ?? shadow;
    if (canary) {
      const version = versions.get(canary.version)!;
      counts.harm += toCanary * Math.max(0, GOOD - qualityOf(version.name)) + 0.3 * toCanary * (version.slow - 0.01);
      counts.cost += 1;
    }
    if (shadow) counts.cost += 4;
    history[now] = {
      live: onRules ? null : live,
      quality: liveQuality,
      requests: toLive,
      candidate: onRules ? null : candidate,
      difference: candidate ? qualityOf(candidate) - qualityOf(live) : 0,
      compared: canary ? toCanary : REQUESTS,
    };
    const then = history[now - LABEL_DELAY];
    const drift = (scenario === 'harmless-drift' || scenario === 'label-shift') && now >= event ? 0.1 : 0;
    return structuredClone({
      now,
      batch: delivered,
      job: finished,
      registry,
      live: {
        version: live,
        requests: toLive,
        errors: draw(toLive, 0.004),
        slow: draw(toLive, liveSlow),
        meanScore: 0.3 + drift + between(-0.01, 0.01),
        nulls,
      },
      shadow: shadow ? { version: shadow, requests: REQUESTS, errors: draw(REQUESTS, 0.004) } : null,
      canary: canary ? { version: canary.version, requests: toCanary, errors: draw(toCanary, 0.004), slow: draw(toCanary, versions.get(canary.version)!.slow) } : null,
      labels: {
        live: then?.live ? { version: then.live, n: then.requests, correct: draw(then.requests, then.quality) } : null,
        pairs: then?.candidate ? pairsOf(then) : null,
      },
    });
  };

  const pairsOf = ({ candidate, difference, compared }: Served) => {
    const apart = Math.max(0.08, Math.abs(difference) + 0.02);
    const better = draw(compared, (apart + difference) / 2);
    return { version: candidate!, n: compared, better, worse: draw(compared - better, (apart - difference) / 2 / (1 - (apart + difference) / 2)) };
  };

  const servable = (version: string) => (!versions.has(version) ? 'does not exist' : !registered.has(version) ? 'is not in the registry' : null);

  /** Does what was decided; says what cannot be done. */
  const act = (action: Action): string | null => {
    const serves = (version: string): string | null => {
      const wrong = servable(version);
      if (wrong) return `${action.do} of ${version} in tick ${now}: it ${wrong}`;
      if (versions.get(version)!.forbidden && action.do === 'promote') counts.forbidden ??= version;
      return null;
    };
    if (action.do === 'quarantine' || action.do === 'train') {
      const given = arrived.get(action.batch);
      if (!given) return `${action.do} of ${action.batch} in tick ${now}: no such batch has come`;
      if (action.do === 'quarantine') {
        quarantined.add(given.id);
        return null;
      }
      if (job) return `train in tick ${now}: a job is running`;
      attempts.set(action.key, (attempts.get(action.key) ?? 0) + 1);
      job = { key: action.key, batch: given, endsAt: now + JOB_TICKS };
      counts.cost += 50;
      counts.trains++;
      return null;
    }
    if (action.do === 'register') {
      if (!versions.has(action.version)) return `register of ${action.version} in tick ${now}: it does not exist`;
      asked = action.version;
      counts.cost += 1;
      counts.registers++;
      return null;
    }
    if (action.do === 'stop') {
      shadow = null;
      canary = null;
      return null;
    }
    if (action.do === 'rollback') {
      if (previous === null) return `rollback in tick ${now}: there is nothing to go back to`;
      [live, previous] = [previous, null];
      promotedAt = Infinity;
      counts.rollbacks++;
      return null;
    }
    if (action.do === 'fallback' || action.do === 'resume') {
      onRules = action.do === 'fallback';
      counts[onRules ? 'fallbacks' : 'resumes']++;
      return null;
    }
    if (!('version' in action)) {
      counts.retrains++;
      const fresh = batch(now + 2);
      if (broken()) bad.add(fresh.id);
      if (!deliveries.has(now + 3)) deliver(now + 3, fresh);
      return null;
    }
    const wrong = serves(action.version);
    if (wrong) return wrong;
    if (action.do === 'shadow') {
      shadow = action.version;
      canary = null;
      return null;
    }
    if (action.do === 'canary') {
      if (!(action.share > 0 && action.share <= 0.25)) return `canary in tick ${now}: a share of ${action.share} is not above 0 and at most 0.25`;
      canary = { version: action.version, share: action.share };
      shadow = null;
      return null;
    }
    [previous, live] = [live, action.version];
    promotedAt = now;
    counts.shippedAt ??= now;
    shadow = null;
    canary = null;
    return null;
  };

  const quarantined = new Set<string>();
  return { observe, act, counts, good, event, bad, quarantined, jobs, live: () => live, liveQuality: () => (onRules ? RULES : qualityOf(live)) };
}
export type World = ReturnType<typeof createWorld>;
