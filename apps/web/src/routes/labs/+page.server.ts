import { listLabs } from '@edirae/school';
import { z } from 'zod';
import type { PageServerLoad } from './$types';

const which = z.enum(['track', 'open', 'all']);

/** Every lab by stage; the address says which are shown, so that it works without scripts. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const listed = await listLabs(locals.school, locals.viewer?.learnerId ?? null);
  const rows = listed.stages.flatMap(({ labs }) => labs);
  const shown = which.catch('all').parse(url.searchParams.get('which'));
  const language = z
    .enum(['py', 'ts'])
    .optional()
    .catch(undefined)
    .parse(url.searchParams.get('language') ?? undefined);
  const isShown = (lab: (typeof rows)[number]): boolean =>
    (shown === 'all' || (shown === 'track' ? lab.onTrack : lab.ahead.length === 0)) &&
    (language === undefined || lab.languages.includes(language));
  return {
    goOn: listed.goOn,
    counts: {
      track: listed.onTrack,
      open: rows.filter((lab) => lab.ahead.length === 0).length,
      all: listed.total,
    },
    shown,
    language,
    stages: listed.stages
      .map(({ stage, labs }) => ({ stage, labs: labs.filter(isShown) }))
      .filter(({ labs }) => labs.length > 0),
    known: locals.viewer !== null,
  };
};
