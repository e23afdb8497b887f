import { getAccount } from '@edirae/school';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => ({
  viewer: locals.viewer ? await getAccount(locals.school, locals.viewer.learnerId) : null,
  settings: locals.settings,
  clockOffsetMs: locals.school.config.clockOffsetMs,
});
