/** What may be asked how often: a bucket per kind and key, refilled steadily. Costs nothing where it is off. */
export type Limited = 'guest' | 'goal' | 'issue' | 'attempt' | 'dispute' | 'sign-in';

/** Burst and refill a minute. A person at a keyboard never meets them; a loop does. */
const LIMITS: Record<Limited, { burst: number; perMinute: number }> = {
  guest: { burst: 60, perMinute: 30 },
  goal: { burst: 30, perMinute: 20 },
  // Putting items aside uses up what is fresh; nobody reads faster than this.
  issue: { burst: 60, perMinute: 40 },
  attempt: { burst: 120, perMinute: 120 },
  dispute: { burst: 10, perMinute: 5 },
  'sign-in': { burst: 10, perMinute: 10 },
};

export interface RateLimited {
  outcome: 'rate-limited';
  /** Seconds. */
  retryAfter: number;
}

export interface RateLimiter {
  /** Takes one; undefined when it was allowed. */
  take(kind: Limited, key: string, now: number): RateLimited | undefined;
}

export const UNLIMITED: RateLimiter = { take: () => undefined };

export function createRateLimiter(): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  let swept = 0;

  /** Full buckets say nothing; forgetting them bounds the memory. */
  const sweep = (now: number) => {
    if (now - swept < 60_000) return;
    swept = now;
    for (const [key, bucket] of buckets) if (now - bucket.at > 10 * 60_000) buckets.delete(key);
  };

  return {
    take(kind, key, now) {
      sweep(now);
      const { burst, perMinute } = LIMITS[kind];
      const id = `${kind}/${key}`;
      const bucket = buckets.get(id) ?? { tokens: burst, at: now };
      const tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 60_000) * perMinute);
      if (tokens < 1) {
        buckets.set(id, { tokens, at: now });
        return {
          outcome: 'rate-limited',
          retryAfter: Math.max(1, Math.ceil(((1 - tokens) / perMinute) * 60)),
        };
      }
      buckets.set(id, { tokens: tokens - 1, at: now });
      return undefined;
    },
  };
}
