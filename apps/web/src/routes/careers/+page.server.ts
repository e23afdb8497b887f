import { listCareers } from '@edirae/school';
import { cacheForVisitors } from '#lib/server/cache-page.ts';
import { describeCareers } from '#lib/server/structured-data.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, setHeaders }) => {
  cacheForVisitors({ locals, setHeaders });
  const careers = listCareers(locals.school);
  return { careers, facts: describeCareers(locals.school.config.origin, careers) };
};
