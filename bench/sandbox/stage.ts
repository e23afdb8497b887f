import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Graded } from '@edirae/labs';

const CANARY = 'CANARY-7f3b9c51';
/** Names in hidden tests that no learner may see. */
const HIDDEN = ['Zurzach', 'LEFTOVER'];

/** What is attacked, and what tells whether an attack got anywhere: a secret file, a server, processes, the environment. */
export interface Stage {
  /** Fills in where things are. */
  dress(code: string): string;
  /** Everything that should not have happened since the last call, in words; empty when all is well. */
  inspect(graded: Graded): string[];
  close(): void;
}

export async function openStage(testsFolder: string): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'stage-'));
  const file = join(folder, 'canary.txt');
  writeFileSync(file, CANARY, { mode: 0o666 });
  process.env.STAGE_SECRET = CANARY;
  let calls = 0;
  const server = createServer(() => (calls += 1));
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  const { port } = server.address() as AddressInfo;
  const datagrams = createSocket('udp6', () => (calls += 1));
  await new Promise<void>((resolve) => datagrams.bind(port, () => resolve()));
  server.unref();
  datagrams.unref();
  return {
    dress: (code) =>
      code
        .replaceAll('@CANARY_FILE@', file)
        .replaceAll('@TESTS@', testsFolder)
        .replaceAll('@PARENT@', String(process.pid))
        .replaceAll('@PORT@', String(port)),
    inspect: ({ result, forLearner }) => {
      const problems: string[] = [];
      if (calls > 0) problems.push(`${calls} connections were made`);
      calls = 0;
      if (readFileSync(file, 'utf8') !== CANARY) problems.push('a file outside was changed');
      if (readdirSync(folder).length !== 1) problems.push('a file was made outside');
      const seen = JSON.stringify({ ...forLearner, tests: forLearner.tests.filter((test) => test.visible) });
      for (const secret of HIDDEN) if (seen.includes(secret)) problems.push(`its author sees ${secret}`);
      const base64 = Buffer.from(CANARY).toString('base64').slice(0, 12);
      if ([CANARY, base64].some((form) => JSON.stringify(result).includes(form)))
        problems.push('the secret of the machine came out');
      if (result.stdout.length > 20_000) problems.push('the output was not cut');
      return problems;
    },
    close: () => {
      server.close();
      datagrams.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Processes that descend from us, and orphans that run under a sandbox's identity; zombies too. */
export function listOwnProcesses(): number[] {
  const parents = new Map<number, number>();
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'latin1');
      const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
      const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
      parents.set(Number(name), parent);
      if (parent === 1 && uid >= 61_184 && uid < 65_534) found.push(Number(name));
    } catch {
      // It ended while we looked.
    }
  }
  for (const [pid] of parents) {
    let above = parents.get(pid);
    while (above !== undefined && above > 1 && above !== process.pid) above = parents.get(above);
    if (above === process.pid) found.push(pid);
  }
  return found;
}
