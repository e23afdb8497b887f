import { getCareer } from '@edirae/school';
import { error } from '@sveltejs/kit';
import { cacheForVisitors } from '#lib/server/cache-page.ts';
import { listLabPages } from '#lib/server/lab-pages.ts';
import { describeCareer } from '#lib/server/structured-data.ts';
import type { PageServerLoad } from './$types';

/** A guide is read: its forms and menus are the browser's own, and it needs no script. */
export const csr = false;

export const load: PageServerLoad = ({ locals, params, setHeaders }) => {
  const found = getCareer(locals.school, params.id);
  if (found.outcome === 'not-found') error(404, 'No such guide');
  cacheForVisitors({ locals, setHeaders });
  return {
    career: found.career,
    labs: listLabPages(locals.school),
    facts: describeCareer(locals.school.config.origin, found.career),
  };
};
