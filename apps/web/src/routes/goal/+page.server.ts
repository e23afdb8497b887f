import { getTrack } from '@edirae/school';
import { redirect } from '@sveltejs/kit';
import { drawPlan, drawTrack } from '#lib/server/draw-track.ts';
import { requireViewer } from '#lib/server/learner.ts';
import type { PageServerLoad } from './$types';

/** What we read in a goal that was just set, before anything is learned. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { learnerId } = requireViewer(locals);
  const found = await getTrack(locals.school, learnerId);
  if (found.outcome === 'no-goal') redirect(303, '/#goal');
  return {
    track: found.track,
    plan: drawPlan(found.track, locals.school.clock()),
    drawn: drawTrack(found.track),
    // Only words of the goal itself: an address is not a place to put words on this page.
    unmatched: url.searchParams
      .getAll('not')
      .filter((word) => found.track.goal.text.toLowerCase().includes(word.toLowerCase()))
      .slice(0, 12),
  };
};
