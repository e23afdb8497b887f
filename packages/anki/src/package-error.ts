/** A package that cannot be taken over, with a reason that a person can act on. Nothing of it was kept. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
}
