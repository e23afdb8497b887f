import { getStudyNumbers } from '@edirae/school';
import { requireViewer } from '#lib/server/learner.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { learnerId } = requireViewer(locals);
  return { numbers: await getStudyNumbers(locals.school, learnerId) };
};
