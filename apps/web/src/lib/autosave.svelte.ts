/** How a save ended: kept, refused because another tab wrote, or not reached. */
export type Saved = 'saved' | 'elsewhere' | 'unreached';

export type SaveState = 'clean' | 'unsaved' | 'saving' | Saved;

const AFTER_LAST_KEY = 1_500;
const RETRY = 5_000;

/**
 * Saves a while after the last change, one save at a time, and tries again while the server cannot be reached.
 * @param save sends what is on the page
 */
export class Autosave {
  state = $state<SaveState>('clean');
  readonly #save: () => Promise<Saved>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #changed = false;

  constructor(save: () => Promise<Saved>) {
    this.#save = save;
  }

  /** Something changed on the page. */
  touch(): void {
    this.#changed = true;
    if (this.state === 'elsewhere') return;
    if (this.state !== 'unreached' && this.state !== 'saving') this.state = 'unsaved';
    this.#plan(AFTER_LAST_KEY);
  }

  /** Saves at once what is not saved yet. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#running) await this.#running;
    if (!this.#changed || this.state === 'elsewhere') return;
    this.#running = this.#run();
    await this.#running;
    this.#running = undefined;
  }

  /** The reader decided which of two versions to go on with. */
  settle(changed: boolean): void {
    this.state = 'clean';
    if (changed) this.touch();
    else this.#changed = false;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#changed = false;
  }

  async #run(): Promise<void> {
    this.#changed = false;
    this.state = 'saving';
    const result = await this.#save();
    this.state = result;
    if (result === 'unreached') {
      this.#changed = true;
      this.#plan(RETRY);
    } else if (this.#changed && result === 'saved') this.#plan(AFTER_LAST_KEY);
  }

  #plan(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), wait);
  }
}
