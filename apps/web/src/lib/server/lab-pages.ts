import type { LabLanguage, School } from '@edirae/school';

/** Ids of the labs that have a page: only they are linked. */
export function listLabPages({ curriculum }: School): string[] {
  return curriculum.labs.map(({ id }) => id);
}

/** The language that an address asks for; undefined where it names none. */
export function findLanguage(url: URL): LabLanguage | undefined {
  const asked = url.searchParams.get('language');
  return asked === 'py' || asked === 'ts' ? asked : undefined;
}
