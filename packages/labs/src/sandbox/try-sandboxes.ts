import { listKinds } from './available-sandboxes.ts';
import type { Reply, Sandbox, SandboxName, SourceLanguage } from './sandbox.ts';

/** A sandbox that this version knows, and whether it works on this machine. */
export interface TriedSandbox {
  name: SandboxName;
  languages: readonly SourceLanguage[];
  /** `absent`: what it needs is not here, or this machine does not allow it. `broken`: it started and could not add one to one. */
  state: 'works' | 'absent' | 'broken';
  /** Milliseconds from nothing to a sum. */
  ms: number;
}

const PROGRAMS: Record<'py' | 'js', { entry: string; code: string }> = {
  py: { entry: 'sum.py', code: 'def add(a, b):\n    return a + b\n' },
  js: { entry: 'sum.js', code: 'export function add(a, b) { return a + b; }\n' },
};

/** What the trial may use: room for Python's slowest start. */
const LIMITS = { wallMs: 20_000, memoryMb: 128, outputKb: 1 };

/** Starts every sandbox once and lets it add one to one. Strongest first, as they are chosen. */
export async function trySandboxes(): Promise<TriedSandbox[]> {
  const tried: TriedSandbox[] = [];
  for (const { name, languages, isUsable, create } of listKinds()) {
    const from = performance.now();
    const state = (await isUsable()) ? ((await canAdd(create(0))) ? 'works' : 'broken') : 'absent';
    tried.push({ name, languages, state, ms: Math.round(performance.now() - from) });
  }
  return tried;
}

async function canAdd(sandbox: Sandbox): Promise<boolean> {
  const language = sandbox.languages.includes('py') ? 'py' : 'js';
  const { entry, code } = PROGRAMS[language];
  try {
    const session = await sandbox.open({ language, entry, files: { [entry]: code } }, LIMITS);
    try {
      const begun = await session.begin();
      return begun.kind === 'value' && isTwo(await session.step({ do: 'call', name: 'add', args: [1, 1] }));
    } finally {
      await session.close();
    }
  } catch {
    return false;
  } finally {
    await sandbox.close();
  }
}

function isTwo(reply: Reply): boolean {
  return reply.kind === 'value' && reply.value === 2;
}
