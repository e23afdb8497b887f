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
  SecretFileError,
  SecretMissingError,
  SourceChangedError,
  isDamaged,
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
  SecretFileError,
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
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ECONNRESET',
];

/** PostgreSQL's codes for an address that leads to a server, which then lets nobody in: password, user or rights, database, places. */
const TURNED_AWAY = ['28P01', '28000', '42501', '3D000', '53300', '57P03'];

/** Runs a command that opens the school; what an operator can put right is said in its own words, with exit code 2. */
export async function withClearErrors(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && EXPECTED.some((kind) => error instanceof kind))
      return calledWrongly(error.message);
    if (isDamaged(error))
      return calledWrongly(
        'The database is damaged. Stop the server, keep a copy of the data folder, and put the newest backup in its place: edirae restore <folder> --replace.',
      );
    const { code, path } = error as NodeJS.ErrnoException;
    if (error instanceof Error && code !== undefined && TURNED_AWAY.includes(code))
      return calledWrongly(
        `The database cannot be used: ${error.message}. Make it, or correct the address, the user or the password.`,
      );
    if (code === 'ENOSPC')
      return calledWrongly(
        `The disk is full (ENOSPC${path === undefined ? '' : `, ${path}`}). Free some of it, and run the command again.`,
      );
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
