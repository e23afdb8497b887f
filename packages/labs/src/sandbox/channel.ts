import type { ProcessUsage } from './process-usage.ts';

/** Why a channel can be asked nothing more; both null where only the end itself is known. */
export interface Exit {
  code: number | null;
  signal: string | null;
}

/** Lines to and from something that runs a submission: a process, or a worker of a browser. */
export interface Channel {
  /** Called with each line; set by whoever asks. Lines that nobody waits for are dropped. */
  onLine: ((line: string) => void) | undefined;
  onExit: ((exit: Exit) => void) | undefined;
  /** Set once it has ended. */
  readonly exit: Exit | undefined;
  /** True once it was ended because it sent more than any lab needs. */
  readonly flooded: boolean;
  send(line: string): void;
  /** What it has used so far, told from outside; undefined where nobody can tell. */
  usage(): ProcessUsage | undefined;
  /** Ends it and everything below it; resolves when it is gone. */
  kill(): Promise<void>;
  /** Keeps the event loop alive while it is used. */
  ref(): void;
}
