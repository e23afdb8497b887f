import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { listTree, readUsage } from './process-usage.ts';

describe.skipIf(process.platform !== 'linux')('what the kernel tells of a process', () => {
  it('is what it and everything below it use', async () => {
    const child = spawn(process.execPath, [
      '-e',
      `require('node:child_process').spawn(process.execPath, ['-e', 'const held = Buffer.alloc(80 << 20, 1); console.log(held.length); setInterval(() => {}, 1000)'], { stdio: 'inherit' })`,
    ]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const usage = readUsage(child.pid!)!;
    expect(usage.peakMemoryMb).toBeGreaterThan(80);
    expect(usage.memoryMb).toBeGreaterThan(usage.peakMemoryMb);
    const tree = listTree(child.pid!);
    expect(tree).toHaveLength(2);
    for (const pid of tree) process.kill(pid, 'SIGKILL');
  });

  it('is nothing for a process that does not exist', () => {
    expect(readUsage(2 ** 30)).toBeUndefined();
    expect(listTree(2 ** 30)).toEqual([2 ** 30]);
  });
});
