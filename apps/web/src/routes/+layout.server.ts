import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
  viewer: locals.viewer,
  settings: locals.settings,
  clockOffsetMs: locals.school.config.clockOffsetMs,
});
