import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `look` finds something; the test's own timeout ends the wait. */
export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await sleep(10);
  }
}
