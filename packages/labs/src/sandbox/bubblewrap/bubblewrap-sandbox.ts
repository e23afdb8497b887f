import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Limits } from '../../contract/lab.ts';
import { Child } from '../child.ts';
import { ChannelSession, type ExplainExit } from '../channel-session.ts';
import { Pool, waitUntilReady } from '../pool.ts';
import type { Program, Sandbox } from '../sandbox.ts';
import { takeIdentity } from '../identity.ts';
import { packageFolder } from '../node-launch.ts';
import { bubblewrapArguments, PYTHON } from './bubblewrap-arguments.ts';
import { seccompFilter } from './seccomp-filter.ts';

const BWRAP = '/usr/bin/bwrap';
/** 128 + SIGXCPU, as bubblewrap passes it on. */
const CPU_EXIT = 128 + 24;

/** Python under bubblewrap: a process for each submission, and the kernel's walls around it. */
export function createBubblewrapSandbox(ready: number): Sandbox {
  const code = ['harness.py', 'bubblewrap.py']
    .map((name) => readFileSync(join(packageFolder(), 'harness', name), 'utf8'))
    .join('\n');
  const input = seccompFilter();
  const args = bubblewrapArguments(code, input !== undefined);
  const pool = new Pool(ready, async () => {
    const identity = takeIdentity();
    const child = new Child({ command: BWRAP, args, identity, input, channel: 'extra', waitsForChild: true });
    await waitUntilReady(child, 'bubblewrap');
    return child;
  });
  return {
    name: 'bubblewrap',
    languages: ['py'],
    warm: () => pool.fill(),
    processes: () => pool.processes(),
    close: () => pool.close(),
    open: async (program: Program, limits: Limits, signal?: AbortSignal) => {
      const child = await pool.take(signal);
      return new ChannelSession({ channel: child, program, limits, explainExit });
    },
  };
}

const explainExit: ExplainExit = ({ code }) =>
  code === CPU_EXIT
    ? { how: 'timeout', reason: 'passed the limit of processor time' }
    : { how: 'error', reason: `ended its own process (exit code ${code ?? 'unknown'})` };

/** Whether bubblewrap and Python are here and may do what is needed: tried, not guessed. */
export async function canUseBubblewrap(): Promise<boolean> {
  if (process.platform !== 'linux' || !existsSync(BWRAP) || !existsSync(PYTHON)) return false;
  const sandbox = createBubblewrapSandbox(1);
  try {
    await sandbox.warm();
    return true;
  } catch {
    return false;
  } finally {
    await sandbox.close();
  }
}
