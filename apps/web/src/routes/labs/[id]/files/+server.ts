import { getLab } from '@edirae/school';
import { error } from '@sveltejs/kit';
import { packFiles } from '#lib/server/pack-files.ts';
import { findLanguage } from '#lib/server/lab-pages.ts';
import type { RequestHandler } from './$types';

/** One's work as it is saved, or the starting code: a tar archive with a folder in it. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const found = await getLab(locals.school, locals.viewer?.learnerId ?? null, {
    lab: params.id,
    language: findLanguage(url),
  });
  if (found.outcome === 'not-found') error(404, 'No such lab');
  const { id, draft, starter, instructions } = found.lab;
  const files = { 'INSTRUCTIONS.md': instructions, ...(draft?.files ?? starter) };
  return new Response(packFiles(id, files, locals.school.clock()), {
    headers: {
      'content-type': 'application/x-tar',
      'content-disposition': `attachment; filename="${id}.tar"`,
      'cache-control': 'no-store',
    },
  });
};
