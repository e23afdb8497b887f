import { signOut } from '@edirae/school';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (!locals.viewer) redirect(303, '/');
  if (locals.viewer.guest) redirect(303, '/claim');
  return {};
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const { setCookies } = await signOut(locals.school, request.headers);
    locals.setCookies.push(...setCookies);
    redirect(303, '/');
  },
};
