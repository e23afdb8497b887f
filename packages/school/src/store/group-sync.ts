import { closeSync, fdatasync, openSync } from 'node:fs';

/**
 * Brings what was written to a file to the disk, once for everybody who waits: whoever comes while a sync is under way shares the next one.
 * The sync runs beside the thread that serves.
 */
export class GroupSync {
  readonly #file: number;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #broken: Error | undefined;
  #closed = false;

  constructor(path: string) {
    this.#file = openSync(path, 'r+');
  }

  /**
   * Resolves when everything written before the call is on the disk.
   * @throws Error where the disk refuses, now and ever after: what a failed sync left in memory may be lost, and only a restart, which reads
   * the file again, knows what is there
   */
  async sync(): Promise<void> {
    if (this.#broken) throw this.#broken;
    if (this.#next) return this.#next;
    if (this.#running === undefined) return (this.#running = this.#run());
    // The one under way may have begun before the write.
    this.#next = this.#running
      .catch(() => {})
      .then(() => {
        this.#running = this.#next;
        this.#next = undefined;
        return this.#run();
      });
    return this.#next;
  }

  /** To be called when nobody writes any more; closing twice is closing once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const close = () => closeSync(this.#file);
    // A descriptor that is closed under a sync could be another file's by the time the sync begins.
    if (this.#running === undefined) close();
    else void this.#running.catch(() => {}).then(close);
  }

  async #run(): Promise<void> {
    const mine = this.#sync();
    try {
      await mine;
    } finally {
      if (this.#next === undefined) this.#running = undefined;
    }
  }

  #sync(): Promise<void> {
    return new Promise((done, fail) => {
      fdatasync(this.#file, (error) => {
        if (error === null) return done();
        this.#broken = new Error(`The disk did not take what was written (${error.message}).`, {
          cause: error,
        });
        fail(this.#broken);
      });
    });
  }
}
