export type Column = { type: string; nulls: number; mean: number | null };
export type Batch = { id: string; digest: string; madeAt: number; rows: number; columns: Record<string, Column> };
export type Contract = {
  minRows: number;
  maxAge: number; // ticks
  columns: Record<string, { type: string; maxNulls: number; mean: number | null; sd: number | null }>;
};
export type Problem = { rule: string; column: string | null };

export type Offline = { quality: number; slices: Record<string, number> };
export type Config = {
  contract: Contract;
  live: string; // the version that serves at the beginning
  offline: Offline; // of that version
  code: string;
  seed: number;
  slo: { errors: number; slow: number; quality: number }; // shares of requests
  margin: number; // how much worse a version may be, as a share of requests
  sliceMargin: number;
  z: number; // standard errors that count as shown
};

/** What can be seen in one tick of five minutes; what did not happen is null. */
export type Seen = {
  now: number;
  batch: Batch | null;
  job: { key: string; ok: boolean; version: string | null; offline: Offline | null } | null;
  registry: { version: string; ok: boolean } | null; // the answer to register
  live: { version: string; requests: number; errors: number; slow: number; meanScore: number; nulls: Record<string, number> };
  shadow: { version: string; requests: number; errors: number } | null;
  canary: { version: string; requests: number; errors: number; slow: number } | null;
  labels: {
    /** Outcomes of the requests of some ticks ago, for the version that served them; null where none of a model is known. */
    live: { version: string; n: number; correct: number } | null;
    /** The same requests by the version in shadow or canary: right where live was wrong, wrong where it was right. */
    pairs: { version: string; n: number; better: number; worse: number } | null;
  };
};

/** A number or text that was seen: `path` from the top of what was seen in tick `at`. */
export type Evidence = { at: number; path: string; value: unknown };
export type Action = { because: Evidence[] } & (
  | { do: 'quarantine'; batch: string }
  | { do: 'train'; batch: string; key: string }
  | { do: 'register' | 'shadow' | 'promote' | 'stop'; version: string }
  | { do: 'canary'; version: string; share: number }
  | { do: 'rollback' | 'fallback' | 'resume' | 'retrain' }
);

/** FNV-1a of 32 bits, as eight hexadecimal digits. Good enough to name things here; not for secrets. */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Everything in a batch that breaks the contract. */
export function checkBatch(contract: Contract, batch: Batch, now: number): Problem[] {
  const problems: Problem[] = [];
  if (batch.rows < contract.minRows) problems.push({ rule: 'rows', column: null });
  if (now - batch.madeAt > contract.maxAge) problems.push({ rule: 'stale', column: null });
  for (const [column, promised] of Object.entries(contract.columns)) {
    const found = batch.columns[column];
    if (!found) problems.push({ rule: 'missing', column });
    else if (found.type !== promised.type) problems.push({ rule: 'type', column });
    else {
      if (found.nulls > promised.maxNulls) problems.push({ rule: 'nulls', column });
      // A schema does not see that metres have become kilometres; a mean does.
      const { mean, sd } = promised;
      if (mean !== null && sd !== null && (found.mean === null || Math.abs(found.mean - mean) > sd / 2))
        problems.push({ rule: 'shift', column });
    }
  }
  return problems;
}

/** The name of what comes out of a job: equal for equal inputs, however they are written down. */
export function jobKey(inputs: unknown): string {
  return digest(canonical(inputs));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}

/** Counts over ticks, kept small: sums, not lists. */
type Counts = { n: number; errors: number; slow: number };
type Pairs = { n: number; better: number; worse: number };
type Candidate = {
  version: string;
  offline: Offline;
  stage: 'registering' | 'shadow' | 'canary';
  since: number;
  nextTry: number;
  tries: number;
  counts: Counts;
  pairs: Pairs;
  /** What let it through shadow, for the record. */
  passed: Evidence[];
};

const TRIES = 3;
/** Ticks after which a candidate that has not convinced anybody is given up. */
const SHADOW_MOST = 40;
/** Requests in canary before it may go on; with a share of 0.1 some five ticks. */
const CANARY_LEAST = 200;
const CANARY_SHARE = 0.1;
/** Ticks of labels that are looked at together. */
const WINDOW = 4;
const CALM = 3;

/** The train: looks at every tick, and says what is to be done and why. */
export class Train {
  readonly #config: Config;
  readonly #done: (Action & { at: number })[] = [];
  readonly #keys = new Set<string>();
  #job: { batch: string; key: string; tries: number } | null = null;
  #candidate: Candidate | null = null;
  #live: { version: string; offline: Offline; before: { version: string; offline: Offline } | null };
  #onRules = false;
  #calm = 0;
  #window: { n: number; correct: number }[] = [];
  #asked = false;

  constructor(config: Config) {
    this.#config = config;
    this.#live = { version: config.live, offline: config.offline, before: null };
  }

  tick(seen: Seen): Action[] {
    const actions = [
      ...this.#watchFeatures(seen),
      ...this.#watchQuality(seen),
      ...this.#takeBatch(seen),
      ...this.#takeJob(seen),
      ...this.#moveCandidate(seen),
    ];
    this.#done.push(...actions.map((action) => ({ ...action, at: seen.now })));
    return actions;
  }

  /** Every action so far, with the tick in which it was decided. */
  timeline(): (Action & { at: number })[] {
    return this.#done;
  }

  /** A feature that is not there hurts every version: rules take over until it has been back for a while. */
  #watchFeatures(seen: Seen): Action[] {
    const { columns } = this.#config.contract;
    const broken = Object.entries(seen.live.nulls).filter(([name, share]) => {
      const most = columns[name]?.maxNulls ?? 1;
      return share > most + this.#config.z * Math.sqrt((most * (1 - most)) / Math.max(1, seen.live.requests));
    });
    this.#calm = broken.length > 0 ? 0 : this.#calm + 1;
    const because = (names: string[]) => names.map((name) => evidence(seen, `live.nulls.${name}`));
    if (broken.length > 0) {
      this.#window = [];
      if (this.#onRules) return [];
      this.#onRules = true;
      return [{ do: 'fallback', because: because(broken.map(([name]) => name)) }];
    }
    if (!this.#onRules || this.#calm < CALM) return [];
    this.#onRules = false;
    return [{ do: 'resume', because: because(Object.keys(seen.live.nulls)) }];
  }

  /** Outcomes decide, not drift: what has just been shipped goes back, what has grown old is trained again. */
  #watchQuality(seen: Seen): Action[] {
    const { live } = seen.labels;
    if (live === null || live.version !== this.#live.version || this.#onRules) return [];
    this.#window = [...this.#window, live].slice(-WINDOW);
    const n = this.#window.reduce((sum, one) => sum + one.n, 0);
    const correct = this.#window.reduce((sum, one) => sum + one.correct, 0);
    const { slo, z } = this.#config;
    if (!isAbove(n - correct, n, 1 - slo.quality, z)) return [];
    const because = [evidence(seen, 'labels.live.correct'), evidence(seen, 'labels.live.n')];
    this.#window = [];
    if (this.#live.before) {
      this.#live = { ...this.#live.before, before: null };
      const stop: Action[] = this.#drop(because);
      return [...stop, { do: 'rollback', because }];
    }
    if (this.#asked || this.#job || this.#candidate) return [];
    this.#asked = true;
    return [{ do: 'retrain', because }];
  }

  #takeBatch(seen: Seen): Action[] {
    const { batch } = seen;
    if (batch === null) return [];
    this.#asked = false;
    const problems = checkBatch(this.#config.contract, batch, seen.now);
    if (problems.length > 0) {
      const paths = problems.map(({ rule, column }) => {
        if (rule === 'rows') return 'batch.rows';
        if (rule === 'stale') return 'batch.madeAt';
        if (rule === 'missing') return 'batch.digest';
        return `batch.columns.${column}.${rule === 'shift' ? 'mean' : rule}`;
      });
      return [{ do: 'quarantine', batch: batch.id, because: paths.map((path) => evidence(seen, path)) }];
    }
    const key = jobKey({ data: batch.digest, code: this.#config.code, seed: this.#config.seed });
    // The same inputs give the same artefact: what arrives twice is trained once, and one job runs at a time.
    if (this.#keys.has(key) || this.#job || this.#candidate) return [];
    this.#keys.add(key);
    this.#job = { batch: batch.id, key, tries: 1 };
    return [{ do: 'train', batch: batch.id, key, because: [evidence(seen, 'batch.digest')] }];
  }

  #takeJob(seen: Seen): Action[] {
    const { job } = seen;
    if (job === null || this.#job === null || job.key !== this.#job.key) return [];
    if (!job.ok || job.version === null || job.offline === null) {
      if (this.#job.tries === TRIES) {
        this.#job = null;
        return [];
      }
      this.#job.tries++;
      return [{ do: 'train', batch: this.#job.batch, key: this.#job.key, because: [evidence(seen, 'job.ok')] }];
    }
    this.#job = null;
    const { version, offline } = job;
    const { margin, sliceMargin } = this.#config;
    const before = this.#live.offline;
    const worse = Object.entries(before.slices).filter(
      ([name, quality]) => (offline.slices[name] ?? 0) < quality - sliceMargin,
    );
    // A better average may hide a slice that is worse.
    if (offline.quality < before.quality - margin || worse.length > 0) return [];
    this.#candidate = {
      version,
      offline,
      stage: 'registering',
      since: seen.now,
      nextTry: seen.now,
      tries: 0,
      counts: { n: 0, errors: 0, slow: 0 },
      pairs: { n: 0, better: 0, worse: 0 },
      passed: [],
    };
    return [{ do: 'register', version, because: [evidence(seen, 'job.offline.quality')] }];
  }

  #moveCandidate(seen: Seen): Action[] {
    const candidate = this.#candidate;
    if (candidate === null || candidate.since === seen.now) return [];
    if (candidate.stage === 'registering') return this.#tryRegistry(seen, candidate);
    // While rules serve there is nothing to compare with; what was counted before stays.
    if (this.#onRules) return [];
    const { version, counts, pairs } = candidate;
    const arm = candidate.stage === 'shadow' ? seen.shadow : seen.canary;
    if (arm?.version === version) {
      counts.n += arm.requests;
      counts.errors += arm.errors;
      counts.slow += candidate.stage === 'canary' ? (seen.canary?.slow ?? 0) : 0;
    }
    const seenPairs = seen.labels.pairs;
    if (seenPairs?.version === version) {
      pairs.n += seenPairs.n;
      pairs.better += seenPairs.better;
      pairs.worse += seenPairs.worse;
    }
    return candidate.stage === 'shadow' ? this.#judgeShadow(seen, candidate) : this.#judgeCanary(seen, candidate);
  }

  /** A registry that is down is asked again, less and less often; nothing that is not registered is served. */
  #tryRegistry(seen: Seen, candidate: Candidate): Action[] {
    const { version } = candidate;
    if (seen.registry?.version === version) {
      if (seen.registry.ok || candidate.tries === 2) {
        Object.assign(candidate, { stage: 'shadow', since: seen.now });
        return [{ do: 'shadow', version, because: [evidence(seen, 'registry.ok')] }];
      }
      candidate.nextTry = seen.now + Math.min(4, 2 ** candidate.tries);
      candidate.tries++;
      candidate.passed = [evidence(seen, 'registry.ok')];
    }
    if (seen.now !== candidate.nextTry || candidate.passed.length === 0) return [];
    return [{ do: 'register', version, because: candidate.passed }];
  }

  #judgeShadow(seen: Seen, candidate: Candidate): Action[] {
    const { slo, z, margin } = this.#config;
    const { version, counts, pairs } = candidate;
    if (isAbove(counts.errors, counts.n, slo.errors, z)) return this.#drop([evidence(seen, 'shadow.errors')]);
    if (pairs.n === 0 || seen.labels.pairs === null) return [];
    const difference = (pairs.better - pairs.worse) / pairs.n;
    const error = Math.sqrt(pairs.better + pairs.worse) / pairs.n;
    const because = [evidence(seen, 'labels.pairs.better'), evidence(seen, 'labels.pairs.worse')];
    if (difference + z * error < -margin / 2 || seen.now - candidate.since > SHADOW_MOST) return this.#drop(because);
    // No worse has to be shown: not to see a difference is not the same.
    if (difference - z * error <= -margin) return [];
    Object.assign(candidate, {
      stage: 'canary',
      since: seen.now,
      counts: { n: 0, errors: 0, slow: 0 },
      passed: because,
    });
    return [{ do: 'canary', version, share: CANARY_SHARE, because }];
  }

  #judgeCanary(seen: Seen, candidate: Candidate): Action[] {
    const { slo, z } = this.#config;
    const { version, offline, counts, passed } = candidate;
    for (const name of ['errors', 'slow'] as const)
      if (isAbove(counts[name], counts.n, slo[name], z)) return this.#drop([evidence(seen, `canary.${name}`)]);
    const allowed = (name: 'errors' | 'slow') => counts[name] <= counts.n * slo[name];
    if (counts.n < CANARY_LEAST || !allowed('errors') || !allowed('slow')) return [];
    const { version: old, offline: oldOffline } = this.#live;
    this.#live = { version, offline, before: { version: old, offline: oldOffline } };
    this.#candidate = null;
    this.#window = [];
    const because = [...passed, evidence(seen, 'canary.errors'), evidence(seen, 'canary.slow')];
    return [{ do: 'promote', version, because }];
  }

  #drop(because: Evidence[]): Action[] {
    const candidate = this.#candidate;
    this.#candidate = null;
    if (candidate === null || (candidate.stage !== 'shadow' && candidate.stage !== 'canary')) return [];
    return [{ do: 'stop', version: candidate.version, because }];
  }
}

/** Whether `count` of `n` shows a share above `limit`: by `z` standard errors, and by more than three cases. */
function isAbove(count: number, n: number, limit: number, z: number): boolean {
  const expected = n * limit;
  return count - expected > Math.max(3, z * Math.sqrt(expected * (1 - limit)));
}

function evidence(seen: Seen, path: string): Evidence {
  let value: unknown = seen;
  for (const part of path.split('.')) value = (value as Record<string, unknown>)[part];
  return { at: seen.now, path, value };
}
