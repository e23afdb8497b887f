import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** A process that answers each line with what `answer` makes of it, reading and writing as the runners do. */
function start(answer: string) {
  const lines = join(import.meta.dirname, 'lines.ts');
  const child = spawn(process.execPath, [
    '--no-warnings',
    '--input-type=module',
    '-e',
    `import { readLines, writeLine } from ${JSON.stringify(lines)}; for (const line of readLines()) writeLine(${answer});`,
  ]);
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString('latin1')));
  const done = new Promise<string[]>((resolve) => child.on('close', () => resolve(text.trim().split('\n'))));
  return { child, done };
}

describe('lines', () => {
  it('are read as they were written, however they arrive', async () => {
    const { child, done } = start('{ got: line }');
    child.stdin.write('one\ntwo\nth');
    await new Promise((resolve) => setTimeout(resolve, 50));
    child.stdin.write('ree\n\n');
    child.stdin.end('without an end');
    expect(await done).toEqual(['one', 'two', 'three', ''].map((got) => JSON.stringify({ got })));
  });

  it('may be longer than any pipe holds, both ways', async () => {
    const { child, done } = start('{ got: line }');
    const long = 'x'.repeat(3_000_000);
    child.stdin.end(`${long}\n`);
    expect((await done)[0]).toHaveLength(long.length + '{"got":""}'.length);
  });

  it('cross in plain letters, whatever is in them', async () => {
    const { child, done } = start('{ got: line }');
    const text = 'Zürich 🏔 \u2028 \u007f \ud800';
    child.stdin.end(`${text}\n`);
    const [line] = await done;
    expect(line).toMatch(/^[\x20-\x7e]+$/);
    expect((JSON.parse(line!) as { got: string }).got).toContain('Zürich 🏔 \u2028 \u007f');
  });
});
