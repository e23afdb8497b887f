import { dev } from '$app/env';
import { error } from '@sveltejs/kit';
import { previewItem } from '@edirae/school';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  if (!dev) error(404, 'Not found');
  const preview = await previewItem(
    locals.school.config.contentDir,
    params.family,
    url.searchParams.get('variant'),
  );
  if (preview.outcome === 'not-found') error(404, 'There is no such item family');
  return { preview: preview.item };
};
