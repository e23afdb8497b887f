import { afterEach, describe, expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import { bubblewrapArguments } from './bubblewrap/bubblewrap-arguments.ts';
import { findSandbox, findSandboxes, findStrongest, listUsableSandboxes } from './available-sandboxes.ts';
import { trySandboxes } from './try-sandboxes.ts';
import { takeIdentity } from './identity.ts';
import { foldersOf } from './node-launch.ts';
import { SANDBOX_NAMES, type Sandbox } from './sandbox.ts';

const opened: Sandbox[] = [];
const keep = <T extends Sandbox | undefined>(sandbox: T): T => {
  if (sandbox) opened.push(sandbox);
  return sandbox;
};
afterEach(() => Promise.all(opened.splice(0).map((sandbox) => sandbox.close())));

describe('the sandboxes of this machine', () => {
  it('are found by trying them, and there is one for each language wherever Node runs', async () => {
    const found = await findSandboxes(0);
    found.forEach(keep);
    const names = found.map((sandbox) => sandbox.name);
    expect(names).toEqual(SANDBOX_NAMES.filter((name) => names.includes(name)));
    expect(names).toEqual(expect.arrayContaining(['pyodide', 'quickjs']));
  });

  it('are chosen by language, strongest first, or by name', async () => {
    expect(keep(await findSandbox('ts', { ready: 0 }))?.name).toBe('quickjs');
    expect(keep(await findSandbox('py', { ready: 0, name: 'pyodide' }))?.name).toBe('pyodide');
    const strongest = keep(await findSandbox('py', { ready: 0 }))!.name;
    expect(strongest).toBe(existsSync('/usr/bin/bwrap') ? 'bubblewrap' : 'pyodide');
  });

  it('work where they are: each is tried with a sum', async () => {
    const names = (await listUsableSandboxes()).map(({ name }) => name);
    const tried = await trySandboxes();
    expect(tried.map(({ name }) => name)).toEqual(SANDBOX_NAMES);
    for (const { name, state } of tried) expect(state).toBe(names.includes(name) ? 'works' : 'absent');
  });

  it('are not others than those that exist, nor for other languages', async () => {
    expect(await findSandbox('py', { name: 'docker' })).toBeUndefined();
    expect(await findSandbox('py', { name: 'quickjs' })).toBeUndefined();
    expect(await findSandbox('js', { name: 'pyodide' })).toBeUndefined();
  });

  it('are one a language where that is enough, the strongest', async () => {
    const [all, few] = [await findSandboxes(0), await findStrongest(0)];
    const firsts = (['py', 'ts'] as const).map(
      (language) => all.find((one) => one.languages.includes(language))!.name,
    );
    expect(few.map((sandbox) => sandbox.name).sort()).toEqual(firsts.sort());
  });
});

describe('what a process may reach', () => {
  it('is, under bubblewrap, the interpreter and its libraries', () => {
    const args = bubblewrapArguments('code', true);
    const bound = args.flatMap((arg, at) => (arg === '--ro-bind' ? [args[at + 1]] : []));
    for (const path of bound) expect(path).toMatch(/^\/(usr\/)?lib(32|64)?$|^\/usr\/bin\/python3$/);
    expect(args).not.toContain('--bind');
    expect(args).not.toContain('--proc');
    expect(args).not.toContain('--share-net');
    expect(args).toEqual(
      expect.arrayContaining([
        '--unshare-all',
        '--disable-userns',
        '--die-with-parent',
        '--clearenv',
        '--seccomp',
      ]),
    );
  });

  it('is, under Node, the packages that a runner is made of', () => {
    const folders = foldersOf(['sucrase']);
    expect(folders.some((folder) => folder.endsWith('/sucrase'))).toBe(true);
    expect(folders.some((folder) => folder.endsWith('/lines-and-columns'))).toBe(true);
    for (const folder of folders) expect(folder).toContain('/node_modules/');
  });

  it('is nothing that our own identity owns, where we are root', () => {
    const [one, other] = [takeIdentity(), takeIdentity()];
    if (process.getuid?.() !== 0) expect(one).toBeUndefined();
    else {
      expect(one!.uid).toBeGreaterThan(60_000);
      expect(one!.uid).toBe(one!.gid);
      expect(one).not.toEqual(other);
    }
  });
});
