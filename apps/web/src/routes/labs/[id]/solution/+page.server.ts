import { getLab, showLabSolution } from '@edirae/school';
import { error, fail } from '@sveltejs/kit';
import { findLanguage } from '#lib/server/lab-pages.ts';
import { requireViewer } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

async function loadLab({
  locals,
  params,
  url,
}: Pick<Parameters<PageServerLoad>[0], 'locals' | 'params' | 'url'>) {
  const { learnerId } = requireViewer(locals, `/labs/${params.id}`);
  const found = await getLab(locals.school, learnerId, { lab: params.id, language: findLanguage(url) });
  if (found.outcome === 'not-found') error(404, 'No such lab');
  return { learnerId, lab: found.lab };
}

/** The solution is shown when it is asked for, which is recorded; from then on it is simply there. */
export const load: PageServerLoad = async (event) => {
  const { learnerId, lab } = await loadLab(event);
  const { id, title, capstone, language, entry, state, aid, explain } = lab;
  const head = { id, title, capstone, language, entry, state };
  const isPassed = state === 'passed' || state === 'explained';
  if (!isPassed || !aid.solution) return { lab: head, isPassed, explain, solution: null, own: null };
  const shown = await showLabSolution(event.locals.school, learnerId, { lab: id, language });
  return {
    lab: head,
    isPassed,
    explain,
    solution: shown.outcome === 'solution' ? shown.files : null,
    own: shown.outcome === 'solution' ? shown.comparison : null,
  };
};

export const actions: Actions = {
  show: async ({ locals, params, url }) => {
    const { learnerId } = requireViewer(locals);
    const shown = await showLabSolution(locals.school, learnerId, {
      lab: params.id,
      language: findLanguage(url),
    });
    switch (shown.outcome) {
      case 'solution':
        return { shown: true };
      case 'not-passed':
        return fail(409, { problem: 'The solution opens once your own work has passed.' });
      case 'check-open':
        return fail(409, { problem: 'A check is open, and solutions rest until it has ended.' });
      case 'not-found':
        return error(404, 'No such lab');
    }
  },
};
