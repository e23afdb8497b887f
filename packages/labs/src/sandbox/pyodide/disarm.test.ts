import { spawn, spawnSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FLAGS = ['--no-warnings', '--disallow-code-generation-from-strings', '--input-type=module', '-e'];

/** Code as if Pyodide's bridge had been crossed: it holds what Node gave it before, and prints with `say`. */
function scriptOf(code: string, disarmed: boolean): string {
  const disarm = join(import.meta.dirname, 'disarm.ts');
  return `
    import fs from 'node:fs';
    import net from 'node:net';
    import dgram from 'node:dgram';
    const write = fs.writeSync;
    const say = (text) => write(1, text + '\\n');
    const attempt = (name, act) => { try { const got = act(); say(name + ': ' + (got === undefined ? 'nothing' : typeof got)); } catch (error) { say(name + ': ' + error.message); } };
    const held = { net, dgram, fs, process, Socket: net.Socket, connect: net.connect };
    const { disarm } = await import(${JSON.stringify(disarm)});
    ${disarmed ? 'disarm();' : ''}
    ${code}`;
}

/** Runs it in a process that has disarmed itself; gives the lines that it printed. */
function afterDisarming(code: string): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [...FLAGS, scriptOf(code, true)], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (stdout === '') throw new Error(stderr);
  return stdout.trim().split('\n');
}

/** The same beside us, so that a server of ours can answer it. */
function runBeside(code: string, disarmed: boolean): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...FLAGS, scriptOf(code, disarmed)], { timeout: 20_000 });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    child.on('close', () => resolve(text));
  });
}

const REFUSED = 'not in the sandbox';

describe('a process that has disarmed itself', () => {
  it('has no global that reaches outside', () => {
    const names = ['fetch', 'WebSocket', 'require', 'Worker', 'BroadcastChannel', 'navigator', 'global'];
    const said = afterDisarming(
      `for (const name of ${JSON.stringify(names)}) say(name + ' ' + typeof globalThis[name]);`,
    );
    expect(said).toEqual(names.map((name) => `${name} undefined`));
  });

  it('has a process that is nobody', () => {
    expect(
      afterDisarming(
        `say(String(globalThis.process.getuid())); say(typeof globalThis.process.kill); say(typeof globalThis.process.env); attempt('set', () => { 'use strict'; globalThis.process.kill = 1; });`,
      ),
    ).toEqual(['65534', 'undefined', 'undefined', expect.stringContaining('set: ')]);
  });

  it('lets nobody use the real one, even if they held it', () => {
    const said = afterDisarming(
      `for (const name of ['kill', 'exit', 'abort', 'chdir', 'dlopen', 'getBuiltinModule', 'binding', '_linkedBinding', 'reallyExit', 'cpuUsage', 'setuid']) attempt(name, () => held.process[name]('x'));
       attempt('env', () => Object.keys(held.process.env).length || undefined);`,
    );
    for (const line of said) expect(line).toMatch(new RegExp(`${REFUSED}|nothing`));
  });

  it('lets nobody use the modules, even if they held them', () => {
    const said = afterDisarming(
      `attempt('readFileSync', () => held.fs.readFileSync('/etc/hostname'));
       attempt('writeFileSync', () => held.fs.writeFileSync('/tmp/x', ''));
       attempt('promises', () => held.fs.promises.readFile('/etc/hostname'));
       attempt('connect', () => held.net.connect(80));
       attempt('createServer', () => held.net.createServer());
       attempt('createSocket', () => held.dgram.createSocket('udp4'));`,
    );
    for (const line of said) expect(line).toMatch(new RegExp(`${REFUSED}|is not a function`));
  });

  it('connects to nothing through a class that they held', async () => {
    let calls = 0;
    const server = createServer((socket) => {
      calls++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const tries = `for (const act of [() => new held.Socket().connect(${port}, '127.0.0.1'), () => held.connect({ port: ${port}, host: '127.0.0.1' })])
         try { act().on('error', () => {}).on('connect', () => say('CONNECTED')); } catch {}
       say('tried'); await new Promise((resolve) => setTimeout(resolve, 100));`;
    // The same without disarming connects twice: the attack itself works.
    expect(await runBeside(tries.replaceAll('held.', 'net.'), false)).toContain('CONNECTED');
    expect(calls).toBeGreaterThan(0);
    calls = 0;
    expect(await runBeside(tries, true)).not.toContain('CONNECTED');
    expect(calls).toBe(0);
    server.close();
  });

  it('loads nothing more', () => {
    const said = afterDisarming(
      `for (const name of ['node:child_process', 'node:os', 'data:text/javascript,export default 1', './x.js'])
         try { const loaded = await import(name); say(typeof Object.values(loaded)[0]); } catch (error) { say(error.message); }`,
    );
    for (const line of said) expect(line).toContain(REFUSED);
  });

  it('makes no code from text', () => {
    const said = afterDisarming(
      `attempt('Function', () => Function('return 1')()); attempt('eval', () => (0, eval)('1')); attempt('async', () => (async () => {}).constructor('return 1')()); attempt('timer', () => setTimeout.constructor('return 1')());`,
    );
    for (const line of said) expect(line).toContain('Code generation from strings disallowed');
  });
});
