import { getToday } from '@edirae/school';
import { drawPlan, drawTrack } from '#lib/server/draw-track.ts';
import { requireViewer } from '#lib/server/learner.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { learnerId } = requireViewer(locals);
  const today = await getToday(locals.school, learnerId);
  return {
    today,
    plan: today.track && drawPlan(today.track, locals.school.clock()),
    drawn: today.track && drawTrack(today.track),
  };
};
