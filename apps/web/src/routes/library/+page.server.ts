import { listQuizzes } from '@edirae/school';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { mixed } = await listQuizzes(locals.school, locals.viewer?.learnerId ?? null);
  return { mixed };
};
