import { getLab, getSubmission } from '@edirae/school';
import { error } from '@sveltejs/kit';
import { requireViewer } from '#lib/server/learner.ts';
import type { PageServerLoad } from './$types';

/** A submission with what changed since the one before it. */
export const load: PageServerLoad = async ({ locals, params }) => {
  const { learnerId } = requireViewer(locals, `/labs/${params.id}`);
  const { school } = locals;
  const found = await getSubmission(school, learnerId, params.submission);
  if (found.outcome === 'not-found' || found.submission.lab !== params.id) error(404, 'No such submission');
  const { submission } = found;
  const lab = await getLab(school, learnerId, { lab: params.id, language: submission.language });
  if (lab.outcome === 'not-found') error(404, 'No such lab');
  const earlier = lab.lab.history.find(
    ({ number, language }) =>
      number !== null &&
      submission.number !== null &&
      number < submission.number &&
      language === submission.language,
  );
  const before = earlier ? await getSubmission(school, learnerId, earlier.id) : null;
  return { lab: lab.lab, submission, before: before?.outcome === 'submission' ? before.submission : null };
};
