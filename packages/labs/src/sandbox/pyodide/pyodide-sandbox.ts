import { join } from 'node:path';
import type { Limits } from '../../contract/lab.ts';
import { Child, type Launch } from '../child.ts';
import { ChannelSession, type ExplainExit } from '../channel-session.ts';
import { folderOf, nodeLaunch, packageFolder } from '../node-launch.ts';
import { Pool, waitUntilReady } from '../pool.ts';
import type { Program, Sandbox } from '../sandbox.ts';
import { findSnapshot } from './snapshot.ts';

/**
 * Python in Pyodide, CPython compiled to WebAssembly, in a process for each submission. Works wherever Node does. The
 * interpreter's bridge to JavaScript is no boundary, so the process itself is made harmless: see `disarm.ts`.
 */
export function createPyodideSandbox(ready: number): Sandbox {
  const pool = new Pool(ready, async () => {
    const snapshot = await findSnapshot((to) => launch(to));
    const child = new Child(launch(snapshot));
    await waitUntilReady(child, 'pyodide');
    return child;
  });
  return {
    name: 'pyodide',
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

/** `snapshot` is a file to start from, empty to start from nothing, or `--make`. */
function launch(snapshot: string): Launch {
  const pyodide = folderOf('pyodide');
  const source = join(packageFolder(), 'src/sandbox');
  const harness = join(packageFolder(), 'harness/harness.py');
  return nodeLaunch({
    runner: 'src/sandbox/pyodide/runner.ts',
    args: [pyodide, harness, snapshot],
    mayRead: [
      pyodide,
      source,
      harness,
      join(packageFolder(), 'package.json'),
      ...(snapshot === '' || snapshot === '--make' ? [] : [snapshot]),
    ],
    flags: ['--max-old-space-size=256', '--stack-size=3000'],
  });
}

const explainExit: ExplainExit = () => ({ how: 'error', reason: 'died' });

/** Whether the package is installed; starting it takes long, and it starts wherever Node does. */
export async function canUsePyodide(): Promise<boolean> {
  try {
    folderOf('pyodide');
    return true;
  } catch {
    return false;
  }
}
