import {
  ConfigError,
  ContentError,
  DatabaseMissingError,
  EstimatorChangedError,
  FolderLockedError,
  SchemaVersionError,
} from '@edirae/school';

const EXPECTED = [
  ConfigError,
  ContentError,
  DatabaseMissingError,
  EstimatorChangedError,
  FolderLockedError,
  SchemaVersionError,
];

/** Runs a command that opens the school; what an operator can put right is said in its own words, with exit code 2. */
export async function withClearErrors(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && EXPECTED.some((kind) => error instanceof kind))
      return calledWrongly(error.message);
    throw error;
  }
}

/** Says what is wrong with the call, on standard error. */
export function calledWrongly(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 2;
}
