import { dev } from '$app/env';
import { error } from '@sveltejs/kit';
import { previewIndex } from '@edirae/school';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  if (!dev) error(404, 'Not found');
  return { index: await previewIndex(locals.school.config.contentDir) };
};
