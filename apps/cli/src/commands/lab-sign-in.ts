import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ServerRefused, withRefusals } from './lab-refused.ts';
import { ask, DEFAULT_SERVER, toServer } from './lab-server.ts';
import { keepToken, tokensFile } from './lab-tokens.ts';
import { labCalledWrongly, SIGN_IN_USAGE } from './lab-usage.ts';

/** Reads a token from standard input, tries it, and keeps it for later. Exit codes: 0 kept, 2 called wrongly or refused. */
export async function runSignIn(args: string[]): Promise<number> {
  let server: string | undefined;
  try {
    ({ server } = parseArgs({ args, options: { server: { type: 'string' } } }).values);
  } catch {
    return labCalledWrongly(SIGN_IN_USAGE);
  }
  return withRefusals(async () => {
    const url = toServer(server ?? process.env['EDIRAE_SERVER'] ?? DEFAULT_SERVER);
    const token = (await readToken(url)).trim();
    if (!/^edr_[\w-]{20,}$/.test(token)) throw new ServerRefused('That is no token: one begins with edr_.');
    await ask({ url, token }, { path: '/labs' }, z.looseObject({ labs: z.array(z.unknown()) }));
    keepToken(url, token);
    process.stderr.write(`Kept for ${url} in ${tokensFile()}, which only you can read.\n`);
    return 0;
  });
}

async function readToken(url: string): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(`A token from ${url}/settings#tokens: `);
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  return '';
}
