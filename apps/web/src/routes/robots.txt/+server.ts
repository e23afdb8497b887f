import type { RequestHandler } from './$types';

/** Pages that belong to one learner; nothing on them is for a search engine. */
const OWN = [
  '/today',
  '/track',
  '/goal',
  '/progress',
  '/settings',
  '/checks',
  '/placement',
  '/review',
  '/claim',
  '/disputes',
  '/authoring',
  '/api',
];

export const GET: RequestHandler = ({ locals }) => {
  const lines = [
    'User-agent: *',
    ...OWN.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${locals.school.config.origin}/sitemap.xml`,
  ];
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
};
