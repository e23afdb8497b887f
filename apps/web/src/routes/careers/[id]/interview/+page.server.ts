import { listInterviewPrompts } from '@edirae/school';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const found = await listInterviewPrompts(locals.school, locals.viewer?.learnerId ?? null, params.id);
  if (found.outcome === 'not-found') error(404, 'No such guide');
  return { career: found.career, prompts: found.prompts };
};
