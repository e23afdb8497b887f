#!/usr/bin/env node
// Plain JavaScript that every Node understands: it only finds a Node that can run the rest.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const args = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  const command = await import('../src/main.ts');
  process.exitCode = await command.main(args);
} else {
  runUnder(findPinnedNode());
}

/** The Node that `npm ci` brought along, if there is one for this machine. */
function findPinnedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve(
      `node-${process.platform}-${process.arch}/package.json`,
    );
    return join(dirname(manifest), 'bin', 'node');
  } catch {
    return undefined;
  }
}

function runUnder(node) {
  if (node === undefined) {
    process.stderr.write(
      `edirae needs Node ${NEEDED} or later; this is ${process.version}. Run npm ci, or install it from https://nodejs.org.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(node, [main, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15);
  });
}
