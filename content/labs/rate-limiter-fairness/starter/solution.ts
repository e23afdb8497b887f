/** What the limiter shares out, and among whom. */
export type Options = {
  /** Tokens that flow in per second. */
  rate: number;
  /** The most the bucket can hold; it starts full. */
  burst: number;
  /** Weight of each tenant, a positive whole number. */
  weights: Record<string, number>;
  /** Tokens a tenant may use per round and unit of weight. */
  quantum: number;
  /** Requests that one tenant may have waiting. */
  maxWaiting: number;
};

export type Request = { id: string; tenant: string; cost: number; deadline: number; uses?: number };
export type Reason = 'unknown-tenant' | 'too-large' | 'queue-full' | 'deadline';
export type Offer = { ok: true } | { ok: false; reason: Reason; retryAfterMs: number | null };
export type Stats = {
  tokens: number;
  waiting: Record<string, number>;
  used: Record<string, number>;
  refused: number;
  expired: number;
};

export class Limiter {
  private readonly options: Options;

  constructor(options: Options) {
    this.options = options;
  }

  offer(request: Request, now: number): Offer {
    return { ok: true };
  }

  next(now: number): string | null {
    return null;
  }

  settle(id: string, used: number, now: number): boolean {
    return false;
  }

  stats(now: number): Stats {
    return { tokens: this.options.burst, waiting: {}, used: {}, refused: 0, expired: 0 };
  }
}

export type Operation =
  | ['offer', Request, number]
  | ['next', number]
  | ['finish', number]
  | ['settle', string, number, number]
  | ['stats', number];

/**
 * Plays a list of operations on a new limiter and returns what each of them returned. Given: leave it as it is.
 * `finish` settles the request that was started first among those that still run, with what it `uses`.
 */
export function replay(options: Options, operations: Operation[]): unknown[] {
  const limiter = new Limiter(options);
  const uses = new Map<string, number>();
  const running: string[] = [];
  return operations.map((operation) => {
    switch (operation[0]) {
      case 'offer': {
        const [, request, now] = operation;
        uses.set(request.id, request.uses ?? request.cost);
        return limiter.offer(request, now);
      }
      case 'next': {
        const id = limiter.next(operation[1]);
        if (id !== null) running.push(id);
        return id;
      }
      case 'finish': {
        const id = running.shift();
        return id === undefined ? false : limiter.settle(id, uses.get(id) ?? 0, operation[1]);
      }
      case 'settle':
        return limiter.settle(operation[1], operation[2], operation[3]);
      case 'stats':
        return limiter.stats(operation[1]);
    }
  });
}
