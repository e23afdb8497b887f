import type { Raised, Reply, Sandbox, Session, SourceLanguage, WireStep } from '../sandbox/sandbox.ts';

/** What a scripted session does when it is asked: a value, something raised, or the end. */
export type Answer = Reply | ((step: WireStep) => Reply | Promise<Reply>);

export interface Script {
  languages?: SourceLanguage[];
  /** The reply to each loading; loads if left out. */
  begin?: Reply[];
  /** Replies to steps, in order; the last one is used again. */
  steps?: Answer[];
  output?: { text: string; truncated: boolean };
}

/** A sandbox that answers from a script, and remembers what it was asked. */
export interface ScriptedSandbox extends Sandbox {
  asked: WireStep[];
  begun: number;
  opened: number;
  closed: number;
}

export const value = (held: unknown): Reply => ({ kind: 'value', value: held });

export const raised = (name: string, message = '', more: Partial<Raised> = {}): Reply => ({
  kind: 'raised',
  raised: { names: [name, 'Exception'], message, where: '', ...more },
});

export const ended = (how: 'error' | 'timeout', reason = 'died'): Reply => ({ kind: 'ended', how, reason });

export function scriptedSandbox(script: Script = {}): ScriptedSandbox {
  const { languages = ['py'], begin = [], steps = [value(null)], output } = script;
  const sandbox: ScriptedSandbox = {
    name: 'bubblewrap',
    languages,
    asked: [],
    begun: 0,
    opened: 0,
    closed: 0,
    warm: async () => undefined,
    close: async () => undefined,
    processes: () => [],
    open: async () => {
      sandbox.opened++;
      return session;
    },
  };
  const session: Session = {
    begin: async () => begin[sandbox.begun++] ?? value(null),
    step: async (step) => {
      sandbox.asked.push(step);
      const answer = steps[Math.min(sandbox.asked.length, steps.length) - 1]!;
      return typeof answer === 'function' ? answer(step) : answer;
    },
    output: () => output ?? { text: '', truncated: false },
    close: async () => {
      sandbox.closed++;
      return { wallMs: 12.4, cpuMs: 8, peakMemoryMb: 21.37 };
    },
  };
  return sandbox;
}
