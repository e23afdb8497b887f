import type { Delivery } from './delivery.ts';

/** Calls within one process, which on SQLite is the only one. */
export function createLocalDelivery(): Delivery {
  const bells = new Map<string, Bell>();

  return {
    // The loop's query waits for the open transaction: on SQLite there is one connection.
    announce: async (_tx, { kind }) => bells.get(kind)?.ring(),
    async serve(kinds, runNext) {
      for (const kind of kinds) {
        const bell = new Bell();
        bells.set(kind.name, bell);
        const loop = async () => {
          while (bells.get(kind.name) === bell) if (!(await runNext(kind))) await bell.rung();
        };
        for (let n = 0; n < kind.concurrency; n++) void loop();
      }
    },
    async stop() {
      const ringing = [...bells.values()];
      bells.clear();
      for (const bell of ringing) bell.ring();
    },
  };
}

/** Wakes whoever waits; a ring that nobody waits for is remembered. */
class Bell {
  #waiting: (() => void)[] = [];
  #rang = false;

  ring(): void {
    this.#rang = this.#waiting.length === 0;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async rung(): Promise<void> {
    if (this.#rang) {
      this.#rang = false;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
