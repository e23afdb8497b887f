/** The server, its answer or the token is not as it must be: said to the person who called. */
export class ServerRefused extends Error {
  override readonly name = 'ServerRefused';
}

/** Runs a command whose refusals are said on standard error. Exit code 2. */
export async function withRefusals(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ServerRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
