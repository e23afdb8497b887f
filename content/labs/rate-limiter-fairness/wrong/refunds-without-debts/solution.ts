/** What the limiter shares out, and among whom. */
export type Options = {
  /** Tokens that flow in per second. */
  rate: number;
  /** The most the bucket can hold; it starts full. */
  burst: number;
  /** Weight of each tenant, above zero. */
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

/** A first-in, first-out queue. `Array.shift` moves every element; an index does not. */
class Queue<T> {
  private items: T[] = [];
  private start = 0;

  get length(): number {
    return this.items.length - this.start;
  }

  peek(): T | undefined {
    return this.items[this.start];
  }

  push(item: T): void {
    this.items.push(item);
  }

  shift(): T | undefined {
    const item = this.items[this.start];
    if (item === undefined) return undefined;
    this.start += 1;
    if (this.start * 2 > this.items.length) {
      this.items = this.items.slice(this.start);
      this.start = 0;
    }
    return item;
  }
}

type Tenant = {
  name: string;
  weight: number;
  queue: Queue<Request>;
  /** Sum of the costs in `queue`, kept so that no operation has to walk it. */
  backlog: number;
  /** Tokens this tenant may still use in its turn. Below zero it owes: it used more than it declared. */
  deficit: number;
  used: number;
};

/** One token budget, shared by weight. Times are milliseconds and are given by the caller. */
export class Limiter {
  private readonly options: Options;
  private readonly tenants = new Map<string, Tenant>();
  /** Tenants with something waiting, the one whose turn it is first. */
  private readonly ring = new Queue<Tenant>();
  /** Whether the tenant at the front has had its quantum for this turn. */
  private inTurn = false;
  private activeWeight = 0;
  private tokens: number;
  private clock = -Infinity;
  private refused = 0;
  private expired = 0;
  private readonly unsettled = new Map<string, Request>();

  constructor(options: Options) {
    this.options = options;
    this.tokens = options.burst;
    for (const [name, weight] of Object.entries(options.weights)) {
      this.tenants.set(name, { name, weight, queue: new Queue(), backlog: 0, deficit: 0, used: 0 });
    }
  }

  /** Takes a request into its tenant's queue, or says at once why not and when to come back. */
  offer(request: Request, now: number): Offer {
    this.refill(now);
    const tenant = this.tenants.get(request.tenant);
    if (!tenant) return this.refuse('unknown-tenant', null);
    if (request.cost > this.options.burst) return this.refuse('too-large', null);
    const late = this.clock + this.waitMs(tenant, request.cost) - request.deadline;
    if (tenant.queue.length >= this.options.maxWaiting) return this.refuse('queue-full', Math.max(0, late));
    if (late > 0) return this.refuse('deadline', late);
    if (tenant.queue.length === 0) {
      this.ring.push(tenant);
      this.activeWeight += tenant.weight;
    }
    tenant.queue.push(request);
    tenant.backlog += request.cost;
    return { ok: true };
  }

  /** The id of the request to start now, or null: nothing waits, or the bucket cannot pay for it yet. */
  next(now: number): string | null {
    this.refill(now);
    for (let tenant = this.ring.peek(); tenant; tenant = this.ring.peek()) {
      const request = this.firstAlive(tenant);
      if (!request) {
        this.leave();
        continue;
      }
      if (!this.inTurn) {
        tenant.deficit += this.options.quantum * tenant.weight;
        this.inTurn = true;
      }
      if (request.cost > tenant.deficit) {
        this.pass();
        continue;
      }
      // A dear request waits at the front: skipping it for cheap ones would starve it.
      if (request.cost > this.tokens) return null;
      this.take(tenant);
      tenant.deficit -= request.cost;
      tenant.used += request.cost;
      this.tokens -= request.cost;
      this.unsettled.set(request.id, request);
      if (tenant.queue.length === 0) this.leave();
      return request.id;
    }
    return null;
  }

  /** Replaces the declared cost of a started request by what it used. False if there is no such request. */
  settle(id: string, used: number, now: number): boolean {
    this.refill(now);
    const request = this.unsettled.get(id);
    const tenant = request && this.tenants.get(request.tenant);
    if (!request || !tenant) return false;
    this.unsettled.delete(id);
    const back = Math.max(0, request.cost - used);
    this.tokens = Math.min(this.options.burst, this.tokens + back);
    tenant.used -= back;
    tenant.deficit += back;
    if (tenant.queue.length === 0) tenant.deficit = Math.min(0, tenant.deficit);
    return true;
  }

  stats(now: number): Stats {
    this.refill(now);
    const all = [...this.tenants.values()];
    return {
      tokens: this.tokens,
      waiting: Object.fromEntries(all.map((tenant) => [tenant.name, tenant.queue.length])),
      used: Object.fromEntries(all.map((tenant) => [tenant.name, tenant.used])),
      refused: this.refused,
      expired: this.expired,
    };
  }

  /** Adds what flowed in since the last call. A clock that goes back adds nothing and takes nothing. */
  private refill(now: number): void {
    if (now <= this.clock) return;
    if (this.clock !== -Infinity) {
      const flow = ((now - this.clock) * this.options.rate) / 1000;
      this.tokens = Math.min(this.options.burst, this.tokens + flow);
    }
    this.clock = now;
  }

  /** How long until the tenant's backlog and this request are paid for, at the tenant's share of the rate. */
  private waitMs(tenant: Tenant, cost: number): number {
    const active = this.activeWeight + (tenant.queue.length === 0 ? tenant.weight : 0);
    const share = tenant.weight / active;
    const missing = tenant.backlog + cost - share * this.tokens;
    return Math.max(0, Math.ceil((missing / (share * this.options.rate)) * 1000));
  }

  private refuse(reason: Reason, retryAfterMs: number | null): Offer {
    this.refused += 1;
    return { ok: false, reason, retryAfterMs };
  }

  /** The tenant's first request that can still start in time; those before it are dropped. */
  private firstAlive(tenant: Tenant): Request | undefined {
    let request = tenant.queue.peek();
    while (request && request.deadline < this.clock) {
      this.take(tenant);
      this.expired += 1;
      request = tenant.queue.peek();
    }
    return request;
  }

  private take(tenant: Tenant): void {
    const request = tenant.queue.shift();
    if (request) tenant.backlog -= request.cost;
  }

  /** The front tenant goes to the back and keeps its deficit. */
  private pass(): void {
    const tenant = this.ring.shift();
    if (tenant) this.ring.push(tenant);
    this.inTurn = false;
  }

  /** The front tenant has nothing left. It keeps a debt; it does not keep credit. */
  private leave(): void {
    const tenant = this.ring.shift();
    if (!tenant) return;
    tenant.deficit = Math.min(0, tenant.deficit);
    this.activeWeight -= tenant.weight;
    this.inTurn = false;
  }
}

export type Operation =
  | ['offer', Request, number]
  | ['next', number]
  | ['finish', number]
  | ['settle', string, number, number]
  | ['stats', number];

/**
 * Plays a list of operations on a new limiter and returns what each of them returned.
 * `finish` settles the request that was started first among those that still run, with what it `uses`.
 */
export function replay(options: Options, operations: Operation[]): unknown[] {
  const limiter = new Limiter(options);
  const uses = new Map<string, number>();
  const running = new Queue<string>();
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
