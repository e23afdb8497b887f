import { listCareers } from '@edirae/school';
import { cacheForVisitors } from '#lib/server/cache-page.ts';
import { describeCareers } from '#lib/server/structured-data.ts';
import type { PageServerLoad } from './$types';

/** A guide is read: its forms and menus are the browser's own, and it needs no script. */
export const csr = false;

export const load: PageServerLoad = ({ locals, setHeaders }) => {
  cacheForVisitors({ locals, setHeaders });
  const careers = listCareers(locals.school);
  return { careers, facts: describeCareers(locals.school.config.origin, careers) };
};
