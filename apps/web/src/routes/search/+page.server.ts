import { searchBody, searchLibrary } from '@edirae/school';
import type { PageServerLoad } from './$types';

const SHOWN = 30;

export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = searchBody.parse(Object.fromEntries(url.searchParams));
  const found = await searchLibrary(locals.school, locals.viewer?.learnerId ?? null, {
    ...asked,
    limit: SHOWN,
  });
  return { found, kind: asked.kind ?? null };
};
