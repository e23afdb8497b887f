/** A formula that cannot be read or has no finite value. The message says why, in words for an author. */
export class ExpressionError extends Error {
  override name = 'ExpressionError';
}
