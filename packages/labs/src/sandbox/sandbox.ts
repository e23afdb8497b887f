import type { Limits } from '../contract/lab.ts';

/** What a submission is written in, told by its extension. */
export type SourceLanguage = 'py' | 'ts' | 'js';

/** The code of a submission: files by relative path, and the one that is loaded. */
export interface Program {
  language: SourceLanguage;
  entry: string;
  files: Readonly<Record<string, string>>;
}

/** A step as it crosses: names are those of the submission's language, arguments are JSON with tags. */
export type WireStep =
  | { do: 'new'; name: string; args: unknown[]; as?: string }
  | { do: 'call'; name: string; args: unknown[]; as?: string }
  | { do: 'method'; on: string; name: string; args: unknown[]; as?: string }
  | { do: 'get'; on: string; name: string; as?: string };

/** What the submission raised: the names of its class and of what that descends from, most special first. */
export interface Raised {
  names: string[];
  message: string;
  /** Where in the submission, such as `solution.py line 12`; empty if unknown. */
  where: string;
}

/** What came back. Everything in it was made beside the learner's code: values to compare, nothing to believe. */
export type Reply =
  | { kind: 'value'; value: unknown }
  | { kind: 'raised'; raised: Raised }
  /** The run is over; nothing more can be asked. */
  | { kind: 'ended'; how: 'error' | 'timeout'; reason: string };

export interface Usage {
  /** Time spent waiting for the submission, in milliseconds. */
  wallMs: number;
  /** Processor time of the sandbox during the run, in milliseconds; 0 where the system does not tell. */
  cpuMs: number;
  /** The most memory the sandbox's process held, in MiB; 0 where the system does not tell. */
  peakMemoryMb: number;
}

/** One submission in one sandbox. Calls are made one after the other; after `ended` only `close` is allowed. */
export interface Session {
  /** Loads the program afresh: no state of an earlier test is left. A value reply means that it loaded. */
  begin(): Promise<Reply>;
  step(step: WireStep): Promise<Reply>;
  /** What has been printed so far, up to the limit. */
  output(): { text: string; truncated: boolean };
  /** Ends and removes whatever is left of it. Never rejects. */
  close(): Promise<Usage>;
}

/** A place where learner code runs. */
export interface Sandbox {
  readonly name: SandboxName;
  readonly languages: readonly SourceLanguage[];
  /** A session for this program, from the pool if one is ready. Rejects only if the sandbox itself is broken. */
  open(program: Program, limits: Limits, signal?: AbortSignal): Promise<Session>;
  /** Starts what is kept ready, so that the first submission need not wait. */
  warm(): Promise<void>;
  /** Processes kept ready, with everything below them: for whoever looks for what was left behind. */
  processes(): number[];
  /** Ends everything that is kept ready; starts again when it is used again. */
  close(): Promise<void>;
}

export const SANDBOX_NAMES = ['bubblewrap', 'pyodide', 'quickjs'] as const;
export type SandboxName = (typeof SANDBOX_NAMES)[number];
