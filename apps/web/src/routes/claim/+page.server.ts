import { claimAccount, getProgress, getTrack } from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { claimForm, emptyFields, refusalInWords } from '#lib/server/account-form.ts';
import { requesterOf } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  if (locals.viewer && !locals.viewer.guest) redirect(303, '/settings');
  if (!locals.viewer) return { holds: null };
  const { learnerId } = locals.viewer;
  const [progress, found] = await Promise.all([
    getProgress(locals.school, learnerId),
    getTrack(locals.school, learnerId),
  ]);
  return {
    holds: {
      rows: progress.ledger.length,
      goal: found.outcome === 'track' ? found.track.goal.text : null,
      placed: progress.counts.placed,
      proven:
        progress.counts.knows +
        progress.counts.demonstrated +
        progress.counts.retained +
        progress.counts.applied,
    },
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { request, locals } = event;
    const values = Object.fromEntries(await request.formData());
    const email = String(values['email'] ?? '');
    const parsed = claimForm.safeParse(values);
    if (!parsed.success) return fail(422, { email, problem: emptyFields });
    const { name, ...rest } = parsed.data;
    const result = await claimAccount(
      locals.school,
      locals.viewer?.learnerId ?? null,
      { ...rest, ...(name ? { name } : {}) },
      requesterOf(event),
    );
    if (result.outcome !== 'claimed')
      return fail(result.outcome === 'rate-limited' ? 429 : 422, { email, problem: refusalInWords(result) });
    locals.setCookies.push(...result.setCookies);
    redirect(303, '/today?kept=1');
  },
};
