import { lognormal } from './draw.ts';
import type { SimulatedClock } from './simulated-learner.ts';

const WEEK = 7 * 86_400_000;

/** How weeks differ, as the plan believes (docs/engine.md): spread of the hours; share of weeks without any. */
const SPREAD = { hours: 0.3, weekOff: 1 / 6 } as const;

/** A person's weeks: some hours in each, none in some. Whatever takes minutes moves the clock. */
export class SimulatedWeeks {
  readonly #clock: SimulatedClock;
  readonly #hours: number;
  readonly #random: () => number;
  #start: number;
  #minutes: number;
  #spent = 0;

  constructor(clock: SimulatedClock, hoursPerWeek: number, random: () => number) {
    this.#clock = clock;
    this.#hours = hoursPerWeek;
    this.#random = random;
    this.#start = clock.now;
    this.#minutes = this.#draw();
  }

  /** Works for so many minutes, into later weeks where this one is used up. */
  work(minutes: number): void {
    let left = minutes;
    while (left > this.#minutes - this.#spent) {
      left -= this.#minutes - this.#spent;
      this.#start += WEEK;
      this.#minutes = this.#draw();
      this.#spent = 0;
    }
    this.#spent += left;
    const share = this.#minutes === 0 ? 0 : this.#spent / this.#minutes;
    this.#clock.now = Math.max(this.#clock.now, Math.round(this.#start + share * WEEK));
  }

  #draw(): number {
    const off = this.#random() < SPREAD.weekOff;
    return off ? 0 : this.#hours * 60 * lognormal(SPREAD.hours, this.#random);
  }
}
