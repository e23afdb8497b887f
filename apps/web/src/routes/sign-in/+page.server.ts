import { getProgress, signIn } from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { credentialsForm, emptyFields, refusalInWords } from '#lib/server/account-form.ts';
import { requesterOf } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { viewer } = locals;
  if (viewer && !viewer.guest) redirect(303, '/today');
  return { rows: viewer ? (await getProgress(locals.school, viewer.learnerId)).ledger.length : 0 };
};

export const actions: Actions = {
  default: async (event) => {
    const { request, locals } = event;
    const values = Object.fromEntries(await request.formData());
    const email = String(values['email'] ?? '');
    const parsed = credentialsForm.safeParse(values);
    if (!parsed.success) return fail(422, { email, problem: emptyFields });
    // What was done here as a guest comes along, unless the learner says that it is someone else's.
    const guest = values['bring'] === 'no' ? null : (locals.viewer?.learnerId ?? null);
    const result = await signIn(locals.school, guest, parsed.data, requesterOf(event));
    if (result.outcome !== 'signed-in')
      return fail(result.outcome === 'rate-limited' ? 429 : 422, { email, problem: refusalInWords(result) });
    locals.setCookies.push(...result.setCookies);
    redirect(303, '/today');
  },
};
