import {
  changePassword,
  deleteLearner,
  deleteTalks,
  getMentorDesk,
  getProgress,
  keepOwnModel,
  listTalks,
  listTokens,
  makeToken,
  removeOwnModel,
  revokeOwnToken,
  testOwnModel,
} from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import { ownModelForm } from '#lib/server/mentor-form.ts';
import { writeSettings } from '#lib/server/settings.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  rows: locals.viewer ? (await getProgress(locals.school, locals.viewer.learnerId)).ledger.length : 0,
  mentor: locals.viewer ? await mentorOf(locals.school, locals.viewer.learnerId) : null,
  tokens: locals.viewer ? await listTokens(locals.school, locals.viewer.learnerId) : [],
  saved: url.searchParams.get('saved'),
});

async function mentorOf(school: App.Locals['school'], learnerId: string) {
  const listed = await listTalks(school, learnerId);
  return {
    desk: await getMentorDesk(school, learnerId),
    talks: listed.outcome === 'listed' ? listed.conversations.length : 0,
  };
}

const tokenForm = z.object({
  name: z.string(),
  may: z.enum(['labs', 'read', 'all']),
  days: z.union([z.literal('never').transform(() => null), z.coerce.number().int().min(1).max(366)]),
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

  mentor: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const parsed = ownModelForm.safeParse(Object.fromEntries(await request.formData()));
    if (!parsed.success) return fail(422, { mentorProblem: 'Name the model. Nothing was changed.' });
    const kept = await keepOwnModel(locals.school, learnerId, parsed.data);
    if (kept.outcome === 'rate-limited') return tooMany(kept.retryAfter);
    if (kept.outcome === 'no-key')
      return fail(422, { mentorProblem: 'This provider needs your key. Nothing was changed.' });
    return redirect(303, '/settings?saved=mentor#mentor');
  },

  mentorTest: async ({ locals }) => {
    const { learnerId } = requireViewer(locals);
    await testOwnModel(locals.school, learnerId);
    redirect(303, '/settings#mentor');
  },

  mentorRemove: async ({ locals }) => {
    const { learnerId } = requireViewer(locals);
    await removeOwnModel(locals.school, learnerId);
    redirect(303, '/settings?saved=mentor#mentor');
  },

  mentorForget: async ({ locals }) => {
    const { learnerId } = requireViewer(locals);
    await deleteTalks(locals.school, learnerId, 'all');
    redirect(303, '/settings?saved=mentor#mentor');
  },

  token: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const form = Object.fromEntries(await request.formData());
    const name = typeof form['name'] === 'string' ? form['name'] : '';
    const problem = (words: string) => fail(422, { tokenProblem: words, tokenName: name });
    const parsed = tokenForm.safeParse(form);
    if (!parsed.success) return problem('Say what it may do and when it ends. Nothing was made.');
    const made = await makeToken(locals.school, learnerId, parsed.data);
    switch (made.outcome) {
      case 'made':
        return { madeToken: made.token };
      case 'unnamed':
        return problem('Give it a name by which you will know it again. Nothing was made.');
      case 'too-many':
        return problem(`You have ${made.most} tokens. Revoke one that you do not need. Nothing was made.`);
      case 'clock-shifted':
        return problem('The clock of this server is shifted for a test; it gives no tokens now.');
      case 'rate-limited':
        return tooMany(made.retryAfter);
    }
  },

  tokenRevoke: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    await revokeOwnToken(locals.school, learnerId, String((await request.formData()).get('id') ?? ''));
    redirect(303, '/settings?saved=token#tokens');
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
