import { getReviewSettings, setReviewSettings } from '@edirae/school';
import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { requireViewer } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { learnerId } = requireViewer(locals);
  return { chosen: await getReviewSettings(locals.school, learnerId) };
};

const form = z.object({
  retention: z.coerce.number().min(80).max(97),
  newADay: z.coerce.number().int().min(0).max(200),
  reviewsADay: z.coerce.number().int().min(1).max(2000),
});

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const given = Object.fromEntries(await request.formData());
    const parsed = form.safeParse(given);
    if (!parsed.success)
      return fail(422, {
        problem:
          'Give a target from 80 to 97, up to 200 new cards and from 1 to 2,000 reviews a day. Nothing was changed.',
      });
    const { retention, newADay, reviewsADay } = parsed.data;
    const kept = await setReviewSettings(locals.school, learnerId, {
      retention: retention / 100,
      newADay,
      reviewsADay,
    });
    return { kept: true, moved: kept.moved };
  },
};
