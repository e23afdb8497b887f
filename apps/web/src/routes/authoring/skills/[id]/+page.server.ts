import { dev } from '$app/env';
import { error } from '@sveltejs/kit';
import { previewSkill } from '@edirae/school';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  if (!dev) error(404, 'Not found');
  const preview = await previewSkill(locals.school.config.contentDir, params.id);
  if (preview.outcome === 'not-found') error(404, 'There is no such skill');
  return { skill: preview.skill };
};
