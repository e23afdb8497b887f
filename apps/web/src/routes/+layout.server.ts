import { getAccount } from '@edirae/school';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => ({
  viewer: locals.viewer ? await getAccount(locals.school, locals.viewer.learnerId) : null,
  settings: locals.settings,
  origin: locals.school.config.origin,
  clockNote: clockNote(locals.school.config.clockOffsetMs),
});

/** Said on every page while the server's clock is shifted for a test. */
function clockNote(offset: number): string | null {
  if (offset === 0) return null;
  const hours = Math.round(Math.abs(offset) / 36e5);
  const amount =
    hours >= 48
      ? `${Math.round(hours / 24)} days`
      : hours >= 2
        ? `${hours} hours`
        : `${Math.round(Math.abs(offset) / 6e4)} minutes`;
  return `This server’s clock is shifted ${amount} ${offset > 0 ? 'ahead' : 'back'} for a test. Events are marked and no credentials are issued.`;
}
