import { canUseBubblewrap, createBubblewrapSandbox } from './bubblewrap/bubblewrap-sandbox.ts';
import { canUsePyodide, createPyodideSandbox } from './pyodide/pyodide-sandbox.ts';
import { createQuickjsSandbox } from './quickjs/quickjs-sandbox.ts';
import type { Sandbox, SandboxName, SourceLanguage } from './sandbox.ts';

interface Kind {
  name: SandboxName;
  languages: readonly SourceLanguage[];
  isUsable(): Promise<boolean>;
  create(ready: number): Sandbox;
}

/** Strongest first: where two run a language, the first that is usable is taken. */
const KINDS: readonly Kind[] = [
  { name: 'bubblewrap', languages: ['py'], isUsable: canUseBubblewrap, create: createBubblewrapSandbox },
  { name: 'pyodide', languages: ['py'], isUsable: canUsePyodide, create: createPyodideSandbox },
  { name: 'quickjs', languages: ['ts', 'js'], isUsable: async () => true, create: createQuickjsSandbox },
];

/** Every sandbox that this version knows, the strongest first. */
export function listKinds(): readonly Kind[] {
  return KINDS;
}

/** What this machine has, the strongest first. Nothing is left running. */
export async function listUsableSandboxes(): Promise<Pick<Sandbox, 'name' | 'languages'>[]> {
  const usable: Pick<Sandbox, 'name' | 'languages'>[] = [];
  for (const { name, languages, isUsable } of KINDS) if (await isUsable()) usable.push({ name, languages });
  return usable;
}

/** Every sandbox that this machine has. `ready` is how many processes each keeps started. */
export async function findSandboxes(ready = 1): Promise<Sandbox[]> {
  const found: Sandbox[] = [];
  for (const kind of KINDS) if (await kind.isUsable()) found.push(kind.create(ready));
  return found;
}

/** The strongest of them for each language, and no others. */
export async function findStrongest(ready = 1): Promise<Sandbox[]> {
  const covered = new Set<string>();
  return (await findSandboxes(ready)).filter(({ languages }) => {
    const isNeeded = languages.some((language) => !covered.has(language));
    for (const language of languages) covered.add(language);
    return isNeeded;
  });
}

/** The strongest sandbox for a language, or the one that is named; undefined if this machine has none such. */
export async function findSandbox(
  language: SourceLanguage,
  { name, ready = 1 }: { name?: string | undefined; ready?: number } = {},
): Promise<Sandbox | undefined> {
  for (const kind of KINDS) {
    if (!kind.languages.includes(language) || (name !== undefined && kind.name !== name)) continue;
    if (await kind.isUsable()) return kind.create(ready);
  }
  return undefined;
}
