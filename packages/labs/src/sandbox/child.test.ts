import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { Child, type Launch } from './child.ts';
import { listTree } from './process-usage.ts';

const children: Child[] = [];

/** A Node process that runs some code, talking over its input and output. */
function start(code: string, more: Partial<Launch> = {}): Child {
  const child = new Child({ command: process.execPath, args: ['-e', code], channel: 'standard', ...more });
  children.push(child);
  return child;
}

function nextLine(child: Child): Promise<string> {
  return new Promise((resolve) => {
    child.onLine = resolve;
  });
}

function nextExit(child: Child) {
  return new Promise((resolve) => {
    child.onExit = resolve;
  });
}

const ECHO = `process.stdin.on('data', (data) => process.stdout.write('got ' + data))`;

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
});

describe('a process and its channel', () => {
  it('gets lines and gives lines', async () => {
    const child = start(ECHO);
    const line = nextLine(child);
    child.send('hello');
    expect(await line).toBe('got hello');
  });

  it('puts lines together that arrive in parts', async () => {
    const child = start(
      `process.stdout.write('one '); setTimeout(() => process.stdout.write('line\\ntwo\\n'), 30)`,
    );
    const lines: string[] = [];
    child.onLine = (line) => lines.push(line);
    await nextExit(child);
    expect(lines).toEqual(['one line', 'two']);
  });

  it('may talk on descriptors of its own, and what it prints goes nowhere', async () => {
    const child = start(
      `const fs = require('node:fs'); const part = Buffer.alloc(100); console.log('printed');
       const length = fs.readSync(3, part); fs.writeSync(4, 'reply to ' + part.toString('utf8', 0, length))`,
      { channel: 'extra' },
    );
    const line = nextLine(child);
    child.send('request');
    expect(await line).toBe('reply to request');
  });

  it('has nothing of our environment', async () => {
    process.env.LABS_SECRET = 'secret';
    const child = start(`console.log(JSON.stringify(process.env))`);
    const line = await nextLine(child);
    delete process.env.LABS_SECRET;
    expect(line).not.toContain('secret');
    expect(Object.keys(JSON.parse(line) as object)).not.toContain('PATH');
  });

  it('tells how it ended', async () => {
    expect(await nextExit(start('process.exit(7)'))).toEqual({ code: 7, signal: null });
  });

  it('tells that it could not be started', async () => {
    const child = new Child({ command: '/nowhere/at-all', args: [], channel: 'standard' });
    expect(await nextExit(child)).toEqual({ code: null, signal: null });
    child.send('into the void');
    await child.kill();
  });

  it('survives a reader that has gone', async () => {
    const child = start(`process.stdin.destroy(); setTimeout(() => {}, 200)`);
    for (let at = 0; at < 50; at++) child.send('x'.repeat(10_000));
    expect(await nextExit(child)).toBeDefined();
  });
});

describe('ending a process', () => {
  it('takes everything with it that it started', async () => {
    const child = start(
      `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }); console.log('started'); setInterval(() => {}, 1000)`,
    );
    await nextLine(child);
    const tree = listTree(child.pid!);
    expect(tree.length).toBeGreaterThan(1);
    await child.kill();
    await expect.poll(() => tree.filter((pid) => existsSync(`/proc/${pid}/cwd`))).toEqual([]);
  });

  it('works on one that ignores every signal it can', async () => {
    const child = start(
      `for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {}); console.log('on'); setInterval(() => {}, 1000)`,
    );
    await nextLine(child);
    await child.kill();
    expect(child.exit).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('may be asked for twice, and after the end', async () => {
    const child = start('');
    await nextExit(child);
    await Promise.all([child.kill(), child.kill()]);
    expect(child.exit?.code).toBe(0);
  });

  it('happens by itself where it sends a line without end', async () => {
    const child = start(
      `const text = 'x'.repeat(1 << 20); const more = () => process.stdout.write(text, more); more()`,
    );
    expect(await nextExit(child)).toMatchObject({ signal: 'SIGKILL' });
    expect(child.flooded).toBe(true);
  }, 60_000);
});

describe('what a process uses', () => {
  it('is told from outside while it lives', async () => {
    const child = start(
      `const end = Date.now() + 100; while (Date.now() < end); console.log('done'); setInterval(() => {}, 1000)`,
    );
    await nextLine(child);
    if (process.platform === 'linux') {
      expect(child.usage()!.cpuMs).toBeGreaterThan(0);
      expect(child.usage()!.peakMemoryMb).toBeGreaterThan(10);
      expect(child.usage()!.memoryMb).toBeGreaterThan(10);
    }
    await child.kill();
    expect(child.usage()).toBeUndefined();
  });
});
