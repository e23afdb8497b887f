import { decided, start } from './play.ts';
import type { Drive, Random, Test } from './world.ts';
import { costOf, World } from './world.ts';

type Given = { budget: number; periodMs: number; burst: number };

/** The controller by its definition. */
class Ledger {
  private readonly given: Given;
  private now = 0;
  private period = 0;
  private spent = 0;

  constructor(given: Given) {
    this.given = given;
  }

  at(now: number): number {
    const { budget, periodMs, burst } = this.given;
    this.now = Math.max(this.now, now);
    while (this.period < Math.floor(this.now / periodMs)) {
      this.period++;
      this.spent = Math.max(0, this.spent - budget);
    }
    const share = (this.now - this.period * periodMs) / periodMs;
    return Math.max(0, budget * (burst + (1 - burst) * share) - this.spent);
  }

  spend(amount: number, now: number): void {
    this.at(now);
    this.spent += amount;
  }
}

export function budgets(random: Random): Test[] {
  const about = { rubric: 'resilience', skill: 'agent-cost-latency' };
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const make = (step: Drive, given: Given) => step({ new: 'BudgetController', as: 'budget', args: [given] });
  const limit = (step: Drive, now: number) => step({ on: 'budget', call: 'limit', args: [now] }) as Promise<number>;
  const spend = (step: Drive, amount: number, now: number) => step({ on: 'budget', call: 'spend', args: [amount, now] });
  return [
    {
      ...about,
      name: 'the limit is what the hour has let out, less what was spent; debts stay, savings do not',
      drive: async (step) => {
        const given = { budget: 100 * whole(3, 9), periodMs: 60_000, burst: 0.1 };
        const ledger = new Ledger(given);
        await make(step, given);
        let now = 0;
        for (let round = 0; round < 150; round++) {
          // Now and then the clock goes back, or a period passes without a request.
          now = Math.max(0, now + (round % 29 === 28 ? -5000 : round % 37 === 36 ? whole(60_000, 200_000) : whole(0, 3000)));
          const [got, want] = [await limit(step, now), ledger.at(now)];
          if (!(Math.abs(got - want) < 1e-6)) return `at ${now} ms the limit is ${got}, not ${want}`;
          const amount = round % 3 === 0 ? want * random() : round % 11 === 10 ? want + whole(1, 150) : 0;
          await spend(step, amount, now);
          ledger.spend(amount, now);
        }
        return null;
      },
    },
    {
      ...about,
      name: 'a rush does not break the budget, and the budget is used',
      drive: async (step) => {
        const world = new World(random);
        await start(step, world.log(600));
        const budget = 400;
        await make(step, { budget, periodMs: 60_000, burst: 0.1 });
        let [spent, served] = [0, 0];
        for (let now = 0; now < 60_000; now += 250) {
          const request = world.request();
          const [decision] = await decided(step, [{ request, state: { spentMs: 0, limit: await limit(step, now), down: [], tried: [] } }]);
          if (decision!.action === 'give-up') continue;
          const cost = costOf(request, String(decision!.model));
          await spend(step, cost, now);
          spent += cost;
          served++;
        }
        if (spent > 1.01 * budget) return `${spent.toFixed(0)} of ${budget} are spent`;
        return spent > 0.9 * budget ? null : `only ${spent.toFixed(0)} of ${budget} are spent, on ${served} of 240 requests`;
      },
    },
  ];
}
