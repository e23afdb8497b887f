/** The place already holds a school, or something that is not ours. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError';
}
