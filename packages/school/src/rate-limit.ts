/** What may be asked how often: a bucket per kind and key, refilled steadily. Costs nothing where it is off. */
export type Limited =
  | 'guest'
  | 'goal'
  | 'issue'
  | 'attempt'
  | 'grade'
  | 'mentor'
  | 'proposal'
  | 'preview'
  | 'dispute'
  | 'interview'
  | 'draft'
  | 'note'
  | 'report'
  | 'token'
  | 'cards'
  | 'import'
  | 'sign-in'
  | 'account';

/** Burst and refill a minute. A person at a keyboard never meets them; a loop does. */
const LIMITS: Record<Limited, { burst: number; perMinute: number }> = {
  guest: { burst: 60, perMinute: 30 },
  goal: { burst: 30, perMinute: 20 },
  // Putting items aside uses up what is fresh; nobody reads faster than this.
  issue: { burst: 60, perMinute: 40 },
  attempt: { burst: 120, perMinute: 120 },
  // Each runs a sandbox for seconds.
  grade: { burst: 20, perMinute: 10 },
  mentor: { burst: 30, perMinute: 20 },
  // Four hundred simulated journeys each; a slider asks a few times a second.
  preview: { burst: 60, perMinute: 60 },
  // Each sends the list of skills to a model, some eight thousand tokens, beside the mentor's budget.
  proposal: { burst: 6, perMinute: 0.1 },
  dispute: { burst: 10, perMinute: 5 },
  // A page saves a few seconds after the last key.
  interview: { burst: 60, perMinute: 60 },
  // As an interview, in several files and tabs.
  draft: { burst: 120, perMinute: 90 },
  note: { burst: 60, perMinute: 60 },
  // Reports of dead links: an operator reads them.
  report: { burst: 10, perMinute: 2 },
  token: { burst: 10, perMinute: 5 },
  // A card a second is faster than reading; a device that comes back sends many at once.
  cards: { burst: 120, perMinute: 90 },
  // Each reads a whole package.
  import: { burst: 5, perMinute: 2 },
  // Of one address with one account: a guesser needs far more tries than this.
  'sign-in': { burst: 10, perMinute: 10 },
  // Of one network address, sign-in and sign-up together: a class comes from one address in the same minute.
  account: { burst: 60, perMinute: 60 },
};

export interface RateLimited {
  outcome: 'rate-limited';
  /** Seconds. */
  retryAfter: number;
}

export interface RateLimiter {
  /** Takes one; undefined when it was allowed. */
  take(kind: Limited, key: string, now: number): Promise<RateLimited | undefined>;
}

/** A bucket as it is drawn from: `burst` at most, refilled by `perMs` a millisecond. */
export interface Bucket {
  id: string;
  burst: number;
  perMs: number;
  now: number;
}

/** Draws one token and gives what the bucket held before, refilled to now: below 1, nothing was taken. */
export type DrawToken = (bucket: Bucket) => Promise<number>;

export const UNLIMITED: RateLimiter = { take: async () => undefined };

/** @param draw where the buckets are: in this process, or in the database that several processes share */
export function createRateLimiter(draw: DrawToken = drawInMemory()): RateLimiter {
  return {
    async take(kind, key, now) {
      const { burst, perMinute } = LIMITS[kind];
      const held = await draw({ id: `${kind}/${key}`, burst, perMs: perMinute / 60_000, now });
      if (held >= 1) return undefined;
      return {
        outcome: 'rate-limited',
        retryAfter: Math.max(1, Math.ceil(((1 - held) / perMinute) * 60)),
      };
    },
  };
}

function drawInMemory(): DrawToken {
  const buckets = new Map<string, { tokens: number; at: number; fullAt: number }>();
  let swept = 0;

  /** Full buckets say nothing; forgetting them bounds the memory. */
  const sweep = (now: number) => {
    if (now - swept < 60_000) return;
    swept = now;
    for (const [key, bucket] of buckets) if (now >= bucket.fullAt) buckets.delete(key);
  };

  return async ({ id, burst, perMs, now }) => {
    sweep(now);
    const bucket = buckets.get(id) ?? { tokens: burst, at: now };
    const held = Math.min(burst, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
    const tokens = held >= 1 ? held - 1 : held;
    const at = Math.max(now, bucket.at);
    buckets.set(id, { tokens, at, fullAt: at + (burst - tokens) / perMs });
    return held;
  };
}
