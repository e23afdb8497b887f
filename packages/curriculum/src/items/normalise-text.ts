/** A typed text as compared: without case, accents, punctuation and spaces. */
export function normaliseText(text: string): string {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/&/g, 'and');
  const bare = folded.replace(/[^\p{L}\p{N}]/gu, '');
  // An answer made of signs alone (`>=`, `@`) is compared as it stands.
  return bare === '' ? folded.replace(/\s/g, '') : bare;
}
