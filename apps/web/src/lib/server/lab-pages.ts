import type { School } from '@edirae/school';

/** The route of a lab's page, where this build has one. */
const ROUTES = import.meta.glob('../../routes/labs/*/+page.svelte');

/** Ids of the labs that have a page: only they are linked. */
export function listLabPages({ curriculum }: School): string[] {
  return Object.keys(ROUTES).length > 0 ? curriculum.labs.map(({ id }) => id) : [];
}
