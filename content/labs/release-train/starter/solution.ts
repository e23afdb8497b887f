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
  return [];
}

/** The name of what comes out of a job: equal for equal inputs, however they are written down. */
export function jobKey(inputs: unknown): string {
  return '';
}

/** The train: looks at every tick, and says what is to be done and why. */
export class Train {
  protected readonly config: Config;

  constructor(config: Config) {
    this.config = config;
  }

  tick(seen: Seen): Action[] {
    return [];
  }

  /** Every action so far, with the tick in which it was decided. */
  timeline(): (Action & { at: number })[] {
    return [];
  }
}
