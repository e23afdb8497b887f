import { trackView } from '../present/track-view.ts';
import type { School } from '../school.ts';
import { readSettled } from '../present/read-settled.ts';
import type { TrackView } from '../views.ts';
import type { NoGoal } from './refusals.ts';

export async function getTrack(
  school: School,
  learnerId: string,
): Promise<{ outcome: 'track'; track: TrackView } | NoGoal> {
  const { state, now } = await readSettled(school, learnerId);
  const track = trackView(school, state, now);
  return track ? { outcome: 'track', track } : { outcome: 'no-goal' };
}
