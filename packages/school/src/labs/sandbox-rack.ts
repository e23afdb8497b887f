import { openGrader, type Grader, type SandboxOnOffer, type SourceLanguage } from '@edirae/labs';

/** Where learner code runs: the sandboxes of this machine, chosen once, in a thread that grades and asks. */
export interface SandboxRack extends Pick<Grader, 'close'> {
  list(): Promise<readonly SandboxOnOffer[]>;
  /** The strongest for a language. Undefined: this machine has none. */
  find(language: SourceLanguage): Promise<SandboxOnOffer | undefined>;
  /** Starts what is kept ready, so that the first submission need not wait. Never rejects. */
  warm(): Promise<void>;
  ask: Grader['ask'];
}

/** Processes kept started in each sandbox that is used. */
const READY = 1;

/** Nothing is started before it is needed. */
export function createSandboxRack(grader: Grader = openGrader(READY)): SandboxRack {
  let found: Promise<readonly SandboxOnOffer[]> | undefined;
  const list = () => {
    found ??= grader.ask('list', null).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
  return {
    list,
    find: async (language) => (await list()).find(({ languages }) => languages.includes(language)),
    async warm() {
      // What cannot be started says so when it is needed.
      await grader.ask('warm', null).catch(() => undefined);
    },
    ask: grader.ask,
    close: () => grader.close(),
  };
}
