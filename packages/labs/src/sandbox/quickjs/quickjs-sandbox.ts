import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Limits } from '../../contract/lab.ts';
import { Child } from '../child.ts';
import { ChannelSession, type ExplainExit } from '../channel-session.ts';
import { foldersOf, nodeLaunch, packageFolder } from '../node-launch.ts';
import { Pool, waitUntilReady } from '../pool.ts';
import type { Program, Sandbox } from '../sandbox.ts';

/** Submissions that one process may run, one after the other, before it is replaced. */
const MAX_RUNS = 200;

const WASM = '@jitl/quickjs-ng-wasmfile-release-sync/wasm';
/** What the runner is made of. */
const PARTS = ['quickjs-emscripten-core', '@jitl/quickjs-ng-wasmfile-release-sync', 'sucrase'];

/**
 * TypeScript and JavaScript in QuickJS, an interpreter compiled to WebAssembly, in a process of its own. Each test gets
 * a new machine with a new memory; the process is kept for the next submission only if the run ended well.
 */
export function createQuickjsSandbox(ready: number): Sandbox {
  const runs = new WeakMap<Child, number>();
  const pool = new Pool(ready, async () => {
    const child = new Child(launch());
    await waitUntilReady(child, 'quickjs');
    return child;
  });
  return {
    name: 'quickjs',
    languages: ['ts', 'js'],
    warm: () => pool.fill(),
    processes: () => pool.processes(),
    close: () => pool.close(),
    open: async (program: Program, limits: Limits, signal?: AbortSignal) => {
      const child = await pool.take(signal);
      const release = async (clean: boolean) => {
        const count = (runs.get(child) ?? 0) + 1;
        runs.set(child, count);
        if (clean && count < MAX_RUNS && !child.exit) pool.putBack(child);
        else await child.kill();
      };
      return new ChannelSession({ channel: child, program, limits, explainExit, release });
    },
  };
}

function launch() {
  const wasm = createRequire(import.meta.url).resolve(WASM);
  const root = packageFolder();
  return nodeLaunch({
    runner: 'src/sandbox/quickjs/runner.ts',
    args: [join(root, 'harness/harness.js'), wasm],
    mayRead: [root, ...foldersOf(PARTS)],
    // Room for the machine's own stack, so that its limit is met before Node's.
    flags: ['--max-old-space-size=256', '--stack-size=3000'],
  });
}

const explainExit: ExplainExit = () => ({ how: 'error', reason: 'died' });
