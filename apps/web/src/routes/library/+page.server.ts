import { getLibrary, libraryAsked, listQuizzes } from '@edirae/school';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const learnerId = locals.viewer?.learnerId ?? null;
  const given = [...url.searchParams].filter(([, value]) => value !== '');
  const asked = libraryAsked.parse({ ...Object.fromEntries(given), kinds: url.searchParams.getAll('kind') });
  const [view, { mixed }] = await Promise.all([
    getLibrary(locals.school, learnerId, asked),
    listQuizzes(locals.school, learnerId),
  ]);
  const quiz = mixed.find(({ scope }) => scope.kind === 'proven') ?? mixed[0] ?? null;
  return { view, quiz };
};
