/** One thing that was looked at. */
export interface Diagnosis {
  /** What: `node`, `disk`, `database` and so on. */
  name: string;
  /** `fault`: Edirae does not run, or not safely. `warning`: it runs, and something should be seen to. */
  state: 'ok' | 'warning' | 'fault';
  said: string;
  /** What to do about it; absent where all is well. */
  todo?: string;
}

/** All is well. */
export function ok(name: string, said: string): Diagnosis {
  return { name, state: 'ok', said };
}

/** It runs, and something should be seen to. */
export function warning(name: string, said: string, todo: string): Diagnosis {
  return { name, state: 'warning', said, todo };
}

/** It does not run, or not safely. */
export function fault(name: string, said: string, todo: string): Diagnosis {
  return { name, state: 'fault', said, todo };
}

/** What an error says, in a few words. */
export function reasonOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && code !== 'ERR_SQLITE_ERROR') return code;
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
