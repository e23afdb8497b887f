import { changePassword, deleteLearner, getProgress } from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { requireViewer } from '#lib/server/learner.ts';
import { writeSettings } from '#lib/server/settings.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  rows: locals.viewer ? (await getProgress(locals.school, locals.viewer.learnerId)).ledger.length : 0,
  saved: url.searchParams.get('saved'),
});

const passwordForm = z.object({ current: z.string().min(1), next: z.string().min(1).max(1000) });

export const actions: Actions = {
  look: async ({ request, cookies, url, locals }) => {
    const theme = z
      .enum(['system', 'light', 'dark'])
      .catch('system')
      .parse((await request.formData()).get('theme'));
    writeSettings(cookies, url, { ...locals.settings, theme });
    redirect(303, '/settings?saved=look');
  },

  keys: async ({ request, cookies, url, locals }) => {
    writeSettings(cookies, url, {
      ...locals.settings,
      shortcuts: (await request.formData()).has('shortcuts'),
    });
    redirect(303, '/settings?saved=keys#keys');
  },

  password: async ({ request, locals }) => {
    requireViewer(locals);
    const parsed = passwordForm.safeParse(Object.fromEntries(await request.formData()));
    if (!parsed.success) return fail(422, { passwordProblem: 'Fill in both passwords.' });
    const result = await changePassword(locals.school, parsed.data, request.headers);
    switch (result.outcome) {
      case 'changed':
        locals.setCookies.push(...result.setCookies);
        return redirect(303, '/settings?saved=password#account');
      case 'wrong-password':
        return fail(422, { passwordProblem: 'The current password is not right. Nothing was changed.' });
      case 'weak-password':
        return fail(422, {
          passwordProblem: `The new password needs ${result.min} to ${result.max} characters. Nothing was changed.`,
        });
      case 'signed-out':
        return redirect(303, '/sign-in');
    }
  },

  delete: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const typed = String((await request.formData()).get('confirm') ?? '').trim();
    if (typed.toLowerCase() !== 'delete everything') {
      return fail(422, { deleteProblem: 'Type the two words “delete everything”. Nothing was deleted.' });
    }
    const { setCookies } = await deleteLearner(locals.school, learnerId);
    locals.setCookies.push(...setCookies);
    redirect(303, '/?deleted=1');
  },
};
