import { findSandboxes, type Sandbox, type SourceLanguage } from '@edirae/labs';

/** The sandboxes of this machine, chosen once: for each language the strongest that works here. */
export interface SandboxRack {
  list(): Promise<readonly Sandbox[]>;
  /** Undefined: this machine has none for the language. */
  find(language: SourceLanguage): Promise<Sandbox | undefined>;
  /** Starts what is kept ready, so that the first submission need not wait. Never rejects. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

/** Processes kept started in each sandbox that is used. */
const READY = 1;

/** @param find where sandboxes come from; looked for when they are first asked for */
export function createSandboxRack(find: () => Promise<Sandbox[]> = () => findSandboxes(READY)): SandboxRack {
  let found: Promise<Sandbox[]> | undefined;
  let closed = false;
  const list = () => (found ??= find());
  const chosen = async (language: SourceLanguage) =>
    (await list()).find((sandbox) => sandbox.languages.includes(language));
  return {
    list,
    find: chosen,
    async warm() {
      const wanted = new Set([await chosen('py'), await chosen('ts')]);
      if (closed) return;
      // What cannot be started says so when it is needed.
      await Promise.allSettled([...wanted].map(async (sandbox) => sandbox?.warm()));
    },
    async close() {
      closed = true;
      await Promise.all(((await found?.catch(() => [])) ?? []).map((sandbox) => sandbox.close()));
    },
  };
}
