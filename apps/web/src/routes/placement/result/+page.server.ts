import { getPlacementResult, getTrack } from '@edirae/school';
import { redirect } from '@sveltejs/kit';
import { drawTrack } from '#lib/server/draw-track.ts';
import { requireViewer } from '#lib/server/learner.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { learnerId } = requireViewer(locals);
  const ended = await getPlacementResult(locals.school, learnerId, url.searchParams.get('placement') ?? '');
  if (ended.outcome === 'not-found') redirect(303, '/today');
  const found = await getTrack(locals.school, learnerId);
  const track = found.outcome === 'track' ? found.track : null;
  return { result: ended.result, track, drawn: track && drawTrack(track) };
};
