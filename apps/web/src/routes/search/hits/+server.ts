import { searchBody, searchLibrary } from '@edirae/school';
import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** What the palette shows while one types. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const asked = searchBody.parse(Object.fromEntries(url.searchParams));
  const found = await searchLibrary(locals.school, locals.viewer?.learnerId ?? null, asked);
  return json(found, { headers: { 'cache-control': 'private, max-age=60' } });
};
