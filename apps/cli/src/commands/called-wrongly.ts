import {
  BackupError,
  ConfigError,
  ContentError,
  DatabaseMissingError,
  EstimatorChangedError,
  FillError,
  FolderLockedError,
  InUseError,
  NotEmptyError,
  SchemaVersionError,
  SecretMissingError,
  SourceChangedError,
} from '@edirae/school';

const EXPECTED = [
  BackupError,
  ConfigError,
  ContentError,
  DatabaseMissingError,
  EstimatorChangedError,
  FillError,
  FolderLockedError,
  InUseError,
  NotEmptyError,
  SchemaVersionError,
  SecretMissingError,
  SourceChangedError,
];

/** What the system says where a folder or a database cannot be had. */
const UNREACHABLE = [
  'EACCES',
  'EROFS',
  'EPERM',
  'ENOENT',
  'ENOTDIR',
  'ENOSPC',
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ECONNRESET',
];

/** Runs a command that opens the school; what an operator can put right is said in its own words, with exit code 2. */
export async function withClearErrors(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && EXPECTED.some((kind) => error instanceof kind))
      return calledWrongly(error.message);
    const { code, path } = error as NodeJS.ErrnoException;
    if (error instanceof Error && code !== undefined && UNREACHABLE.includes(code))
      return calledWrongly(
        path === undefined
          ? `The database cannot be reached (${code}). Start it, or correct the address.`
          : `${path} cannot be used (${code}). Name another place, or give this user the right to it.`,
      );
    throw error;
  }
}

/** Says what is wrong with the call, on standard error. */
export function calledWrongly(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 2;
}
