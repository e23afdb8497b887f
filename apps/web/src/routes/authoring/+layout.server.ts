import { dev } from '$app/env';
import { error } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

/** Authors see keys here, so it exists under `npm run dev` alone. */
export const load: LayoutServerLoad = () => {
  if (!dev) error(404, 'Not found');
};
