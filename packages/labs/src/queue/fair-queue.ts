/** How one piece of work ended. */
export type Outcome<T> = { outcome: 'done'; value: T } | { outcome: 'cancelled' };

/** A place in the queue, given to whoever asked. */
export interface Ticket<T> {
  /** How many are to be started before this one; 0 once it runs or has ended. */
  place(): number;
  /** Takes it out of the queue, or stops it where it runs. */
  cancel(): void;
  /** Rejects only with what the work itself rejects with. */
  done: Promise<Outcome<T>>;
}

/** Why nothing was taken in: the queue is full, or this learner has enough waiting. */
export type Refusal = { outcome: 'refused'; why: 'full' | 'learner-full' };

export interface QueueLimits {
  /** How many run at once. */
  running: number;
  /** How many may wait altogether; beyond it the caller has to say so, and when to come back. */
  waiting: number;
  /** How many one learner may have waiting or running. */
  perLearner: number;
}

interface Entry {
  learner: string;
  start(): Promise<void>;
  drop(): void;
}

/**
 * A queue that is fair by learner: they take turns, whatever each has waiting, so that somebody with a hundred
 * submissions delays somebody with one by one. Within a learner, in order of arrival.
 */
export class FairQueue {
  readonly #limits: QueueLimits;
  /** Learners with something waiting, the next one first. */
  #turns: string[] = [];
  readonly #waiting = new Map<string, Entry[]>();
  readonly #held = new Map<string, number>();
  #running = 0;
  #count = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** How many wait, and how many run. */
  get load(): { waiting: number; running: number } {
    return { waiting: this.#count, running: this.#running };
  }

  /** Takes in a piece of work, or refuses it. The signal given to it aborts when it is cancelled. */
  submit<T>(learner: string, work: (signal: AbortSignal) => Promise<T>): Ticket<T> | Refusal {
    if (this.#count >= this.#limits.waiting && this.#running >= this.#limits.running)
      return { outcome: 'refused', why: 'full' };
    if ((this.#held.get(learner) ?? 0) >= this.#limits.perLearner)
      return { outcome: 'refused', why: 'learner-full' };
    this.#held.set(learner, (this.#held.get(learner) ?? 0) + 1);
    const controller = new AbortController();
    const settled = Promise.withResolvers<Outcome<T>>();
    const entry: Entry = {
      learner,
      start: async () => {
        try {
          const value = await work(controller.signal);
          settled.resolve(controller.signal.aborted ? { outcome: 'cancelled' } : { outcome: 'done', value });
        } catch (error) {
          if (controller.signal.aborted) settled.resolve({ outcome: 'cancelled' });
          else settled.reject(error);
        }
      },
      drop: () => settled.resolve({ outcome: 'cancelled' }),
    };
    this.#enqueue(entry);
    return {
      place: () => this.#placeOf(entry),
      cancel: () => {
        controller.abort();
        if (this.#remove(entry)) entry.drop();
      },
      done: settled.promise,
    };
  }

  #enqueue(entry: Entry): void {
    const own = this.#waiting.get(entry.learner);
    if (own) own.push(entry);
    else {
      this.#waiting.set(entry.learner, [entry]);
      this.#turns.push(entry.learner);
    }
    this.#count++;
    this.#advance();
  }

  /** Starts what may run; each learner in turn gives one. */
  #advance(): void {
    while (this.#running < this.#limits.running) {
      const learner = this.#turns.shift();
      if (learner === undefined) return;
      const own = this.#waiting.get(learner)!;
      const entry = own.shift()!;
      if (own.length > 0) this.#turns.push(learner);
      else this.#waiting.delete(learner);
      this.#count--;
      this.#running++;
      void entry.start().finally(() => {
        this.#running--;
        this.#release(learner);
        this.#advance();
      });
    }
  }

  #remove(entry: Entry): boolean {
    const own = this.#waiting.get(entry.learner);
    const at = own?.indexOf(entry) ?? -1;
    if (!own || at < 0) return false;
    own.splice(at, 1);
    this.#count--;
    this.#release(entry.learner);
    if (own.length === 0) {
      this.#waiting.delete(entry.learner);
      this.#turns = this.#turns.filter((learner) => learner !== entry.learner);
    }
    return true;
  }

  #release(learner: string): void {
    const left = (this.#held.get(learner) ?? 1) - 1;
    if (left > 0) this.#held.set(learner, left);
    else this.#held.delete(learner);
  }

  /** Everybody ahead in the same round, plus everybody's entries of the rounds before. */
  #placeOf(entry: Entry): number {
    const round = this.#waiting.get(entry.learner)?.indexOf(entry) ?? -1;
    if (round < 0) return 0;
    const turn = this.#turns.indexOf(entry.learner);
    return this.#turns.reduce((ahead, learner, at) => {
      const theirs = this.#waiting.get(learner)!.length;
      return ahead + (learner === entry.learner ? round : Math.min(theirs, at < turn ? round + 1 : round));
    }, 1);
  }
}
