import { listCareers, type School } from '@edirae/school';
import { listLabPages } from '#lib/server/lab-pages.ts';
import type { RequestHandler } from './$types';

/** Pages that read the same for everybody and belong in a search engine. */
function listPages(school: School): string[] {
  const careers = listCareers(school).flatMap(({ id }) => [`/careers/${id}`, `/careers/${id}/interview`]);
  const skills = [...school.curriculum.skills.values()]
    .filter(({ status }) => status === 'written')
    .map(({ id }) => `/skills/${id}`);
  const labs = listLabPages(school).map((id) => `/labs/${id}`);
  return [
    '/',
    '/careers',
    ...careers,
    '/how-the-gate-works',
    '/how-the-gate-works/record',
    '/privacy',
    '/labs',
    ...labs,
    ...skills,
  ];
}

export const GET: RequestHandler = ({ locals }) => {
  const { origin } = locals.school.config;
  // Ids are kebab-case and the origin is an address, so nothing here needs escaping.
  const urls = listPages(locals.school).map((path) => `  <url><loc>${origin}${path}</loc></url>`);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('\n')}
</urlset>
`;
  return new Response(xml, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
};
