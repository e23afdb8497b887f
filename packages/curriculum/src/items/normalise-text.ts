/**
 * A typed text as compared: without case, accents, punctuation and spaces, except for the point inside a number and the
 * minus before one, which make another number of it.
 */
export function normaliseText(text: string): string {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, 'and')
    .replaceAll('−', '-');
  const bare = folded.replace(/[^\p{L}\p{N}]/gu, (sign, at: number) =>
    isOfNumber(folded, sign, at) ? sign : '',
  );
  // An answer made of signs alone (`>=`, `@`) is compared as it stands.
  return bare === '' ? folded.replace(/\s/g, '') : bare;
}

function isOfNumber(text: string, sign: string, at: number): boolean {
  const before = text.slice(0, at);
  const after = text.slice(at + 1);
  if (sign === '.') return /\p{N}$/u.test(before) && /^\p{N}/u.test(after);
  return sign === '-' && /(^|[\s(=])$/.test(before) && /^\p{N}/u.test(after);
}
