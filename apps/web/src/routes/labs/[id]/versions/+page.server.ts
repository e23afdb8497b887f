import { getLab, getLabDraft, listLabDrafts, restoreLabDraft } from '@edirae/school';
import { error, redirect } from '@sveltejs/kit';
import { findLanguage } from '#lib/server/lab-pages.ts';
import { requireViewer } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

/** Every version of one's work that is kept, and one of them against the current one. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { learnerId } = requireViewer(locals, `/labs/${params.id}`);
  const { school } = locals;
  const found = await getLab(school, learnerId, { lab: params.id, language: findLanguage(url) });
  if (found.outcome === 'not-found') error(404, 'No such lab');
  const { id, title, capstone, language, entry, starter, draft } = found.lab;
  const listed = await listLabDrafts(school, learnerId, { lab: id, language });
  const version = Number(url.searchParams.get('v') ?? Number.NaN);
  const shown = Number.isInteger(version)
    ? await getLabDraft(school, learnerId, { lab: id, language, version })
    : null;
  return {
    lab: { id, title, capstone, language, entry },
    drafts: listed.outcome === 'drafts' ? listed.drafts : [],
    current: draft,
    starter,
    shown: shown?.outcome === 'draft' ? shown.draft : null,
    gone: shown?.outcome === 'not-found',
    isStarter: url.searchParams.get('v') === 'starter',
  };
};

export const actions: Actions = {
  restore: async ({ request, locals, params }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    const language = form.get('language') === 'py' ? 'py' : 'ts';
    const asked = form.get('version');
    const version = asked === 'starter' ? 'starter' : Number(asked);
    if (version !== 'starter' && !Number.isInteger(version)) error(422, 'No such version');
    const result = await restoreLabDraft(locals.school, learnerId, { lab: params.id, language, version });
    if (result.outcome === 'not-found') error(404, 'No such version');
    redirect(303, `/labs/${params.id}?language=${language}`);
  },
};
